-- What would have been predicted for each month from the months that were final by then, and whether its final count is in the range. The low end
-- is rounded down, the high end up. Final counts are today's, not those of that time. Grain: queue, measure, days_after. Reads: settling_observed.
-- Parameter: final_after_days, number. Age of a month, in days, from which its count is final.
-- Parameter: fewest_months, number. With fewer months, a range says nothing about the next.
with

foretold as (

    select
        month.queue,
        month.measure,
        month.days_after,
        month.month_start_on,
        month.stated_count,
        month.final_count,
        count(*) as period_count,
        arg_min(
            { 'stated_count': earlier.stated_count, 'final_count': earlier.final_count },
            earlier.stated_count / earlier.final_count
        ) as lowest,
        arg_max(
            { 'stated_count': earlier.stated_count, 'final_count': earlier.final_count },
            earlier.stated_count / earlier.final_count
        ) as highest
    from settling_observed as month
    inner join settling_observed as earlier
        on
            month.queue = earlier.queue
            and month.measure = earlier.measure
            and month.days_after = earlier.days_after
            and month.month_end_on > earlier.month_end_on
            and earlier.month_end_on + :final_after_days <= month.month_end_on + month.days_after
    where earlier.final_count > 0 and month.stated_count > 0
    group by all
    having count(*) >= :fewest_months and min(earlier.stated_count) > 0

)

select
    queue,
    measure,
    days_after,
    count(*) as backtest_period_count,
    count(*) filter (
        final_count between stated_count * highest.final_count // highest.stated_count and (stated_count * lowest.final_count + lowest.stated_count - 1) // lowest.stated_count
    ) as backtest_within_count,
    avg((period_count - 1) / (period_count + 1)) as expected_share
from foretold
group by queue, measure, days_after
