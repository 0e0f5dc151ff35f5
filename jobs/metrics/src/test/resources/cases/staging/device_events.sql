-- What happened to each device.
-- Grain: item_key, event. Reads: device_log.
select
    device_id as item_key,
    coalesce(case_id, device_id) as contributor_key,
    event,
    happened_on as occurred_on,
    seq as event_order
from device_log
