-- What each unit and provider examined, and with how many staff, month by month.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.queue_role,
    work.capacity,
    work.title as capacity_title,
    work.capacity_kind,
    work.month_start_on as period_start_on,
    work.month_end_on as period_end_on,
    work.examined_count,
    work.sent_count,
    work.returned_examined_count,
    work.returned_unexamined_count,
    work.with_provider_count as with_provider_at_month_end_do_not_sum,
    work.staff_in_post as staff_in_post_do_not_sum,
    work.is_partial,
    work.is_provisional,
    cast(coalesce(work.unavailable_reason, work.staff_reason) as varchar(1000)) as unavailable_reason,
    work.data_as_at,
    work.release_id
from mart.capacity_monthly as work
inner join bi_detail.queue as queue
    on
        work.queue = queue.queue
        and work.release_id = queue.release_id
where work.is_total
