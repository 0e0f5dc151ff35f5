-- Which months of received, left or net change are more than chance, and what rule says so, in each queue as a whole?
-- Says: the months that break a rule of their control chart, per working day, with the mean and the limits. Beside them
--   charts_by_chance: of all charts looked at here, so many show a signal although nothing has changed. Are there not
--   more charts with a signal than that, they say little.
-- Cannot say: what is different, or whether it is better: look for what changed at that time. Whether the queue itself
--   is longer than chance would have it: a stock is not charted, since it wanders without any cause.
-- No row: no month is more than chance, or there are no limits (flow_chart has the reason).
-- Grain: queue, measure, month_start_on. Parameters: queue, from_month.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: from_month, date. Only months that begin on this day or later; every month unless given.
with

charted as (

    select *
    from mart.queue_signal
    where
        is_total
        and (:queue is null or queue = :queue)
        and limits_reason is null

),

segments as (

    select
        queue,
        measure,
        segment,
        any_value(false_signal_share) as false_signal_share
    from charted
    group by queue, measure, segment

),

chance as (

    select
        count(*) as chart_count,
        sum(false_signal_share) as charts_by_chance
    from segments

)

select
    charted.queue,
    charted.measure,
    charted.month_start_on,
    charted.signal,
    charted.flow_count,
    charted.flow_per_working_day,
    charted.mean,
    charted.lower_limit,
    charted.upper_limit,
    charted.is_limit_provisional,
    charted.segment,
    charted.point_count,
    charted.unrebased_signal,
    chance.chart_count,
    chance.charts_by_chance
from charted
cross join chance
where
    charted.signal <> 'none'
    and (:from_month is null or charted.month_start_on >= :from_month)
order by charted.queue asc, charted.measure asc, charted.month_start_on asc
