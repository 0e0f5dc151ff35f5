-- How the items of each month of entry fared against each standard of their queue.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.queue_role,
    met.standard,
    standard.title as standard_title,
    standard.within_hours,
    standard.within_days,
    standard.target_share,
    met.month_start_on as period_start_on,
    cast(met.month_start_on + interval '1' month - interval '1' day as date) as period_end_on,
    met.due_count,
    met.met_count,
    met.failed_count,
    met.left_unseen_count,
    met.unknown_count,
    met.not_yet_due_count,
    met.is_partial,
    met.is_provisional,
    met.unavailable_reason,
    met.data_as_at,
    met.release_id
from mart.wait_standard as met
inner join bi_detail.queue as queue
    on
        met.queue = queue.queue
        and met.release_id = queue.release_id
inner join mart.dim_standard as standard
    on
        met.queue = standard.queue
        and met.standard = standard.standard
        and met.release_id = standard.release_id
where met.is_total
