-- What mart.wait_summary reads off a curve, from the counts of the curve. Quantiles of waits with the ends of their intervals: S(t) = prod (1 - d/n)
-- with late entry (Kaplan and Meier, JASA 1958), Greenwood's variance, 95 % bands on the scale of log(-log S), and from each of the three the smallest
-- day on which it is at most 1 - p, or, where it is equal to 1 - p, the middle between that day and the next step (Brookmeyer and Crowley, 1982; R's
-- quantile.survfit). None where that would need a day after the risk set has emptied while later items enter. The restricted mean, the area under the
-- curve from 0 to a horizon, and its standard error: the root of sum A(t)^2 d / (n (n - d)) with A(t) the area from t to the horizon (Miller, Survival
-- Analysis, 1981, p. 71; R's survmean). None where the curve cannot be read to the horizon, and no standard error where nobody has left. Grain: queue,
-- slice, slice_value, cohort, measure, with a null figure where there is none. Reads: wait_curve, cohort_spell.
-- Parameter: horizon_days, number. Where waits are cut for the restricted mean.
with

exit_day as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        wait_days,
        any_value(at_risk_count) as at_risk,
        coalesce(sum(spell_count) filter (exit_reason <> '(still waiting)'), 0) as gone,
        sum(spell_count) as ended
    from wait_curve
    group by all

),

entry_day as (

    select distinct
        queue,
        slice,
        slice_value,
        cohort,
        first_day,
        max(first_day) over (partition by queue, slice, slice_value, cohort) as last_first_day
    from cohort_spell

),

-- the last day before nobody is at risk while others enter later
readable as (

    select
        day.queue,
        day.slice,
        day.slice_value,
        day.cohort,
        max(day.wait_days) as last_day,
        sum(day.gone) as left_count,
        min(day.wait_days) filter (
            day.at_risk = day.ended
            and latest.last_first_day > day.wait_days
            and (next_day.first_day is null or day.at_risk = day.gone)
        ) as readable_to
    from exit_day as day
    inner join (
        select distinct
            queue,
            slice,
            slice_value,
            cohort,
            last_first_day
        from entry_day
    ) as latest
        on
            day.queue = latest.queue
            and day.slice = latest.slice
            and day.slice_value = latest.slice_value
            and day.cohort = latest.cohort
    left join entry_day as next_day
        on
            day.queue = next_day.queue
            and day.slice = next_day.slice
            and day.slice_value = next_day.slice_value
            and day.cohort = next_day.cohort
            and day.wait_days + 1 = next_day.first_day
    group by all

),

estimated as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        wait_days,
        at_risk,
        gone,
        bool_or(gone = at_risk) over up_to_day as has_ended,
        product((at_risk - gone) / at_risk) over up_to_day as share,
        sum(if(gone < at_risk, ln((at_risk - gone) / at_risk), 0)) over up_to_day as log_share,
        sum(if(gone < at_risk, gone / (at_risk * (at_risk - gone)), 0)) over up_to_day as greenwood
    from exit_day
    window up_to_day as (partition by queue, slice, slice_value, cohort order by wait_days)

),

spread as (

    select
        *,
        if(
            has_ended or log_share = 0,
            null,
            exp(least(700, 1.959963984540054 * sqrt(greenwood) / -log_share))
        ) as spread
    from estimated

),

band as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        wait_days,
        unnest([
            { 'band': '_days', 'waiting': if(has_ended, 0, share) },
            { 'band': '_low_days', 'waiting': exp(log_share * spread) },
            { 'band': '_high_days', 'waiting': exp(log_share / spread) }
        ], recursive := true)
    from spread

),

restricted_step as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        wait_days,
        at_risk,
        gone,
        if(has_ended, 0, share)
        * (coalesce(lead(wait_days) over later_days, :horizon_days) - wait_days) as area
    from estimated
    where wait_days <= :horizon_days
    window later_days as (partition by queue, slice, slice_value, cohort order by wait_days)

),

area_to_horizon as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        wait_days,
        area,
        if(gone < at_risk, gone / (at_risk * (at_risk - gone)), 0)
        * pow(sum(area) over from_day, 2) as variance
    from restricted_step
    window from_day as (
        partition by queue, slice, slice_value, cohort order by wait_days
        rows between current row and unbounded following
    )

),

restricted as (

    select
        readable.queue,
        readable.slice,
        readable.slice_value,
        readable.cohort,
        readable.left_count,
        coalesce(readable.readable_to >= :horizon_days, true) as is_readable,
        coalesce(min(step.wait_days), :horizon_days) + coalesce(sum(step.area), 0) as mean_days,
        sqrt(coalesce(sum(step.variance), 0)) as standard_error
    from readable
    left join area_to_horizon as step
        on
            readable.queue = step.queue
            and readable.slice = step.slice
            and readable.slice_value = step.slice_value
            and readable.cohort = step.cohort
    group by all

),

quantile (quantile, waiting_then) as (

    values ('p25', 1 - 0.25), ('median', 1 - 0.5), ('p75', 1 - 0.75), ('p90', 1 - 0.9), ('p95', 1 - 0.95)

),

reached as (

    select
        band.queue,
        band.slice,
        band.slice_value,
        band.cohort,
        quantile.quantile || band.band as measure,
        -- as near as R comes
        min(band.wait_days) filter (band.waiting <= quantile.waiting_then + 1.5e-8) as first_day,
        min(band.wait_days) filter (band.waiting <= quantile.waiting_then - 1.5e-8) as next_day
    from band
    cross join quantile
    group by all

)

select
    reached.queue,
    reached.slice,
    reached.slice_value,
    reached.cohort,
    reached.measure,
    case
        when reached.next_day <= coalesce(readable.readable_to, reached.next_day)
            then (reached.first_day + reached.next_day) / 2
        when readable.last_day > readable.readable_to then null
        else (reached.first_day + readable.last_day) / 2
    end as figure
from reached
inner join readable
    on
        reached.queue = readable.queue
        and reached.slice = readable.slice
        and reached.slice_value = readable.slice_value
        and reached.cohort = readable.cohort
union all
select
    queue,
    slice,
    slice_value,
    cohort,
    unnest(['restricted_mean_days', 'restricted_mean_standard_error']),
    unnest([
        if(is_readable, mean_days, null),
        if(is_readable and left_count > 0, standard_error, null)
    ])
from restricted
