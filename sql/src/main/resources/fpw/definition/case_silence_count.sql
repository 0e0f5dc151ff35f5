-- mart.case_silence_count: of the open cases of each definition, how many have been silent for more than so many days. Not known where the silence of a case is not, or where nothing counts as activity.
-- Grain: milestones, silent_over_days. Reads: case_silence, case_milestone_open, case_definition, case_activity, business_date.
with

open_case as (

    select
        milestones,
        count(distinct case_key) as open_case_count
    from case_milestone_open
    group by milestones

),

counted as (

    select
        definition.milestones,
        definition.data_as_at,
        coalesce(open_case.open_case_count, 0) as open_case_count,
        (
            definition.silence_as_at = today.day
            and definition.milestones in (select activity.milestones from case_activity as activity)
        ) as is_known
    from case_definition as definition
    cross join business_date as today
    left join open_case
        on definition.milestones = open_case.milestones

),

band as (

    select unnest([28, 56, 91, 182]) as silent_over_days

)

select
    counted.milestones,
    band.silent_over_days,
    counted.open_case_count,
    if(counted.is_known, count(*) filter (case_silence.silent_days > band.silent_over_days), null) as silent_case_count,
    if(
        counted.is_known,
        count(*) filter (case_silence.silent_days > band.silent_over_days and case_silence.is_never_recorded),
        null
    ) as never_recorded_count,
    if(counted.is_known, 0, counted.open_case_count) as unknown_case_count,
    counted.open_case_count as contributor_count,
    counted.data_as_at
from counted
cross join band
left join case_silence
    on counted.milestones = case_silence.milestones
group by counted.milestones, band.silent_over_days, counted.open_case_count, counted.is_known, counted.data_as_at
