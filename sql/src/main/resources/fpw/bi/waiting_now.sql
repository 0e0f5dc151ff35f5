-- What waits in each queue of one role at the end of the last day that is known. Parameter: role.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.belongs_to,
    stock."day" as as_at_on,
    stock.waiting_count,
    stock.age_unknown_count,
    stock.out_of_order_count,
    stock.excluded_count,
    stock.closed_ahead_count,
    stock.past_standard_count,
    stock.past_any_standard_count,
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
    stock.is_total
    and stock."day" = stock.data_as_at
    and queue.queue_role = :role
