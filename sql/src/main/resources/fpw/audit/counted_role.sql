-- Each queue, cause and sign is counted as a queue of its own; a queue with stages needs these with it. Grain: queue, cause, sign. Reads: counted,
-- and what the force defines.
select
    counted.queue,
    counted.cause,
    counted.sign
from counted
union
select
    stage.queue,
    counted.cause,
    counted.sign
from counted
inner join queue_definition as stage
    on counted.queue = stage.parent_queue
