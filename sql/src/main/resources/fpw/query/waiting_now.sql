-- How many items wait in each queue at the end of the business date, by slice, and how old is the oldest?
-- Says: the stock, late or not. The total of a queue comes first; the slices below it are parts of it, by the
--   values when the items entered, and as "priority (now)" by the latest ones of attributes that the source changes.
--   Of it age_unknown_count have no age, out_of_order_count are in no stage, and closed_ahead_count are still waiting although closed on a future date;
--   excluded_count is not in it and may have to be.
--   still_waiting_count of mart.wait_summary is of one cohort and can be lower: items that came back wait here too.
-- Cannot say: whether that is a backlog (waiting is not backlog), or how long a new item will wait (wait_quantiles).
-- Grain: queue, slice, slice_value. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    slice,
    slice_value,
    item_unit,
    waiting_count,
    age_unknown_count,
    out_of_order_count,
    excluded_count,
    closed_ahead_count,
    oldest_age_days,
    oldest_wait_days,
    is_provisional,
    is_available,
    unavailable_reason,
    data_as_at
from mart.queue_daily
where
    day = data_as_at
    and (:queue is null or queue = :queue)
    and (is_total or waiting_count > 0 or waiting_count is null)
union all
select
    queue,
    slice,
    slice_value,
    item_unit,
    waiting_count,
    age_unknown_count,
    out_of_order_count,
    null as excluded_count,
    closed_ahead_count,
    oldest_age_days,
    oldest_wait_days,
    is_provisional,
    is_available,
    unavailable_reason,
    data_as_at
from mart.queue_now
where :queue is null or queue = :queue
order by queue asc, slice = 'all' desc, slice asc, waiting_count desc, slice_value asc
