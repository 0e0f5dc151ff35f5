-- What happened to each item. Parity is made up so that there is a slice: it follows from the item's number.
select
    item_id as item_key,
    event,
    happened_at as occurred_at,
    seq as event_order,
    if(substr(item_id, 2) % 2 = 0, 'even', 'odd') as parity
from device_events
