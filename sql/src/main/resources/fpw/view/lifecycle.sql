-- What each event means for each queue that listens to it: a turning point (the item comes in or goes out), or something that does not fit the life a
-- queue expects.
-- Events of one item are ordered by day, then by point in time where every event of the day has one, then by event_order; at one instant entries come
-- before exits and exits before re-entries. Two statements of one event, one with its time and one without, differ in nothing but the time: the one
-- without comes first.
-- Grain: queue, item_key, event, occurred_on, occurred_at, event_order. Parameters: none.
with

heard as (

    select
        definition.queue,
        -- of no meaning: a number tells two items apart faster than their keys do when the windows sort
        xxhash64(event.item_key) as item_hash,
        definition.role,
        definition.reentry_reason,
        definition.left_as,
        definition.is_served,
        case definition.role when 'enters' then 1 when 'leaves' then 2 else 3 end as role_rank,
        if(definition.role = 'leaves', 'out', 'in') as direction,
        event.source,
        event.item_kind,
        event.item_key,
        event.contributor_key,
        event.event,
        event.occurred_on,
        event.occurred_at,
        event.event_order,
        event.attributes,
        event.occurred_on > known.data_as_at as is_ahead
    from event
    inner join queue_event as definition
        on
            event.item_kind = definition.item_kind
            and event.event = definition.event
    inner join queue_definition as known
        on definition.queue = known.queue

),

timed as (

    select
        *,
        if(every(occurred_at is not null) over (partition by item_hash, item_key, queue, is_ahead, occurred_on), occurred_at, null) as comparable_at
    from heard

),

placed as (

    select
        *,
        row_number() over (
            partition by item_hash, item_key, queue, is_ahead order by occurred_on, comparable_at, event_order, role_rank, event, occurred_at nulls first
        ) as place,
        lag(direction) over (
            partition by item_hash, item_key, queue, is_ahead order by occurred_on, comparable_at, event_order, role_rank, event, occurred_at nulls first
        ) as direction_before,
        first(role) over (
            partition by item_hash, item_key, queue, is_ahead order by occurred_on, comparable_at, event_order, role_rank, event, occurred_at nulls first
        ) as first_role,
        max(role = 'enters') over (partition by item_hash, item_key, queue, is_ahead) as is_ever_received
    from timed

),

judged as (

    select
        *,
        case
            when is_ahead then null
            when first_role = 'leaves' and is_ever_received then 'CLOSED_BEFORE_RECEIVED'
            when first_role = 'leaves' then 'CLOSED_NEVER_RECEIVED'
            when first_role = 're_enters' then 'REOPENED_NEVER_RECEIVED'
        end as item_code
    from placed

)

select
    *,
    not is_ahead and item_code is null and direction_before is distinct from direction as is_turning,
    case
        when is_ahead then 'AFTER_BUSINESS_DATE'
        when item_code is not null then if(place = 1, item_code, null)
        when direction_before = 'out' and direction = 'out' then 'CLOSED_TWICE'
        when direction_before = 'in' and role = 'enters' then 'RECEIVED_TWICE'
        when direction_before = 'in' and role = 're_enters' then 'REOPENED_WHILE_OPEN'
        when direction_before = 'out' and role = 'enters' and reentry_reason is null then 'RECEIVED_AGAIN'
    end as code
from judged
