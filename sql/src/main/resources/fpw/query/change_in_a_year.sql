-- Where does more wait than a year before the business date, and where less?
-- Says: the stock on two days, what came in (first or once more) and what left between them, and the difference, which is that of the flows.
-- Cannot say: a trend. A stock moves like a random walk; two days show no trend, however far apart. See flows_by_month.
-- Null: waiting_year_before_reason says why.
-- Grain: queue, slice, slice_value. Parameters: none.
with

now_waiting as (

    select
        queue,
        slice,
        slice_value,
        is_total,
        day,
        waiting_count
    from mart.queue_daily
    where day = data_as_at

),

year_before as (

    select
        queue,
        slice,
        slice_value,
        day,
        waiting_count,
        unavailable_reason
    from mart.queue_daily
    where day = data_as_at - interval 1 year

),

flows as (

    select
        queue,
        slice,
        slice_value,
        sum(received_count) as received_count,
        sum(reentered_count) as reentered_count,
        sum(left_count) as left_count
    from mart.queue_daily
    where day > data_as_at - interval 1 year and day <= data_as_at
    group by queue, slice, slice_value

)

select
    now_waiting.queue,
    now_waiting.slice,
    now_waiting.slice_value,
    year_before.waiting_count as waiting_year_before_count,
    case when year_before.waiting_count is not null then flows.received_count end as received_count,
    case when year_before.waiting_count is not null then flows.reentered_count end as reentered_count,
    case when year_before.waiting_count is not null then flows.left_count end as left_count,
    now_waiting.waiting_count,
    now_waiting.waiting_count - year_before.waiting_count as change_count,
    case
        when year_before.day is null then 'the figures of the queue begin later'
        when year_before.waiting_count is null then year_before.unavailable_reason
    end as waiting_year_before_reason,
    now_waiting.day as data_as_at
from now_waiting
left join year_before
    on
        now_waiting.queue = year_before.queue
        and now_waiting.slice = year_before.slice
        and now_waiting.slice_value = year_before.slice_value
left join flows
    on
        now_waiting.queue = flows.queue
        and now_waiting.slice = flows.slice
        and now_waiting.slice_value = flows.slice_value
order by
    now_waiting.queue asc,
    now_waiting.is_total desc,
    now_waiting.slice asc,
    change_count desc nulls last,
    now_waiting.slice_value asc
