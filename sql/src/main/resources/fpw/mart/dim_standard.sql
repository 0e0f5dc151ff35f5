-- Standards of the queue definitions as they were applied.
-- Grain: queue, standard. Parameters: none.
select
    queue,
    standard,
    standard_order,
    title,
    within_hours,
    within_days,
    applies_to
from queue_standard
