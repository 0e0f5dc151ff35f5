-- Which months of each queue are more than chance: one row per month and measure of its control charts.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.queue_role,
    chart.measure,
    chart.month_start_on as period_start_on,
    cast(chart.month_start_on + interval '1' month - interval '1' day as date) as period_end_on,
    chart.flow_count,
    chart.service_day_count,
    chart.flow_per_service_day,
    chart.mean,
    chart.lower_limit,
    chart.upper_limit,
    chart.signal,
    chart.is_limit_provisional,
    chart.is_partial,
    chart.is_provisional,
    cast(coalesce(chart.unavailable_reason, chart.limits_reason) as varchar(1000)) as unavailable_reason,
    chart.data_as_at,
    chart.release_id
from mart.queue_signal as chart
inner join bi_detail.queue as queue
    on
        chart.queue = queue.queue
        and chart.release_id = queue.release_id
where chart.is_total
