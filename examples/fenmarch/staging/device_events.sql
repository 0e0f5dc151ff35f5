-- What happened to each device: its seizure from the register, all else from the log. A withdrawal says from which stage, so that each stage hears of its own.
-- Device type and priority are those of the register today. The first is only ever corrected; of the second at_entry looks up what it was.
-- Grain: item_key, event, occurred_at. Reads: exhibits, exhibit_events.
with

device as (

    select
        exhibit_ref,
        coalesce(case_ref, exhibit_ref) as contributor_key,
        if(device_type in ('computer', 'phone', 'tablet', 'storage'), device_type, null) as device_type,
        priority,
        seized_on
    from exhibits

),

happened as (

    select
        exhibit_ref,
        'seized' as event,
        seized_on as occurred_on,
        cast(null as timestamp) as occurred_at,
        1 as event_order
    from device

    union all

    select
        exhibit_ref,
        case event_code
            when 'SUB' then 'submitted'
            when 'ACC' then 'accepted'
            when 'REJ' then 'rejected'
            when 'OUT' then 'outsourced'
            when 'RTX' then 'returned_examined'
            when 'RTU' then 'returned_unexamined'
            when 'STA' then 'started'
            when 'EXA' then 'examined'
            when 'RES' then 'result_given'
            when 'REO' then 'reopened'
            when 'WDR' then case
                when status_from = 'SEI' then 'withdrawn_unsubmitted'
                when status_from = 'SUB' then 'withdrawn_unaccepted'
                when status_from in ('ACC', 'OUT') then 'withdrawn_unexamined'
                when status_from = 'STA' then 'withdrawn_unfinished'
                when status_from = 'EXA' then 'withdrawn_unreported'
            end
        end as event,
        cast(null as date) as occurred_on,
        happened_at as occurred_at,
        case event_code
            when 'SUB' then 2
            when 'ACC' then 3
            when 'REJ' then 3
            when 'OUT' then 4
            when 'RTX' then 5
            when 'RTU' then 5
            when 'STA' then 6
            when 'EXA' then 7
            when 'RES' then 8
            when 'REO' then 9
            else 10
        end as event_order
    from exhibit_events

)

select
    happened.exhibit_ref as item_key,
    device.contributor_key,
    happened.event,
    happened.occurred_on,
    happened.occurred_at,
    happened.event_order,
    device.device_type,
    device.priority
from happened
inner join device
    on happened.exhibit_ref = device.exhibit_ref
