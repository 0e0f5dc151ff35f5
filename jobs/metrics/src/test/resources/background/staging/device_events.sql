select
    device as item_key,
    event,
    happened_on as occurred_on,
    line as event_order,
    provider
from log
