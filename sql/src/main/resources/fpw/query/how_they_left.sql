-- For what reason did items leave in the twelve months up to the month of the last day that is known?
-- Says: exits of whole available months, and of the last one as far as it goes, per reason, and their share of all exits of the slice.
-- is_served marks the reasons that mean that the work was done.
-- Cannot say: the chance that an item will leave for a reason: items that still wait are not in it (mart.wait_curve has that, by reason).
-- Grain: queue, slice, slice_value, exit_reason. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

recent as (

    select *
    from mart.queue_exit
    where
        month_start_on > date_trunc('month', data_as_at) - interval 12 month
        and is_available
        and (:queue is null or queue = :queue)

),

by_reason as (

    select
        queue,
        slice,
        slice_value,
        is_total,
        exit_reason,
        is_served,
        min(month_start_on) as from_on,
        max(measured_to_on) as to_on,
        sum(left_count) as left_count
    from recent
    group by queue, slice, slice_value, is_total, exit_reason, is_served

)

select
    queue,
    slice,
    slice_value,
    exit_reason,
    is_served,
    left_count,
    left_count / nullif(sum(left_count) over (partition by queue, slice, slice_value), 0) as left_share,
    from_on,
    to_on
from by_reason
order by queue asc, is_total desc, slice asc, slice_value asc, left_count desc, exit_reason asc
