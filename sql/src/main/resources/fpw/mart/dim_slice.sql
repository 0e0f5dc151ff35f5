-- Slice values that occur in the spells, and the total of every queue.
-- Grain: queue, slice, slice_value. Parameters: none.
with

counts as (

    select
        queue,
        slice,
        slice_value,
        sum(sole_count) as item_count
    from stay
    group by queue, slice, slice_value
    union all
    select
        queue,
        slice,
        slice_value,
        count(distinct item_key) as item_count
    from spell_slice
    where not is_sole
    group by queue, slice, slice_value

),

items as (

    select
        queue,
        slice,
        slice_value,
        sum(item_count) as item_count
    from counts
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
