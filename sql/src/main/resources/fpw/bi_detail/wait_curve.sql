-- The curves of the totals on every day of wait. Between the days on which something happened the shares stay as they are, nobody leaves, and whoever left or
-- was last seen is no longer at risk.
select
    known.force,
    known.queue,
    known.queue_version,
    known.item_unit,
    known.cohort,
    known.exit_reason,
    number.number as wait_days,
    case
        when number.number = known.wait_days then known.at_risk_count
        else known.at_risk_count - known.all_left_count - known.censored_count
    end as at_risk_count,
    case when number.number = known.wait_days then known.left_count else cast(0 as bigint) end as left_count,
    case when number.number = known.wait_days then known.censored_count else cast(0 as bigint) end as censored_count,
    known.still_waiting_share,
    known.still_waiting_low,
    known.still_waiting_high,
    known.still_waiting_standard_error,
    known.left_share,
    known.left_share_standard_error,
    known.interval_status,
    known.is_partial,
    known.is_provisional,
    known.is_available,
    known.unavailable_reason,
    known.contributor_count,
    known.data_as_at,
    known.release_id
from (
    select
        curve.*,
        max(case when curve.exit_reason = 'all' then curve.left_count end) over (
            partition by curve.release_id, curve.queue, curve.cohort, curve.wait_days
        ) as all_left_count,
        lead(curve.wait_days) over (
            partition by curve.release_id, curve.queue, curve.cohort, curve.exit_reason
            order by curve.wait_days
        ) as next_days
    from mart.wait_curve as curve
    where curve.is_total
) as known
inner join ops.day_number as number
    on
        known.wait_days <= number.number
        and coalesce(known.next_days, known.wait_days + 1) > number.number
