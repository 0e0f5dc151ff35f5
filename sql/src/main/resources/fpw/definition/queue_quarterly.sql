-- mart.queue_quarterly: the flows of a quarter's days, and what stands at the end of the last of them.
-- Grain: queue, slice, slice_value, quarter_start_on. Reads: queue_daily.
select
    queue,
    slice,
    slice_value,
    cast(date_trunc('quarter', day) as date) as quarter_start_on,
    arg_min_null(opening_count, day) as opening_count,
    sum(received_count) as received_count,
    sum(reentered_count) as reentered_count,
    sum(left_count) as left_count,
    sum(served_count) as served_count,
    arg_max_null(waiting_count, day) as waiting_count,
    arg_max_null(past_standard_count, day) as past_standard_count,
    arg_max_null(due_next_7_days_count, day) as due_next_7_days_count,
    arg_max_null(age_unknown_count, day) as age_unknown_count,
    arg_max_null(out_of_order_count, day) as out_of_order_count
from queue_daily
group by all
