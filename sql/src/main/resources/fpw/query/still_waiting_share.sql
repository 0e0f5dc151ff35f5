-- What share of items waits longer than 30, 90, 180 and 365 days?
-- Says: the Kaplan-Meier share of first entries whose wait exceeds the day, for leaving by any reason. Two cohorts: 'first entries' are
--   all since observation began; beside them those of the latest financial year in which something entered. 95 % intervals are in
--   mart.wait_curve, medians of every year in wait_by_year_of_entry.
-- Cannot say: anything beyond the longest wait observed, or beyond the day up to which curve_status says the curve can be read: null there,
--   unless all have left (then 0).
-- Grain: queue, slice, slice_value, cohort. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

latest as (

    select
        queue,
        max(cohort) as cohort
    from mart.wait_summary
    where cohort like 'first entries 2%'
    group by queue

),

wanted as (

    select summary.*
    from mart.wait_summary as summary
    left join latest
        on summary.queue = latest.queue
    where
        (summary.cohort = 'first entries' or summary.cohort = latest.cohort)
        and (:queue is null or summary.queue = :queue)

),

-- The share on a day is that of the last row on or before it.
reading as (

    select
        curve.queue,
        curve.slice,
        curve.slice_value,
        curve.cohort,
        mark.days,
        -- in a struct, since max_by passes over a null: the curve can then not be read on the day
        max_by(struct_pack(share := curve.still_waiting_share), curve.wait_days).share as still_waiting_share
    from mart.wait_curve as curve
    inner join (values (30), (90), (180), (365)) as mark (days)
        on curve.wait_days <= mark.days
    where curve.cohort like 'first entries%' and curve.exit_reason = 'all'
    group by curve.queue, curve.slice, curve.slice_value, curve.cohort, mark.days

),

known as (

    select
        wanted.queue,
        wanted.slice,
        wanted.slice_value,
        wanted.cohort,
        wanted.is_total,
        wanted.spell_count,
        wanted.is_partial,
        wanted.curve_status,
        reading.days,
        case
            when reading.days <= wanted.longest_observed_days or reading.still_waiting_share = 0 then reading.still_waiting_share
        end as still_waiting_share
    from wanted
    inner join reading
        on
            wanted.queue = reading.queue
            and wanted.slice = reading.slice
            and wanted.slice_value = reading.slice_value
            and wanted.cohort = reading.cohort

)

select
    queue,
    slice,
    slice_value,
    cohort,
    spell_count,
    max(still_waiting_share) filter (where days = 30) as over_30_days_share,
    max(still_waiting_share) filter (where days = 90) as over_90_days_share,
    max(still_waiting_share) filter (where days = 180) as over_180_days_share,
    max(still_waiting_share) filter (where days = 365) as over_365_days_share,
    is_partial,
    curve_status
from known
group by queue, slice, slice_value, cohort, is_total, spell_count, is_partial, curve_status
order by queue asc, is_total desc, slice asc, slice_value asc, cohort asc
