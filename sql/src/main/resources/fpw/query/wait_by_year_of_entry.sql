-- Do items that came in later wait longer than those that came in earlier?
-- Says: the median wait of each financial year of entry, with its 95 % interval, for each queue as a whole; where the
--   queue declares comparisons of its years, the log-rank test against the year before, log10_p_to_year_before (-1.3 is
--   p = 0.05) and adjusted for the number of tests of the declaration. More in compare_waits.
-- Cannot say: that a difference is real without a test: intervals that overlap, or do not, are none. The latest year is
--   followed for less time: its upper quantiles are often not reached (null).
-- A year with is_partial is not over, or began before observation did, so that only those who waited until then are in it.
-- Null: the interval, where interval_status says that cases or people are too few; log10_p_to_year_before where test_to_year_before says why.
-- Grain: queue, cohort. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

-- the same two years may be in several declarations, with one result
tests as (

    select
        queue,
        first_group,
        second_group,
        min(log10_p) as log10_p,
        max(log10_p_adjusted) as log10_p_adjusted,
        min(test_status) as test_status
    from mart.wait_comparison
    where compared_by = 'cohort' and within_slice is null
    group by queue, first_group, second_group

),

years as (

    select
        *,
        replace(cohort, 'first entries ', '') as entry_year,
        cast(cast(substring(cohort, 15, 4) as integer) - 1 as varchar) || '/' || substring(cohort, 17, 2) as year_before,
        row_number() over (partition by queue order by cohort) = 1 as is_first_year
    from mart.wait_summary
    where
        is_total
        and cohort like 'first entries 2%'
        and (:queue is null or queue = :queue)

)

select
    years.queue,
    years.cohort,
    years.spell_count,
    years.still_waiting_count,
    years.median_days,
    years.median_low_days,
    years.median_high_days,
    years.p90_days,
    years.restricted_mean_days,
    years.is_horizon_beyond_follow_up,
    years.is_partial,
    years.curve_status,
    years.interval_status,
    tests.log10_p as log10_p_to_year_before,
    tests.log10_p_adjusted as log10_p_adjusted_to_year_before,
    case
        when years.is_first_year then 'no year before'
        when tests.queue is null then 'not tested: the queue does not declare this comparison'
        else tests.test_status
    end as test_to_year_before
from years
left join tests
    on
        years.queue = tests.queue
        and years.year_before = tests.first_group
        and years.entry_year = tests.second_group
order by years.queue asc, years.cohort asc
