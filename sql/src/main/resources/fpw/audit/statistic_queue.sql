-- Queues whose statistics are recomputed step by step. If nothing else has changed, only time can have changed a statistic, unless it is computed
-- differently. Grain: queue. Reads: compared_figures, redefined_queue, changed_spell.
-- Parameter: is_recomputed, boolean. Whether another version of the software made the replaced release, or rows were erased from it.
select
    queue,
    replaced_known_to,
    new_known_to
from compared_figures
where
    queue not in (select redefined_queue.queue from redefined_queue)
    and replaced_known_to <= new_known_to
    and (:is_recomputed or queue in (select changed_spell.queue from changed_spell))
