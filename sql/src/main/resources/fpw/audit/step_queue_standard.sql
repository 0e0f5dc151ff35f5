-- The standards of the queues that have a step. Grain: queue, standard. Reads: queue_definition of the step, and what the force defines.
select * from main.queue_standard
semi join queue_definition using (queue)
