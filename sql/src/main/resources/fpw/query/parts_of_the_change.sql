-- Of what does the change of the stock since the month before, and since last year, consist?
-- Says: for the last month that is settled, and the last whole one, the stock at the end of the earlier period and of the later one, and what was received,
-- what came back and (less) what left for each reason in between.
-- Cannot say: why; and whether the change is more than chance, which no test of a stock tells.
-- Grain: queue, compared_with, period_end_on, part, part_name. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    compared_with,
    earlier_end_on,
    period_end_on,
    is_provisional,
    part,
    part_name,
    earlier_count,
    change_count,
    period_count,
    reason
from mart.queue_driver
where
    is_total
    and measure = 'waiting'
    and compared_with in ('the month before', 'last year')
    and (part = 'all' or change_count <> 0)
    and (:queue is null or queue = :queue)
order by
    queue asc,
    period_end_on asc,
    compared_with desc,
    part = 'all' desc,
    change_count desc,
    part_name asc
