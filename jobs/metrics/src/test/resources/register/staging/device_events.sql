-- A device is received, and examined.
-- Grain: item_key, event. Reads: devices.
select
    ref as item_key,
    'received' as event,
    received_on as occurred_on,
    1 as event_order
from devices
where received_on is not null

union all

select
    ref,
    'examined',
    examined_on,
    2
from devices
where examined_on is not null
