-- Flows, stocks and ages by ISO week.
-- Grain: queue, slice, slice_value, week_start_on. Parameters: none.
select
    queue,
    slice,
    slice_value,
    period_start_on as week_start_on,
    period_end_on as week_end_on,
    extract(yearofweek from period_start_on) as iso_year,
    extract(week from period_start_on) as iso_week,
    measured_to_on,
    opening_count,
    received_count,
    reentered_count,
    left_count,
    served_count,
    waiting_count,
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
where period = 'week'
