-- What waited in each queue that is no stage and no variant, by slice when each month ended.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    stock.slice,
    stock.slice_value,
    stock.month_start_on,
    stock.measured_to_on,
    stock.waiting_count,
    stock.age_unknown_count,
    stock.out_of_order_count,
    stock.past_standard_count,
    stock.due_next_7_days_count,
    stock.oldest_age_days,
    stock.is_partial,
    stock.is_provisional,
    stock.is_available,
    stock.unavailable_reason,
    stock.data_as_at,
    stock.release_id
from mart.queue_monthly as stock
inner join bi_detail.queue as queue
    on
        stock.queue = queue.queue
        and stock.release_id = queue.release_id
where
    not stock.is_total
    and queue.queue_role = 'whole'
