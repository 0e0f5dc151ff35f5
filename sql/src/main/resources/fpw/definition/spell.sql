-- core.spell: an item comes into a queue, and the next event that takes it out ends the spell.
-- Events are taken by day; within a day by point in time, if every event of the day has one; then by their order in the source; at one instant entries come before exits and exits before re-entries. Of two statements
-- of one event, one with its time and one without, the one without comes first. An event that finds the item where it would bring it is passed over. A life that does not begin with an entry makes no spells.
-- If some event of an item does not fit, and on some day the item is in more or fewer stages of a queue than the queue itself holds it, its dates are out of order: it is in the queue and in no stage.
-- Grain: queue, item_key, entered_on, entered_at, event, event_order. Reads: event, queue_event, queue_definition, entry_value.
with

heard as (

    select
        role.queue,
        role.role,
        role.reentry_reason,
        role.left_as,
        role.is_served,
        if(role.role = 'leaves', 'out', 'in') as direction,
        event.*,
        if(
            bool_and(event.occurred_at is not null) over (partition by role.queue, event.item_key, event.occurred_on),
            event.occurred_at,
            null
        ) as comparable_at
    from event
    inner join queue_event as role
        on event.item_kind = role.item_kind and event.event = role.event
    inner join queue_definition as queue
        on role.queue = queue.queue and event.occurred_on <= queue.data_as_at

),

placed as (

    select
        *,
        row_number() over life as place,
        lag(direction) over life as direction_before,
        first(role) over life as first_role
    from heard
    window life as (
        partition by queue, item_key
        order by
            occurred_on,
            comparable_at nulls first,
            event_order,
            case role when 'enters' then 1 when 'leaves' then 2 else 3 end,
            event,
            occurred_at nulls first
    )

),

followed as (

    select
        *,
        (first_role = 'enters' and direction_before is distinct from direction) as is_turning,
        (
            first_role <> 'enters'
            or direction_before is not distinct from direction
            or (direction_before = 'out' and role = 'enters' and reentry_reason is null)
        ) as is_irregular
    from placed

),

-- a turn into a stage, or out of the queue itself, is +1 on its day, a turn the other way -1
surplus as (

    select
        coalesce(queue.parent_queue, queue.queue) as queue,
        followed.item_key,
        followed.occurred_on,
        sum(if((followed.direction = 'in') = (queue.parent_queue is not null), 1, -1)) filter (followed.is_turning) as stages_too_many,
        bool_or(followed.is_irregular) as is_irregular
    from followed
    inner join queue_definition as queue
        on followed.queue = queue.queue
    group by coalesce(queue.parent_queue, queue.queue), followed.item_key, followed.occurred_on

),

out_of_order as (

    select
        queue,
        item_key
    from surplus
    where queue in (select stage.parent_queue from queue_definition as stage)
    group by queue, item_key
    having bool_or(is_irregular) and bool_or(stages_too_many <> 0)

),

turning as (

    select
        *,
        row_number() over life as turn,
        first(occurred_on) over life as first_entered_on,
        lead(occurred_on) over life as left_on,
        lead(occurred_at) over life as left_at,
        lead(left_as) over life as left_by,
        lead(is_served) over life as is_served_then,
        lead(occurred_on, 2) over life as reentered_on
    from followed
    where is_turning
    window life as (partition by queue, item_key order by place)

),

looked_up as (

    select
        item_key,
        occurred_on,
        staging,
        map(list(attribute), list(value)) as values_at_entry
    from entry_value
    group by item_key, occurred_on, staging

),

-- an exit after the last day that is known: until then the item waits
closed_ahead as (

    select distinct
        role.queue,
        event.item_key
    from event
    inner join queue_event as role
        on event.item_kind = role.item_kind and event.event = role.event and role.role = 'leaves'
    inner join queue_definition as queue
        on role.queue = queue.queue and event.occurred_on > queue.data_as_at

)

select
    entry.queue,
    entry.item_key,
    entry.contributor_key,
    entry.event,
    entry.event_order,
    entry.staging,
    entry.turn > 1 as is_reentry,
    if(entry.turn > 1, coalesce(entry.reentry_reason, 'received again'), null) as reentry_reason,
    entry.first_entered_on,
    entry.occurred_on as entered_on,
    entry.occurred_at as entered_at,
    entry.left_on,
    entry.left_at,
    entry.left_by as left_as,
    entry.is_served_then as is_served,
    entry.reentered_on,
    whole.item_key is not null as is_out_of_order,
    entry.left_on is null and closed_ahead.item_key is not null as is_closed_ahead,
    if(looked_up.item_key is null, entry.attributes, map_concat(entry.attributes, looked_up.values_at_entry)) as attributes
from turning as entry
inner join queue_definition as queue
    on entry.queue = queue.queue
left join out_of_order as whole
    on entry.queue = whole.queue and entry.item_key = whole.item_key
left join out_of_order as parent
    on queue.parent_queue = parent.queue and entry.item_key = parent.item_key
left join looked_up
    on entry.item_key = looked_up.item_key and entry.occurred_on = looked_up.occurred_on and entry.staging = looked_up.staging
left join closed_ahead
    on entry.queue = closed_ahead.queue and entry.item_key = closed_ahead.item_key
where entry.direction = 'in' and parent.item_key is null
