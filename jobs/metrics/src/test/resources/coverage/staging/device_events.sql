-- What happened to each device.
-- Grain: item_key, event. Reads: arrivals, departures.
select
    device as item_key,
    'arrived' as event,
    arrived_on as occurred_on,
    1 as event_order
from arrivals
union all
select
    device as item_key,
    'examined' as event,
    examined_on as occurred_on,
    2 as event_order
from departures
