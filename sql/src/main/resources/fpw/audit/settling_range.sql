-- How complete the counts of months were some days after their end: the range of the shares, with the counts of the lowest and highest share. A
-- count of 0 has no share, but can be settled. Grain: queue, measure, days_after. Reads: settling_observed.
select
    queue,
    measure,
    days_after,
    count(*) as observed_count,
    count(*) filter (final_count = 0) as zero_count,
    count(*) filter (final_count > 0) as period_count,
    min(stated_count / final_count) filter (final_count > 0) as share_low,
    median(stated_count / final_count) filter (final_count > 0) as share_median,
    max(stated_count / final_count) filter (final_count > 0) as share_high,
    arg_min(
        { 'stated_count': stated_count, 'final_count': final_count },
        stated_count / final_count
    ) filter (final_count > 0) as lowest,
    arg_max(
        { 'stated_count': stated_count, 'final_count': final_count },
        stated_count / final_count
    ) filter (final_count > 0) as highest,
    count(*) filter (abs(stated_count - final_count) <= greatest(1, 0.005 * final_count)) as settled_count
from settling_observed
group by queue, measure, days_after
