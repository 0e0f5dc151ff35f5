-- Flows, stocks and ages by calendar month.
-- Grain: queue, slice, slice_value, month_start_on. Parameters: none.
select
    queue,
    slice,
    slice_value,
    period_start_on as month_start_on,
    period_end_on as month_end_on,
    measured_to_on,
    opening_count,
    received_count,
    reentered_count,
    left_count,
    served_count,
    waiting_count,
    age_unknown_count,
    out_of_order_count,
    excluded_count,
    past_standard_count,
    due_next_7_days_count,
    left_per_inflow,
    served_per_inflow,
    weeks_of_work_left,
    weeks_of_work_served,
    oldest_age_days,
    oldest_wait_days,
    waiting_age_median_days,
    waiting_age_mean_days,
    is_partial,
    is_provisional,
    contributor_count
from queue_period
where period = 'month'
