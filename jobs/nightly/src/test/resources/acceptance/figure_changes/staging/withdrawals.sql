-- Withdrawal of a device.
-- Grain: item_key. Reads: exits.
select
    device_id as item_key,
    'withdrawn' as event,
    withdrawn_on as occurred_on,
    3 as event_order
from exits
