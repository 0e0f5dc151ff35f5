-- The rows of mart.settling, with its column names. Grain: that of mart.settling. Reads: settling_figure, settling_lag, settling_range,
-- settling_backtest.
-- Parameter: fewest_months, number. With fewer months, a range says nothing about the next.
-- Parameter: final_after_days, number. Age of a month, in days, from which its count is final.
-- Parameter: decisive_measures, texts. Counts from which the others follow, or whose parts they are.
-- Parameter: release_id, text. The new release.
with

counted as (

    select
        described.*,
        lag.days_after,
        coalesce(ranges.observed_count, 0) as observed_count,
        coalesce(ranges.zero_count, 0) as zero_count,
        coalesce(ranges.period_count, 0) as period_count,
        coalesce(ranges.period_count, 0) >= :fewest_months as has_shares,
        ranges.share_low,
        ranges.share_median,
        ranges.share_high,
        coalesce(ranges.settled_count, 0) as settled_count,
        if(
            coalesce(ranges.observed_count, 0) >= :fewest_months,
            ranges.settled_count * 20 >= ranges.observed_count * 19,
            null
        ) as is_settled,
        coalesce(backtest.backtest_period_count, 0) as backtest_period_count,
        coalesce(backtest.backtest_within_count, 0) as backtest_within_count,
        backtest.expected_share
    from (
        select
            queue,
            measure,
            any_value(force) as force,
            any_value(queue_version) as queue_version,
            any_value(item_unit) as item_unit
        from settling_figure
        group by queue, measure
    ) as described
    inner join settling_lag as lag
        on lag.is_published
    left join settling_range as ranges
        on
            described.queue = ranges.queue
            and described.measure = ranges.measure
            and lag.days_after = ranges.days_after
    left join settling_backtest as backtest
        on
            described.queue = backtest.queue
            and described.measure = backtest.measure
            and lag.days_after = backtest.days_after

),

judged as (

    select
        *,
        max(if(is_settled, null, days_after)) filter (is_settled is not null)
            over (partition by queue, measure) as unsettled_after_days,
        bool_or(is_settled is not null) over (partition by queue, measure) as is_known
    from counted

),

settled as (

    select
        *,
        min(days_after) filter (is_settled and days_after > coalesce(unsettled_after_days, 0))
            over (partition by queue, measure) as settled_after_days
    from judged

)

select
    force,
    queue,
    queue_version,
    item_unit,
    measure,
    days_after,
    observed_count,
    zero_count,
    period_count,
    if(has_shares, share_low, null) as share_low,
    if(has_shares, share_median, null) as share_median,
    if(has_shares, share_high, null) as share_high,
    if(has_shares, (period_count - 1) / (period_count + 1), null) as range_share,
    if(has_shares, null, 'fewer than ' || :fewest_months || ' months') as share_reason,
    settled_count,
    settled_after_days,
    case
        when settled_after_days is not null then null
        when is_known then 'not settled after ' || :final_after_days || ' days'
        else 'fewer than ' || :fewest_months || ' months'
    end as settled_reason,
    if(measure in :decisive_measures and is_known, coalesce(settled_after_days, :final_after_days), null) as provisional_days,
    backtest_period_count,
    backtest_within_count,
    if(backtest_period_count >= 3, backtest_within_count / backtest_period_count, null)
        as backtest_within_share,
    if(backtest_period_count >= 3, expected_share, null) as backtest_expected_share,
    :release_id as release_id
from settled
