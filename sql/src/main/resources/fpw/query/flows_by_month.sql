-- What came in, what left and what waited, month by month, in each queue as a whole?
-- Says: waiting = opening + received + reentered - left, exactly. left_per_inflow below 1 means that the queue grew.
-- Cannot say: why. A mass withdrawal raises left_per_inflow as well as work does; served_per_inflow tells them apart.
-- A month with is_partial is not over, or had begun before observation did: do not compare it with whole months.
-- Grain: queue, month_start_on. Parameters: queue, from_month.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: from_month, date. Only months that begin on this day or later; every month unless given.
select
    queue,
    month_start_on,
    opening_count,
    received_count,
    reentered_count,
    left_count,
    served_count,
    waiting_count,
    left_per_inflow,
    served_per_inflow,
    weeks_of_work_left,
    weeks_of_work_served,
    is_partial,
    is_provisional,
    is_available
from mart.queue_monthly
where
    is_total
    and (:queue is null or queue = :queue)
    and (:from_month is null or month_start_on >= :from_month)
order by queue asc, month_start_on asc
