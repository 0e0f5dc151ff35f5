-- What came in, what left and what waited, quarter by quarter, in each queue as a whole?
-- Says: waiting = opening + received + reentered - left, exactly. Quarters are those of the calendar;
--   financial_quarter 1 is April to June.
-- Cannot say: whether a difference between two quarters is more than chance (signals).
-- A quarter with is_partial is not over, or had begun before observation did: do not compare it with whole quarters.
-- Grain: queue, quarter_start_on. Parameters: queue, from_quarter.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: from_quarter, date. Only quarters that begin on this day or later; every quarter unless given.
select
    queue,
    financial_year,
    financial_quarter,
    quarter_start_on,
    opening_count,
    received_count,
    reentered_count,
    left_count,
    served_count,
    waiting_count,
    left_per_inflow,
    served_per_inflow,
    is_partial,
    is_provisional,
    is_available
from mart.queue_quarterly
where
    is_total
    and (:queue is null or queue = :queue)
    and (:from_quarter is null or quarter_start_on >= :from_quarter)
order by queue asc, quarter_start_on asc
