-- A statistic before and after each step, without steps that do not change it. A difference between what was published and the first step is due to
-- another version of the software, or to erased rows; there must be none after the last step. Grain: statistic, cause. Reads: changed_statistic,
-- statistic_cause, statistic_step.
-- Parameter: first_cause, text. The cause of differences before the first step.
-- Parameter: is_with_slices, boolean. Whether the steps were computed for slices too.
with

computed as (

    select
        changed.statistic,
        changed.replaced_value,
        changed.new_value,
        cause.cause,
        cause.cause_order,
        step.figure as figure_after,
        lag(step.figure) over (
            partition by changed.statistic order by cause.cause_order
        ) as figure_before,
        row_number() over (
            partition by changed.statistic order by cause.cause_order desc
        ) = 1 as is_last
    from changed_statistic as changed
    inner join statistic_cause as cause
        on changed.queue = cause.queue
    left join statistic_step as step
        on
            changed.queue = step.queue
            and changed.mart = step.mart
            and changed.slice = step.slice
            and changed.slice_value = step.slice_value
            and changed.standard = step.standard
            and changed.cohort = step.cohort
            and changed.measure = step.measure
            and cause.cause_order = step.cause_order
    where changed.was_available and changed.is_available and (:is_with_slices or changed.slice = 'all')

),

move as (

    select
        statistic,
        if(cause_order = 0, :first_cause, cause) as cause,
        if(cause_order = 0, replaced_value, figure_before) as figure_before,
        figure_after
    from computed
    union all
    select
        statistic,
        'unexplained',
        figure_after,
        new_value
    from computed
    where is_last

)

select *
from move
where coalesce(
    abs(figure_after - figure_before) > 1e-9,
    figure_after is not null or figure_before is not null
)
