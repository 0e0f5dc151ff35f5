-- What came in, what left and what waited, ISO week by ISO week, in each queue as a whole?
-- Says: the flows of whole weeks, which can be charted. The stock beside them wanders without any cause.
-- Cannot say: why. A week with is_partial is not over, or had begun before the figures did: leave it out of a chart.
-- Grain: queue, week_start_on. Parameters: queue, from_week.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: from_week, date. Only weeks that begin on this day or later; every week unless given.
select
    queue,
    week_start_on,
    iso_year,
    iso_week,
    received_count,
    reentered_count,
    left_count,
    served_count,
    received_count + reentered_count - left_count as net_change_count,
    waiting_count,
    past_standard_count,
    is_partial,
    is_provisional
from mart.queue_weekly
where
    is_total
    and (:queue is null or queue = :queue)
    and (:from_week is null or week_start_on >= :from_week)
order by queue asc, week_start_on asc
