-- Quantiles and mean of the waits of each cohort, read off the counts of mart.wait_curve.
-- Grain: queue, slice, slice_value, cohort. Parameters: none.
with

totals as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        max(contributor_count) as contributor_count,
        max(is_partial) as is_partial,
        max(is_provisional) as is_provisional,
        collect_list(struct(wait_days, at_risk_count, left_count, censored_count)) as days
    from wait_curve
    where exit_reason = 'all'
    group by queue, slice, slice_value, cohort

)

select
    queue,
    slice,
    slice_value,
    cohort,
    spell_count,
    left_count,
    still_waiting_count,
    longest_observed_days,
    p25_days,
    p25_low_days,
    p25_high_days,
    median_days,
    median_low_days,
    median_high_days,
    p75_days,
    p75_low_days,
    p75_high_days,
    p90_days,
    p90_low_days,
    p90_high_days,
    p95_days,
    p95_low_days,
    p95_high_days,
    restricted_mean_days,
    restricted_mean_standard_error,
    restricted_to_days,
    is_horizon_beyond_follow_up,
    curve_status,
    completed_only_median_days,
    is_partial,
    is_provisional,
    contributor_count
from totals
    lateral view inline(array(wait_summary(days))) summary
