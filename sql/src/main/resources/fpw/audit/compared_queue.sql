-- Queues that both the candidate and the current release have, with the last day known to both. Grain: queue. Reads: baseline_queue, and what the
-- force defines.
select
    *,
    known_to - provisional_days as settled_to
from (
    select
        earlier.queue,
        definition.provisional_days,
        least(earlier.known_to, definition.data_as_at) as known_to,
        cast(greatest(definition.data_as_at - earlier.known_to, 1) as integer) as span_days
    from baseline_queue as earlier
    inner join queue_definition as definition
        on earlier.queue = definition.queue
)
