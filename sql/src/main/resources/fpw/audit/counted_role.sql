-- A queue, a cause and a sign are counted as if they were a queue; a queue with stages needs them beside it. Grain: queue, cause, sign. Reads:
-- counted, and what the force defines.
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
