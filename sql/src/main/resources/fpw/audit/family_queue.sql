-- A queue and its stages. Grain: queue. Reads: what the force defines.
-- Parameter: family, text. Name of the whole.
select queue
from main.queue_definition
where coalesce(parent_queue, queue) = :family
