-- What waits in each queue that is no stage and no variant, by slice at the end of the last day that is known.
-- By values at entry, and of attributes that the source changes also by the values now.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    cast(stock.slice as varchar(110)) as slice,
    stock.slice_value,
    stock.data_as_at as as_at_on,
    stock.waiting_count,
    stock.age_unknown_count,
    stock.out_of_order_count,
    stock.past_standard_count,
    stock.due_next_7_days_count,
    stock.oldest_age_days,
    stock.is_provisional,
    stock.is_available,
    stock.unavailable_reason,
    stock.data_as_at,
    stock.release_id
from mart.queue_daily as stock
inner join bi_detail.queue as queue
    on
        stock.queue = queue.queue
        and stock.release_id = queue.release_id
where
    not stock.is_total
    and stock."day" = stock.data_as_at
    and queue.queue_role = 'whole'
union all
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    stock.slice,
    stock.slice_value,
    stock.data_as_at as as_at_on,
    stock.waiting_count,
    stock.age_unknown_count,
    stock.out_of_order_count,
    stock.past_standard_count,
    stock.due_next_7_days_count,
    stock.oldest_age_days,
    stock.is_provisional,
    stock.is_available,
    stock.unavailable_reason,
    stock.data_as_at,
    stock.release_id
from mart.queue_now as stock
inner join bi_detail.queue as queue
    on
        stock.queue = queue.queue
        and stock.release_id = queue.release_id
where queue.queue_role = 'whole'
