-- Events that do not fit, with what was done about them.
-- Grain: queue, item_key, code, event, occurred_on, occurred_at, event_order. Parameters: none.
with

repeated as (

    select
        item_kind,
        item_key,
        event,
        occurred_on,
        occurred_at,
        event_order
    from staged_event
    where
        item_problem is null
        and copy_number = 2

)

select
    queue,
    item_key,
    code,
    case code
        when 'AFTER_BUSINESS_DATE' then 'waits for its day'
        when 'RECEIVED_AGAIN' then 'counted as re-entry'
        when 'CLOSED_TWICE' then 'event ignored'
        when 'RECEIVED_TWICE' then 'event ignored'
        when 'REOPENED_WHILE_OPEN' then 'event ignored'
        else 'item excluded from the queue'
    end as treatment,
    event,
    occurred_on,
    occurred_at,
    event_order
from lifecycle
where code is not null

union all

select
    lifecycle.queue,
    lifecycle.item_key,
    'EVENT_REPEATED' as code,
    'event ignored' as treatment,
    lifecycle.event,
    lifecycle.occurred_on,
    lifecycle.occurred_at,
    lifecycle.event_order
from lifecycle
inner join repeated
    on
        lifecycle.item_kind = repeated.item_kind
        and lifecycle.item_key = repeated.item_key
        and lifecycle.event = repeated.event
        and lifecycle.occurred_on = repeated.occurred_on
        and lifecycle.occurred_at <=> repeated.occurred_at
        and lifecycle.event_order = repeated.event_order

union all

-- said of the first event of the item in each stage that would hold it
select
    lifecycle.queue,
    lifecycle.item_key,
    'DATES_OUT_OF_ORDER' as code,
    'item excluded from the queue' as treatment,
    lifecycle.event,
    lifecycle.occurred_on,
    lifecycle.occurred_at,
    lifecycle.event_order
from lifecycle
inner join queue_definition as definition
    on lifecycle.queue = definition.queue
inner join out_of_order_item
    on
        definition.parent_queue = out_of_order_item.queue
        and lifecycle.item_key = out_of_order_item.item_key
where
    lifecycle.place = 1
    and not lifecycle.is_ahead
    and lifecycle.item_code is null
