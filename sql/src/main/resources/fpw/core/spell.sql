-- Stays of items in queues: from a turning point in to the next turning point out, as of the last day that is known of the queue. An item whose dates are
-- out of order is in no stage.
-- Grain: spell_id. Parameters: none.
with

turning as (

    select
        *,
        lead(occurred_on) over (partition by item_hash, item_key, queue order by place) as next_on,
        lead(occurred_at) over (partition by item_hash, item_key, queue order by place) as next_at,
        lead(left_as) over (partition by item_hash, item_key, queue order by place) as next_as,
        lead(is_served) over (partition by item_hash, item_key, queue order by place) as next_is_served,
        first(occurred_on) over (partition by item_hash, item_key, queue order by place) as first_entered_on,
        place = min(place) over (partition by item_hash, item_key, queue) as is_first
    from lifecycle
    where is_turning

)

select
    sha2(
        to_json(array(
            turning.queue,
            turning.item_key,
            turning.event,
            cast(turning.occurred_on as string),
            coalesce(cast(unix_micros(turning.occurred_at) as string), ''),
            cast(turning.event_order as string)
        )),
        256
    ) as spell_id,
    turning.queue,
    turning.source,
    turning.item_key,
    turning.contributor_key,
    not turning.is_first as is_reentry,
    if(turning.is_first, null, coalesce(turning.reentry_reason, 'received again')) as reentry_reason,
    turning.first_entered_on,
    turning.occurred_on as entered_on,
    turning.occurred_at as entered_at,
    turning.next_on as left_on,
    turning.next_at as left_at,
    turning.next_as as left_as,
    turning.next_is_served as is_served,
    turning.first_entered_on >= definition.earliest_entry as is_age_known,
    whole.item_key is not null as is_out_of_order,
    greatest(turning.occurred_on, definition.observed_from) as observed_from_on,
    coalesce(turning.next_on, definition.data_as_at) as observed_to_on,
    map_from_entries(transform(
        definition.slices,
        slice -> struct(slice, coalesce(turning.attributes[slice], '(not recorded)'))
    )) as slices
from turning
inner join queue_definition as definition
    on turning.queue = definition.queue
left join out_of_order_item as whole
    on
        turning.queue = whole.queue
        and turning.item_key = whole.item_key
left anti join out_of_order_item
    on
        definition.parent_queue = out_of_order_item.queue
        and turning.item_key = out_of_order_item.item_key
where turning.direction = 'in'
