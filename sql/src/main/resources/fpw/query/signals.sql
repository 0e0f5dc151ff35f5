-- Which months of received, left or net change are more than chance, and what rule says so, in each queue as a whole?
-- Says: the months that break a rule of their control chart, per day of service, with the mean and the limits. Beside them
--   charts_by_chance: of the chart_count charts looked at here, so many are expected to show a signal although nothing
--   has changed. Are there not more charts with a signal than that, they say little. all_chart_count and
--   all_charts_by_chance are the same of every chart of the release, with those of slices and standards: who looks
--   through all of them finds so many.
-- Cannot say: what is different, or whether it is better: look for what changed at that time. Whether the queue itself
--   is longer than chance would have it: a stock is not charted, since it wanders without any cause.
-- No row: no month is more than chance, or there are no limits (flow_chart has the reason).
-- Grain: queue, measure, month_start_on. Parameters: queue, from_month.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: from_month, date. Only months that begin on this day or later; every month unless given.
with

segments as (

    select
        queue,
        slice,
        slice_value,
        is_total and (:queue is null or queue = :queue) as is_listed,
        'flow ' || measure as charted,
        segment,
        any_value(false_signal_share) as false_signal_share
    from mart.queue_signal
    where limits_reason is null
    group by queue, slice, slice_value, is_total, measure, segment
    union all
    select
        queue,
        slice,
        slice_value,
        false as is_listed,
        'standard ' || standard as charted,
        segment,
        any_value(false_signal_share) as false_signal_share
    from mart.standard_signal
    where limits_reason is null
    group by queue, slice, slice_value, standard, segment

),

charts as (

    select
        is_listed,
        1 - product(1 - false_signal_share) as false_signal_share
    from segments
    group by queue, slice, slice_value, is_listed, charted

),

chance as (

    select
        count(*) filter (is_listed) as chart_count,
        round(sum(false_signal_share) filter (is_listed), 3) as charts_by_chance,
        count(*) as all_chart_count,
        round(sum(false_signal_share), 3) as all_charts_by_chance
    from charts

)

select
    signals.queue,
    signals.measure,
    signals.month_start_on,
    signals.signal,
    signals.flow_count,
    signals.service,
    signals.flow_per_service_day,
    signals.mean,
    signals.lower_limit,
    signals.upper_limit,
    signals.is_limit_provisional,
    signals.is_limit_carried,
    signals.segment,
    signals.point_count,
    signals.unrebased_signal,
    signals.is_season_evident,
    signals.same_month_last_year,
    chance.chart_count,
    chance.charts_by_chance,
    chance.all_chart_count,
    chance.all_charts_by_chance
from mart.queue_signal as signals
cross join chance
where
    signals.is_total
    and (:queue is null or signals.queue = :queue)
    and signals.limits_reason is null
    and signals.signal <> 'none'
    and (:from_month is null or signals.month_start_on >= :from_month)
order by signals.queue asc, signals.measure asc, signals.month_start_on asc
