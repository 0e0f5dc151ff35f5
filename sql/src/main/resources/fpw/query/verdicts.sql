-- Is the year to date, the quarter or the month better or worse than a year ago?
-- Says: for each queue, by the one measure that it declares, whether it is better or worse by more than chance, with the
--   size and its 95 % interval. Once a month: periods end with the last month that has settled. p_adjusted accounts for
--   all verdicts of the release, so that without any change at most one month in twenty shows a false one, provided that
--   the rate of a flow does not go up and down by itself.
-- Cannot say: why; anything by another measure. no_evidence is not "no change": detectable is what would have been
--   found in 80 of 100. Better is said unless lateness grew, or a smaller share of what left was served, by at least
--   matters_from: less than that is let pass.
-- Null: p where nothing can be told; verdict_reason says why.
-- Grain: queue, period_kind, compared_with. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    period_kind,
    compared_with,
    period_start_on,
    period_end_on,
    measure,
    verdict,
    verdict_reason,
    size_kind,
    size,
    size_low,
    size_high,
    power(10, log10_p) as p,
    verdict_count,
    power(10, log10_p_adjusted) as p_adjusted,
    detectable,
    unserved_count,
    earlier_unserved_count,
    is_partial,
    data_as_at
from mart.period_verdict
where :queue is null or queue = :queue
order by queue, period_start_on, compared_with
