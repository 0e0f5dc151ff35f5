-- Every queue with its part. Releases that were made before the part was recorded have it worked out from the queue it is a stage of.
select
    definition.force,
    definition.queue,
    definition.queue_version,
    definition.title as queue_title,
    coalesce(definition.item_kind, definition.item_unit) as item_kind,
    definition.item_unit,
    cast(
        coalesce(definition.queue_role, case when definition.parent_queue is null then 'whole' else 'stage' end)
        as varchar(20)
    ) as queue_role,
    coalesce(definition.parent_queue, definition.variant_of) as belongs_to,
    definition.release_id
from mart.dim_queue as definition
