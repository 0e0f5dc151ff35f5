-- Entries, and exits, on days on which a queue is not served: its flows are charted per day of service, but items also come on others, such as
-- weekends and bank holidays. Of the twelve months before the last known day. Grain: queue that is not served every day, with entries in that
-- time; its calendar is null for working days. A day of a year whose bank holidays are unknown counts as none.
-- Reads: queue_daily, dim_queue, dim_date, service_calendar.
with

entries as (

    select
        flow.queue,
        flow.day,
        flow.received_count + flow.reentered_count as entry_count,
        flow.left_count,
        own.service as calendar,
        case
            when own.service is null then dates.is_weekend or coalesce(dates.is_bank_holiday, false)
            else
                not list_contains(own.open_days, dates.day)
                and (
                    not list_contains(own.weekdays, isodow(dates.day))
                    or list_contains(own.closed_days, dates.day)
                    or own.is_except_bank_holidays and coalesce(dates.is_bank_holiday, false)
                )
        end as is_without_service
    from queue_daily as flow
    inner join dim_queue as definition
        on flow.queue = definition.queue
    inner join dim_date as dates
        on flow.day = dates.day
    left join service_calendar as own
        on starts_with(definition.service, own.service || ' (')
    where
        flow.is_total
        and flow.is_available
        and definition.service <> 'every_day'
        and flow.day > definition.data_as_at - interval 12 month

)

select
    queue,
    min(day) as from_day,
    max(day) as to_day,
    cast(sum(entry_count) as bigint) as entry_count,
    cast(coalesce(sum(entry_count) filter (is_without_service), 0) as bigint) as without_service_count,
    cast(sum(left_count) as bigint) as left_count,
    cast(coalesce(sum(left_count) filter (is_without_service), 0) as bigint) as left_without_service_count,
    any_value(calendar) as calendar
from entries
group by queue
having sum(entry_count) > 0
order by queue
