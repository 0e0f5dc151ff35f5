-- The first line of each status of a device, with what it was before.
-- Grain: item_key, event. Reads: visits.
with

numbered as (

    select
        device,
        status,
        happened_on,
        line,
        lag(status, 1, 'nothing') over w as came_after,
        row_number() over (partition by device, status order by happened_on, line) as n
    from visits
    window w as (partition by device order by happened_on, line)

)

select
    device as item_key,
    status as event,
    happened_on as occurred_on,
    line as event_order,
    came_after
from numbered
where n = 1
