-- How items left each queue that is no stage and no variant, month by month.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    gone.month_start_on as period_start_on,
    cast(gone.month_start_on + interval '1' month - interval '1' day as date) as period_end_on,
    gone.exit_reason,
    gone.is_served,
    gone.left_count,
    gone.is_partial,
    gone.is_provisional,
    gone.unavailable_reason,
    gone.data_as_at,
    gone.release_id
from mart.queue_exit as gone
inner join bi_detail.queue as queue
    on
        gone.queue = queue.queue
        and gone.release_id = queue.release_id
where
    gone.is_total
    and queue.queue_role = 'whole'
