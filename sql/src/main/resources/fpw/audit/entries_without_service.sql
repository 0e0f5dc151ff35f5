-- Entries, and exits, on days on which a queue is not served: its flows are charted per working day, but items also come at weekends and on
-- bank holidays. Of the twelve months before the last known day. Grain: queue that is served on working days, with entries in that time. A day
-- of a year whose bank holidays are unknown counts as one without service only at a weekend. Reads: queue_daily, dim_queue, dim_date.
with

entries as (

    select
        flow.queue,
        flow.day,
        flow.received_count + flow.reentered_count as entry_count,
        flow.left_count,
        calendar.is_weekend or coalesce(calendar.is_bank_holiday, false) as is_without_service
    from queue_daily as flow
    inner join dim_queue as definition
        on flow.queue = definition.queue
    inner join dim_date as calendar
        on flow.day = calendar.day
    where
        flow.is_total
        and flow.is_available
        and definition.service = 'working_days'
        and flow.day > definition.data_as_at - interval 12 month

)

select
    queue,
    min(day) as from_day,
    max(day) as to_day,
    cast(sum(entry_count) as bigint) as entry_count,
    cast(coalesce(sum(entry_count) filter (is_without_service), 0) as bigint) as without_service_count,
    cast(sum(left_count) as bigint) as left_count,
    cast(coalesce(sum(left_count) filter (is_without_service), 0) as bigint) as left_without_service_count
from entries
group by queue
having sum(entry_count) > 0
order by queue
