-- What came into and left each queue that is no stage and no variant, by slice in each month.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    flow.slice,
    flow.slice_value,
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
    not flow.is_total
    and queue.queue_role = 'whole'
