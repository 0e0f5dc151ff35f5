-- The rows of mart.settling_month, with its column names: the range in which the counts of the latest months are expected to end. The low end is
-- rounded down, the high end up. Grain: that of mart.settling_month. Reads: settling_figure, settling_range, business_date.
-- Parameter: final_after_days, number. Age of a month, in days, from which its count is final.
-- Parameter: fewest_months, number. With fewer months, a range says nothing about the next.
-- Parameter: lags, numbers. Days after the end of a month for which shares are published.
-- Parameter: release_id, text. The new release.
with

recent as (

    select
        figure.*,
        run.day - figure.month_end_on as days_since_end
    from settling_figure as figure
    cross join main.business_date as run
    where figure.month_end_on + :final_after_days > run.day

),

judged as (

    select
        recent.*,
        coalesce(ranges.period_count, 0) as period_count,
        ranges.share_low,
        ranges.share_high,
        ranges.lowest,
        ranges.highest,
        case
            when recent.days_since_end < 1 then 'the month has only just ended'
            when coalesce(ranges.period_count, 0) < :fewest_months then 'fewer than ' || :fewest_months || ' months'
            when recent.figure = 0 then 'nothing is counted yet'
            when ranges.share_low = 0 then 'nothing was counted by then in a month before'
        end as expected_reason
    from recent
    left join settling_range as ranges
        on
            recent.queue = ranges.queue
            and recent.measure = ranges.measure
            and recent.days_since_end = ranges.days_after

)

select
    force,
    queue,
    queue_version,
    item_unit,
    measure,
    month_start_on,
    month_end_on,
    figure as current_count,
    days_since_end,
    list_max(list_filter(:lags, lambda days: days <= days_since_end)) as days_after,
    period_count,
    case when expected_reason is null then share_low end as share_low,
    case when expected_reason is null then share_high end as share_high,
    case when expected_reason is null then figure * highest.final_count // highest.stated_count end as expected_low,
    case when expected_reason is null then (figure * lowest.final_count + lowest.stated_count - 1) // lowest.stated_count end as expected_high,
    case when expected_reason is null then (period_count - 1) / (period_count + 1) end as range_share,
    expected_reason,
    is_provisional,
    data_as_at,
    :release_id as release_id
from judged
