-- What happened to each case.
-- Grain: item_key, event. Reads: case_log.
select
    case_id as item_key,
    event,
    happened_on as occurred_on,
    seq as event_order
from case_log
