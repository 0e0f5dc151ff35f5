-- What a release counts; the count is 0 if it has no row. Grain: queue. Reads: what the force defines.
select
    definition.queue,
    list_prepend('all', definition.slices) as slices,
    definition.queue in (select standard.queue from queue_standard as standard) as has_standards,
    definition.queue in (
        select stage.parent_queue from queue_definition as stage
        where stage.parent_queue is not null
    ) as has_stages
from queue_definition as definition
