-- Slice values that occur in the spells, and the total of every queue.
-- Grain: queue, slice, slice_value. Parameters: none.
with

items as (

    select
        queue,
        slice,
        slice_value,
        count(distinct item_key) as item_count
    from spell_slice
    group by queue, slice, slice_value

)

select
    definition.queue,
    coalesce(items.slice, 'all') as slice,
    coalesce(items.slice_value, 'all') as slice_value,
    coalesce(items.item_count, 0) as item_count
from queue_definition as definition
left join items
    on definition.queue = items.queue
