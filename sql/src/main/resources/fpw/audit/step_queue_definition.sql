-- The queues that have a step. The step for the time that passed, and those after it, have the date of the new release. Grain: queue. Reads:
-- statistic_cause, statistic_queue, and what the force defines.
-- Parameter: cause_order, number. The step.
-- Parameter: causes, texts. All causes, in order.
-- Parameter: is_with_slices, boolean. Whether slices are computed too.
select
    definition.* replace (
        if(:cause_order >= list_position(:causes, 'time passed'), queue.new_known_to, queue.replaced_known_to) as data_as_at,
        if(:is_with_slices, definition.slices, []) as slices
    )
from main.queue_definition as definition
inner join statistic_cause as step
    on definition.queue = step.queue and step.cause_order = :cause_order
inner join statistic_queue as queue
    on definition.queue = queue.queue
