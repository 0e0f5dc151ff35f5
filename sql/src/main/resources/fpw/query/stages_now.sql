-- Where on its way is what waits?
-- Says: the stages of each queue that has some, beside the queue itself;
--   the stages and its out_of_order_count add up to the queue; every night checks it. excluded_count is in neither (excluded_items shows which).
-- Cannot say: which stage is slow: a stage can be full because much comes in. Compare wait_quantiles of the stages.
-- Grain: whole_queue, queue. Parameters: none.
with

queues as (

    select
        coalesce(parent_queue, queue) as whole_queue,
        parent_queue is not null as is_stage,
        queue,
        title
    from mart.dim_queue
    where
        parent_queue is not null
        or queue in (select stage.parent_queue from mart.dim_queue as stage)

)

select
    queues.whole_queue,
    queues.is_stage,
    queues.queue,
    queues.title,
    daily.waiting_count,
    daily.out_of_order_count,
    daily.excluded_count,
    daily.past_standard_count,
    daily.oldest_age_days,
    daily.oldest_wait_days,
    daily.data_as_at
from queues
inner join mart.queue_daily as daily
    on queues.queue = daily.queue
where
    daily.is_total
    and daily.day = daily.data_as_at
order by queues.whole_queue asc, queues.is_stage asc, queues.queue asc
