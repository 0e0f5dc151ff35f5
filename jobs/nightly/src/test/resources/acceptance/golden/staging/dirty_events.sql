-- Every row of the log is an event.
-- Grain: item_key, event, event_order. Reads: dirty_log.
select
    item_id as item_key,
    event,
    ts_utc as occurred_at,
    seq as event_order
from dirty_log
