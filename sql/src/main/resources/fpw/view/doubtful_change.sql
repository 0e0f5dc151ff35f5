-- The days on which the counts beside a queue's headline change. age_unknown: items that wait since a date that is not believed. out_of_order: items of a
-- whole that are in none of its stages. excluded: items that are not in the queue, yet would wait in it if the queue took their dates as they stand; and,
-- from the beginning, those of which it has no dates.
-- Grain: none (several rows per queue, slice, slice_value and changed_on; to be added up). Parameters: none.
with

age_unknown as (

    select
        stay.queue,
        stay.slice,
        stay.slice_value,
        change.changed_on,
        change.stay_change as age_unknown_change,
        0L as out_of_order_change,
        0L as excluded_change
    from stay
        lateral view inline(array(
            struct(stay.entered_on as changed_on, stay.stay_count as stay_change),
            struct(stay.left_on as changed_on, -stay.stay_count as stay_change)
        )) change as changed_on, stay_change
    where not stay.is_age_known

),

out_of_order as (

    select
        spell_slice.queue,
        spell_slice.slice,
        spell_slice.slice_value,
        change.changed_on,
        0L as age_unknown_change,
        change.spell_change as out_of_order_change,
        0L as excluded_change
    from spell_slice
    inner join out_of_order_item
        on
            spell_slice.queue = out_of_order_item.queue
            and spell_slice.item_key = out_of_order_item.item_key
        lateral view inline(array(
            struct(spell_slice.entered_on as changed_on, 1L as spell_change),
            struct(spell_slice.left_on as changed_on, -1L as spell_change)
        )) change as changed_on, spell_change

),

-- an exit of what is not in the queue is passed over, as it is of every item
misfit as (

    select
        queue,
        occurred_on as changed_on,
        if(direction = 'in', 1L, -1L) as excluded_change
    from lifecycle
    where
        item_code is not null
        and direction_before is distinct from direction
        and not (place = 1 and direction = 'out')

),

left_out_of_stage as (

    select
        lifecycle.queue,
        lifecycle.occurred_on as changed_on,
        if(lifecycle.direction = 'in', 1L, -1L) as excluded_change
    from lifecycle
    inner join queue_definition as definition
        on lifecycle.queue = definition.queue
    inner join out_of_order_item
        on
            definition.parent_queue = out_of_order_item.queue
            and lifecycle.item_key = out_of_order_item.item_key
    where lifecycle.is_turning

),

without_dates as (

    select
        definition.queue,
        date '0001-01-01' as changed_on,
        count(*) as excluded_change
    from excluded_item
    inner join queue_definition as definition
        on excluded_item.item_kind = definition.item_kind
    group by definition.queue

),

excluded as (

    select * from misfit
    union all
    select * from left_out_of_stage
    union all
    select * from without_dates

)

select * from age_unknown
where changed_on is not null
union all
select * from out_of_order
where changed_on is not null
union all
select
    queue,
    'all' as slice,
    'all' as slice_value,
    changed_on,
    0L as age_unknown_change,
    0L as out_of_order_change,
    excluded_change
from excluded
