-- Where does more wait than a year before the business date, and where less?
-- Says: the stock on two days, and the difference. A change of the stock is the sum of the net flows between them.
-- Cannot say: a trend. A stock moves like a random walk; two days show no trend, however far apart. See flows_by_month.
-- Null: that day is not in the mart, or was not available.
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
        waiting_count
    from mart.queue_daily
    where day = data_as_at - interval 1 year

)

select
    now_waiting.queue,
    now_waiting.slice,
    now_waiting.slice_value,
    year_before.waiting_count as waiting_year_before_count,
    now_waiting.waiting_count,
    now_waiting.waiting_count - year_before.waiting_count as change_count,
    now_waiting.day as data_as_at
from now_waiting
left join year_before
    on
        now_waiting.queue = year_before.queue
        and now_waiting.slice = year_before.slice
        and now_waiting.slice_value = year_before.slice_value
order by
    now_waiting.queue asc,
    now_waiting.is_total desc,
    now_waiting.slice asc,
    change_count desc nulls last,
    now_waiting.slice_value asc
