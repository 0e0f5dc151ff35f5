-- The share still waiting and the shares that left for each reason, by day of wait.
-- Cohorts are fixed at entry. Stays under way when observation began enter on the day of their wait on which it did.
-- Stays whose date of entry is not believed are in no cohort.
-- Grain: queue, slice, slice_value, cohort, exit_reason, wait_days. Parameters: none.
with

-- stays are counted; contributors with several of them come again by name, to be told apart
stays as (

    select
        queue,
        slice,
        slice_value,
        is_reentry,
        entered_on,
        observed_from_on,
        observed_to_on,
        left_as,
        stay_count,
        sole_count,
        cast(null as string) as shared_contributor_key
    from stay
    where is_wait_known
    union all
    select
        queue,
        slice,
        slice_value,
        is_reentry,
        entered_on,
        observed_from_on,
        observed_to_on,
        left_as,
        0 as stay_count,
        0 as sole_count,
        contributor_key as shared_contributor_key
    from spell_slice
    where not is_sole and is_wait_known

),

stays_by_cohort as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        shared_contributor_key,
        observed_to_on,
        left_as as exit_reason,
        datediff(observed_from_on, entered_on) as first_day,
        datediff(observed_to_on, entered_on) as exit_day,
        stay_count,
        sole_count
    from stays
        -- financial years run from April
        lateral view explode(if(
            is_reentry,
            array('re-entries'),
            array(
                'first entries',
                concat(
                    'first entries ', date_format(add_months(entered_on, -3), 'yyyy'), '/', date_format(add_months(entered_on, 9), 'yy')
                )
            )
        )) exploded as cohort

),

observations as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        first_day,
        exit_day,
        exit_reason,
        sum(stay_count) as spell_count
    from stays_by_cohort
    where shared_contributor_key is null
    group by queue, slice, slice_value, cohort, first_day, exit_day, exit_reason

),

observed_cohorts as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        collect_list(struct(first_day, exit_day, exit_reason, spell_count)) as observations
    from observations
    group by queue, slice, slice_value, cohort

),

contributors as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        sum(sole_count) + count(distinct shared_contributor_key) as contributor_count,
        max(observed_to_on) as last_observed_on
    from stays_by_cohort
    group by queue, slice, slice_value, cohort

),

reasons as (

    select
        queue,
        array_sort(collect_set(left_as)) as exit_reasons
    from queue_event
    where role = 'leaves'
    group by queue

),

-- days up to here have had their late records
settled as (

    select
        queue,
        date_sub(data_as_at, provisional_days) as settled_to_on
    from queue_definition

),

cohorts as (

    select
        observed_cohorts.queue,
        observed_cohorts.slice,
        observed_cohorts.slice_value,
        observed_cohorts.cohort,
        observed_cohorts.observations,
        reasons.exit_reasons,
        contributors.contributor_count,
        contributors.last_observed_on > settled.settled_to_on as is_provisional
    from observed_cohorts
    inner join contributors
        on
            observed_cohorts.queue = contributors.queue
            and observed_cohorts.slice = contributors.slice
            and observed_cohorts.slice_value = contributors.slice_value
            and observed_cohorts.cohort = contributors.cohort
    inner join reasons
        on observed_cohorts.queue = reasons.queue
    inner join settled
        on observed_cohorts.queue = settled.queue

)

select
    queue,
    slice,
    slice_value,
    cohort,
    exit_reason,
    wait_days,
    at_risk_count,
    left_count,
    censored_count,
    still_waiting_share,
    still_waiting_low,
    still_waiting_high,
    still_waiting_standard_error,
    left_share,
    left_share_standard_error,
    false as is_partial,
    is_provisional,
    contributor_count
from cohorts
    lateral view inline(wait_curve(observations, exit_reasons)) curve
