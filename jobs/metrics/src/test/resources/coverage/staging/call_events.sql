-- What happened to each call.
-- Grain: item_key, event. Reads: calls.
select
    call as item_key,
    'received' as event,
    received_on as occurred_on,
    1 as event_order
from calls
union all
select
    call as item_key,
    'answered' as event,
    answered_on as occurred_on,
    2 as event_order
from calls
where answered_on is not null
