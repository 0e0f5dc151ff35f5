-- The steps of each queue: step 0 is the replaced release as it was, then one step for each cause among the queue's changed spells, and one for the
-- time that passed. Grain: queue, cause. Reads: changed_spell, statistic_queue.
-- Parameter: causes, texts. All causes, in order.
with

occurring as (

    select
        queue,
        cause
    from changed_spell
    union
    select
        queue,
        unnest(['', 'time passed'])
    from statistic_queue

)

select
    occurring.queue,
    occurring.cause,
    coalesce(list_position(:causes, occurring.cause), 0) as cause_order
from occurring
inner join statistic_queue
    on occurring.queue = statistic_queue.queue
