-- What did each unit examine per full-time equivalent before and after each recorded change of its staff?
-- Says: examinations of the six whole months before the month of the change, and of up to six after it, divided by the staff in post of the same months, for
-- months in which both are known.
-- Cannot say: what the change did: people are trained before they examine, and other things change too (changes, mart.change_comparison).
-- Null: no such month is known.
-- Grain: change, capacity. Parameters: queue.
-- Parameter: queue, text. Only changes of this queue; every queue unless given.
with

months as (

    select
        change.change,
        change.changed_on,
        change.what,
        capacity.queue,
        capacity.capacity,
        capacity.examined_count,
        capacity.staff_in_post,
        date_diff('month', change.changed_on, capacity.month_start_on) as months_after
    from mart.change as change
    inner join mart.capacity_monthly as capacity
        on
            change.queue = capacity.queue
            and capacity.is_total
            and capacity.capacity_kind = 'unit'
            and capacity.is_available
            and not capacity.is_partial
            and capacity.staff_in_post is not null
    where
        change.change_kind = 'staffing'
        and (:queue is null or change.queue = :queue)

)

select
    change,
    changed_on,
    what,
    queue,
    capacity,
    count(*) filter (where months_after between -6 and -1) as month_count_before,
    avg(staff_in_post) filter (where months_after between -6 and -1) as staff_before,
    sum(examined_count) filter (where months_after between -6 and -1)
    / nullif(sum(staff_in_post) filter (where months_after between -6 and -1), 0) as examined_per_staff_before,
    count(*) filter (where months_after between 1 and 6) as month_count_after,
    avg(staff_in_post) filter (where months_after between 1 and 6) as staff_after,
    sum(examined_count) filter (where months_after between 1 and 6)
    / nullif(sum(staff_in_post) filter (where months_after between 1 and 6), 0) as examined_per_staff_after
from months
group by change, changed_on, what, queue, capacity
order by changed_on asc, change asc, queue asc, capacity asc
