-- Receipt and examination of each device.
-- Grain: item_key, event. Reads: devices, stations.
select
    devices.device_id as item_key,
    'received' as event,
    devices.received_on as occurred_on,
    1 as event_order,
    devices.kind as kind,
    stations.area as area
from devices
left join stations on devices.station = stations.station

union all

select
    devices.device_id as item_key,
    'examined' as event,
    devices.examined_on as occurred_on,
    2 as event_order,
    devices.kind as kind,
    stations.area as area
from devices
left join stations on devices.station = stations.station
where devices.examined_on is not null
