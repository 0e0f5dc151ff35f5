-- What happened to each case.
-- Grain: item_key, event. Reads: case_events.
select
    case_id as item_key,
    event,
    happened_on as occurred_on,
    happened_at as occurred_at,
    seq as event_order,
    priority,
    if(right(case_id, 1) in ('0', '2', '4', '6', '8'), 'even', 'odd') as parity
from case_events
