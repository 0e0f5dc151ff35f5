-- How long items wait at the pace of each quarter and financial year.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.queue_role,
    wait.window_kind as period_kind,
    wait.period,
    wait.period_start_on,
    wait.period_end_on,
    wait.spell_count,
    wait.still_waiting_count,
    wait.median_days as median_days_do_not_average,
    wait.median_low_days,
    wait.median_high_days,
    wait.p90_days as p90_days_do_not_average,
    wait.p90_low_days,
    wait.p90_high_days,
    wait.curve_status,
    wait.interval_status,
    wait.is_partial,
    wait.is_provisional,
    wait.unavailable_reason,
    wait.data_as_at,
    wait.release_id
from mart.wait_window as wait
inner join bi_detail.queue as queue
    on
        wait.queue = queue.queue
        and wait.release_id = queue.release_id
where wait.is_total
