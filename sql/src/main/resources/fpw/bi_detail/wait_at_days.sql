-- The curve for leaving in any way, read at four days of wait.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    curve.cohort,
    curve.wait_days,
    curve.still_waiting_share,
    curve.still_waiting_low,
    curve.still_waiting_high,
    curve.interval_status,
    curve.is_partial,
    curve.is_provisional,
    curve.is_available,
    curve.unavailable_reason,
    curve.data_as_at,
    curve.release_id
from bi_detail.wait_curve as curve
inner join bi_detail.queue as queue
    on
        curve.queue = queue.queue
        and curve.release_id = queue.release_id
where
    curve.exit_reason = 'all'
    and curve.wait_days in (30, 90, 180, 365)
