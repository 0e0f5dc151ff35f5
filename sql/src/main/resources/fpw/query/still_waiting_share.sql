-- What share of items waits longer than 30, 90, 180 and 365 days?
-- Says: the Kaplan-Meier share of first entries whose wait exceeds the day, for leaving by any reason. 95 % intervals are in
--   mart.wait_curve.
-- Cannot say: anything beyond the longest wait observed: null there, unless all have left (then 0).
-- Grain: queue, slice, slice_value. Parameters: none.
with

-- The share on a day is that of the last row on or before it.
reading as (

    select
        curve.queue,
        curve.slice,
        curve.slice_value,
        mark.days,
        max_by(curve.still_waiting_share, curve.wait_days) as still_waiting_share
    from mart.wait_curve as curve
    inner join (values (30), (90), (180), (365)) as mark (days)
        on curve.wait_days <= mark.days
    where curve.cohort = 'first entries' and curve.exit_reason = 'all'
    group by curve.queue, curve.slice, curve.slice_value, mark.days

),

known as (

    select
        summary.queue,
        summary.slice,
        summary.slice_value,
        summary.is_total,
        summary.spell_count,
        summary.curve_status,
        reading.days,
        case
            when reading.days <= summary.longest_observed_days or reading.still_waiting_share = 0 then reading.still_waiting_share
        end as still_waiting_share
    from mart.wait_summary as summary
    inner join reading
        on
            summary.queue = reading.queue
            and summary.slice = reading.slice
            and summary.slice_value = reading.slice_value
    where summary.cohort = 'first entries'

)

select
    queue,
    slice,
    slice_value,
    spell_count,
    max(still_waiting_share) filter (where days = 30) as over_30_days_share,
    max(still_waiting_share) filter (where days = 90) as over_90_days_share,
    max(still_waiting_share) filter (where days = 180) as over_180_days_share,
    max(still_waiting_share) filter (where days = 365) as over_365_days_share,
    curve_status
from known
group by queue, slice, slice_value, is_total, spell_count, curve_status
order by queue asc, is_total desc, slice asc, over_90_days_share desc nulls last, slice_value asc
