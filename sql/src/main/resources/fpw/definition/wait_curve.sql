-- mart.wait_curve: who was at risk of leaving on a day of their wait, who left on it and for what, and who was last seen waiting. A spell is at risk from the first day of its wait on which the source would have shown it
-- to the day on which it left or was last seen. The contributors are those of the cohort. Only days on which somebody left or was last seen are here; the mart has further days, at which it can be read.
-- Grain: queue, slice, slice_value, cohort, wait_days, exit_reason. Reads: cohort_spell, wait_summary.
with

exits as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        last_day as wait_days,
        coalesce(left_as, '(still waiting)') as exit_reason,
        count(*) as spell_count
    from cohort_spell
    group by all

),

ends_of_observation as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        unnest([first_day, last_day]) as wait_days,
        unnest([1, 0]) as came,
        unnest([0, 1]) as went
    from cohort_spell

),

days as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        wait_days,
        sum(came) as came,
        sum(went) as went
    from ends_of_observation
    group by all

),

-- who came to be at risk up to a day, less who went before it
at_risk as (

    select
        *,
        sum(came) over up_to_day - sum(went) over up_to_day + went as at_risk_count
    from days
    window up_to_day as (partition by queue, slice, slice_value, cohort order by wait_days)

)

select
    exits.queue,
    exits.slice,
    exits.slice_value,
    exits.cohort,
    exits.wait_days,
    exits.exit_reason,
    at_risk.at_risk_count,
    exits.spell_count,
    wait_summary.contributor_count
from exits
inner join at_risk
    on
        exits.queue = at_risk.queue
        and exits.slice = at_risk.slice
        and exits.slice_value = at_risk.slice_value
        and exits.cohort = at_risk.cohort
        and exits.wait_days = at_risk.wait_days
inner join wait_summary
    on
        exits.queue = wait_summary.queue
        and exits.slice = wait_summary.slice
        and exits.slice_value = wait_summary.slice_value
        and exits.cohort = wait_summary.cohort
