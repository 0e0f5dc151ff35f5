-- Receipt and examination of each device.
-- Grain: item_key, event. Reads: devices.
select
    device_id as item_key,
    suspect_id as contributor_key,
    'received' as event,
    received_on as occurred_on,
    1 as event_order,
    kind
from devices

union all

select
    device_id as item_key,
    suspect_id as contributor_key,
    'examined' as event,
    examined_on as occurred_on,
    2 as event_order,
    kind
from devices
where examined_on is not null
