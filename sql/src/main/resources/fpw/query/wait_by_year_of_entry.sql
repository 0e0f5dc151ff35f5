-- Do items that came in later wait longer than those that came in earlier?
-- Says: the median wait of each financial year of entry, with its 95 % interval, for each queue as a whole.
-- Cannot say: that a difference is real where the intervals overlap widely. The latest year is followed for less time: its upper
--   quantiles are often not reached (null).
-- Grain: queue, cohort. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    cohort,
    spell_count,
    still_waiting_count,
    median_days,
    median_low_days,
    median_high_days,
    p90_days,
    restricted_mean_days,
    is_horizon_beyond_follow_up,
    curve_status
from mart.wait_summary
where
    is_total
    and cohort like 'first entries 2%'
    and (:queue is null or queue = :queue)
order by queue asc, cohort asc
