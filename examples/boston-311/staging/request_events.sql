-- What happened to each request: it was opened and, unless it is still open, closed.
-- Grain: item_key, event. Reads: requests.
with

opened as (

    select
        case_enquiry_id as item_key,
        'opened' as event,
        opened_at as occurred_at,
        1 as event_order,
        request_type,
        department
    from requests

),

closed as (

    select
        case_enquiry_id as item_key,
        'closed' as event,
        closed_at as occurred_at,
        2 as event_order,
        request_type,
        department
    from requests
    where closed_at is not null

)

select
    item_key,
    event,
    occurred_at,
    event_order,
    request_type,
    department
from opened

union all

select
    item_key,
    event,
    occurred_at,
    event_order,
    request_type,
    department
from closed
