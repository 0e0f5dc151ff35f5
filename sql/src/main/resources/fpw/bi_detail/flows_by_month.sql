-- What came into and left each queue of one role in each month. Parameter: role.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.belongs_to,
    flow.month_start_on,
    flow.measured_to_on,
    flow.received_count,
    flow.reentered_count,
    flow.left_count,
    flow.served_count,
    flow.is_partial,
    flow.is_provisional,
    flow.is_available,
    flow.unavailable_reason,
    flow.data_as_at,
    flow.release_id
from mart.queue_monthly as flow
inner join bi_detail.queue as queue
    on
        flow.queue = queue.queue
        and flow.release_id = queue.release_id
where
    flow.is_total
    and queue.queue_role = :role
