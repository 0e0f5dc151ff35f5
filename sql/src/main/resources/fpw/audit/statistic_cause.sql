-- The steps of each queue: one for each cause among its changed spells, one for the time that passed, and before them the replaced release as it was,
-- of order 0. Grain: queue, cause. Reads: changed_spell, statistic_queue.
-- Parameter: causes, texts. The causes in their order.
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
