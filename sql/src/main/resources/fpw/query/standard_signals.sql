-- Which months of entry met a standard more or less often than chance, and what rule says so, in each queue as a whole?
-- Says: the months that break a rule of the control chart of the share met, with the mean and the limits.
-- Cannot say: what is different. Months with fewer than 20 due items, with items not yet due, or with items of which it
--   is not known whether they met the standard, are not charted: mart.standard_signal has the reason.
-- Grain: queue, standard, month_start_on. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    standard,
    month_start_on,
    signal,
    met_count,
    due_count,
    met_share,
    mean,
    lower_limit,
    upper_limit,
    is_limit_provisional,
    point_count,
    unrebased_signal,
    false_signal_share
from mart.standard_signal
where
    is_total
    and signal <> 'none'
    and (:queue is null or queue = :queue)
order by queue asc, standard asc, month_start_on asc
