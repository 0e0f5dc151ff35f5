-- What happened to each device: received, then examined or withdrawn.
-- Grain: item_key, event. Reads: devices.
with

happened as (

    select
        exhibit,
        case_number,
        device_type,
        stack(
            3,
            'received', received_on, 1,
            'examined', examined_on, 2,
            'withdrawn', withdrawn_on, 3
        ) as (event, occurred_on, event_order)
    from devices

)

select
    exhibit as item_key,
    case_number as contributor_key,
    event,
    occurred_on,
    event_order,
    device_type
from happened
where occurred_on is not null
