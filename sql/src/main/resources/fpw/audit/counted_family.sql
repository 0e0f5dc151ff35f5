-- Queues in which anything must be counted, each with its stages under the name of the whole. Grain: family. Reads: changed_spell, recounted_queue,
-- and what the force defines.
select distinct coalesce(definition.parent_queue, definition.queue) as family
from main.queue_definition as definition
where
    definition.queue in (select changed_spell.queue from changed_spell)
    or definition.queue in (select recounted_queue.queue from recounted_queue)
order by 1
