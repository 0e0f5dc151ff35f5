-- Of what left in a month, what share came back within 90 days, in each queue as a whole?
-- Says: the share with its 95 % interval, of the exits of which the 90 days are over.
-- Cannot say: why (mart.queue_reentry has the reasons): a contractor's returns are not rework. How many of the others,
--   not_yet_known_count, will come back: a month with any is not finished, so do not compare it.
-- Grain: queue, month_start_on. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    month_start_on,
    left_count,
    known_count,
    reentered_count,
    not_yet_known_count,
    reentered_share,
    share_low,
    share_high,
    share_reason,
    not_yet_known_count = 0 and not is_partial as is_finished,
    is_provisional
from mart.reentry_share
where
    is_total
    and (:queue is null or queue = :queue)
order by queue asc, month_start_on asc
