-- No device is returned yet.
-- Grain: item_key, event. Reads: register.
select
    exhibit as item_key,
    'returned' as event,
    received_on as occurred_on,
    3 as event_order,
    priority,
    'phone' as kind
from register
where false
