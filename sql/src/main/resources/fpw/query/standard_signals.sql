-- Which months of entry met a standard more or less often than chance, and what rule says so, in each queue as a whole?
-- Says: the months that break a rule of the control chart of the share met, with the mean and the limits. Beside them
--   charts_by_chance: of the chart_count charts looked at here, so many are expected to show a signal although nothing
--   has changed. left_unseen_count are due items that left within the standard without being served: they are not met.
-- Cannot say: what is different. Months with fewer than 20 due items, with items not yet due, or with items of which it
--   is not known whether they met the standard, are not charted: mart.standard_signal has the reason.
-- Grain: queue, standard, month_start_on. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

charted as (

    select *
    from mart.standard_signal
    where
        is_total
        and (:queue is null or queue = :queue)
        and limits_reason is null

),

segments as (

    select
        queue,
        standard,
        segment,
        any_value(false_signal_share) as false_signal_share
    from charted
    group by queue, standard, segment

),

charts as (

    select 1 - product(1 - false_signal_share) as false_signal_share
    from segments
    group by queue, standard

),

chance as (

    select
        count(*) as chart_count,
        round(sum(false_signal_share), 3) as charts_by_chance
    from charts

)

select
    charted.queue,
    charted.standard,
    charted.month_start_on,
    charted.signal,
    charted.met_count,
    charted.left_unseen_count,
    charted.due_count,
    charted.met_share,
    charted.mean,
    charted.lower_limit,
    charted.upper_limit,
    charted.is_limit_provisional,
    charted.is_limit_carried,
    charted.point_count,
    charted.unrebased_signal,
    charted.false_signal_share,
    chance.chart_count,
    chance.charts_by_chance
from charted
cross join chance
where charted.signal <> 'none'
order by charted.queue asc, charted.standard asc, charted.month_start_on asc
