-- How long do items wait until they leave, whatever the reason: quartiles, nine in ten, with 95 % intervals?
-- Says: waits of first entries, with the items that still wait counted as censored, not dropped. Null: not reached (too few have
--   left), never 0. Two cohorts: 'first entries' are all since observation began; beside them those of the latest financial year in which
--   something entered the queue. wait_by_year_of_entry has every year.
-- Cannot say: how long until the work is done, where items leave for other reasons too (mart.wait_curve, by reason). Quantiles of
--   slices do not average to the total. still_waiting_count is of the cohort: waiting_now also counts what came back.
-- is_partial: the financial year is not over, or began before observation did.
-- curve_status other than 'ok' says how far the curve can be read; interval_status other than 'ok', why there are no
--   intervals: too few cases or people.
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

)

select
    summary.queue,
    summary.slice,
    summary.slice_value,
    summary.cohort,
    summary.spell_count,
    summary.still_waiting_count,
    summary.p25_days,
    summary.p25_low_days,
    summary.p25_high_days,
    summary.median_days,
    summary.median_low_days,
    summary.median_high_days,
    summary.p75_days,
    summary.p75_low_days,
    summary.p75_high_days,
    summary.p90_days,
    summary.p90_low_days,
    summary.p90_high_days,
    summary.longest_observed_days,
    summary.is_partial,
    summary.curve_status,
    summary.interval_status,
    summary.data_as_at
from mart.wait_summary as summary
left join latest
    on summary.queue = latest.queue
where
    (summary.cohort = 'first entries' or summary.cohort = latest.cohort)
    and (:queue is null or summary.queue = :queue)
order by
    summary.queue asc,
    summary.is_total desc,
    summary.slice asc,
    summary.slice_value asc,
    summary.cohort asc
