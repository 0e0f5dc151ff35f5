-- How long would an item wait if it left at the pace of each financial year?
-- Says: the median of each year from all time at risk in it, whenever the items came in, with its 95 % interval; what
--   the force did in that year. A year that is not over is marked.
-- Cannot say: how long the items of a year waited (wait_by_year_of_entry); whether two years differ by more than chance
--   (compare_waits, by window). Never add years: an item that waits through two is in both.
-- Null: not reached, never 0; curve_status other than 'ok' says how far the curve can be read, and interval_status why
--   there is no interval: too few cases or people.
-- Grain: queue, period. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    period,
    spell_count,
    left_count,
    still_waiting_count,
    p25_days,
    median_days,
    median_low_days,
    median_high_days,
    p75_days,
    p90_days,
    curve_status,
    interval_status,
    is_partial
from mart.wait_window
where
    is_total
    and window_kind = 'financial year'
    and (:queue is null or queue = :queue)
order by queue asc, period asc
