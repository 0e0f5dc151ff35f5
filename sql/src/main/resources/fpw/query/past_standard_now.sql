-- How much of what waits at the end of the business date is past its standard, and how much will be within seven days?
-- Says: the part of the stock that is late, by slice. Where only dates are known, only what is late for certain.
-- Cannot say: that nothing is late in a queue without a standard: such rows are not here.
-- Grain: queue, slice, slice_value. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    slice,
    slice_value,
    item_unit,
    waiting_count,
    past_standard_count,
    due_next_7_days_count,
    oldest_wait_days,
    is_provisional,
    data_as_at
from mart.queue_daily
where
    day = data_as_at
    and (:queue is null or queue = :queue)
    and past_standard_count is not null
    and (is_total or waiting_count > 0)
order by queue asc, is_total desc, slice asc, past_standard_count desc, slice_value asc
