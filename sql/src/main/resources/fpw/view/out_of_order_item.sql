-- Items that the stages of a queue cannot hold, because their events are not in the order of the stages: on some day they are in more or fewer stages
-- than the queue itself holds them. The queue keeps them, its stages do not. An item of which every event fits, and that is yet in more or fewer stages,
-- is not here: then the definitions do not fit together, and the test that stages add up says so.
-- Grain: queue, item_key. Parameters: none.
with

whole as (

    select distinct parent_queue as queue
    from queue_definition
    where parent_queue is not null

),

member as (

    select
        definition.queue,
        whole.queue as whole_queue,
        if(definition.parent_queue is null, -1, 1) as sign
    from queue_definition as definition
    inner join whole
        on coalesce(definition.parent_queue, definition.queue) = whole.queue

),

difference as (

    select
        member.whole_queue as queue,
        lifecycle.item_key,
        lifecycle.occurred_on,
        sum(if(lifecycle.direction = 'in', member.sign, -member.sign)) as stages_too_many
    from lifecycle
    inner join member
        on lifecycle.queue = member.queue
    where lifecycle.is_turning
    group by member.whole_queue, lifecycle.item_key, lifecycle.occurred_on
    having sum(if(lifecycle.direction = 'in', member.sign, -member.sign)) <> 0

),

irregular as (

    select distinct
        member.whole_queue as queue,
        lifecycle.item_key
    from lifecycle
    inner join member
        on lifecycle.queue = member.queue
    where lifecycle.code is not null and not lifecycle.is_ahead

)

select distinct
    difference.queue,
    difference.item_key
from difference
inner join irregular
    on
        difference.queue = irregular.queue
        and difference.item_key = irregular.item_key
