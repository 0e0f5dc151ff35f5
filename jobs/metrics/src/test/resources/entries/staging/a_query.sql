-- What happened to each device; its urgency is that of today.
-- Grain: item_key, event. Reads: register.
with

happened as (

    select
        exhibit,
        priority,
        stack(2, 'received', received_on, 1, 'examined', examined_on, 2) as (event, occurred_on, event_order)
    from register

)

select
    exhibit as item_key,
    event,
    occurred_on,
    event_order,
    priority,
    if(priority = 'high', 'urgent', 'not urgent') as urgency,
    'phone' as kind
from happened
where occurred_on is not null
