-- How long would an item wait, and what share would be served in time, at the pace of each quarter of the last three years?
-- Says: for each whole quarter the days by which half, three quarters and nine in ten would have left, and the share that would be served within 30, 90 and 180
-- days, from all time at risk in it, whenever the items came in.
-- Cannot say: how long the items that came in during a quarter wait; whether two quarters differ by more than chance (compare_waits). Never add quarters.
-- Null: not reached, or not followed so far, never 0; interval_status says why there is no interval.
-- Grain: queue, period. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    period,
    spell_count,
    left_count,
    median_days,
    median_low_days,
    median_high_days,
    p75_days,
    p90_days,
    served_30_share,
    served_90_share,
    served_90_low,
    served_90_high,
    served_180_share,
    curve_status,
    interval_status,
    is_provisional
from mart.wait_window
where
    is_total
    and window_kind = 'quarter'
    and not is_partial
    and period_end_on > data_as_at - interval 39 month
    and (:queue is null or queue = :queue)
order by queue asc, period_start_on asc
