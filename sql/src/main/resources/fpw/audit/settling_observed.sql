-- The total counts of months that releases stated some days after the month's end, next to what the candidate states. Known only if every later
-- step is recorded and a release of the month's last day or later had stated the count by then. A step that makes a count unavailable or available
-- again has no parts: it removes the count or brings it back, and what happened in between is the difference of both. A month is left out for the
-- days before its count was redefined, even if the definition made it available or unavailable. Grain: queue, measure, month_start_on, days_after.
-- Reads: settling_figure, settling_lag, figure_history, business_date.
-- Parameter: queues, texts. A queue for each earlier release.
-- Parameter: released_on, dates. Business dates of the releases from which every step is recorded, without the candidate.
-- Parameter: redefining_causes, texts. Causes other than lateness: they change what is counted, not what is known.
-- Parameter: final_after_days, number. Age of a month, in days, from which its count is final.
-- Parameter: months, number. Months that ended longer ago say little about how things are recorded today.
with

released as (

    select
        unnest(:queues) as queue,
        unnest(:released_on) as released_on
    union
    select distinct
        figure.queue,
        run.day as released_on
    from settling_figure as figure
    cross join main.business_date as run

),

step as (

    select
        queue,
        measure,
        period_start_on as month_start_on,
        new_as_at,
        cast(split_part(new_release_id, '.', 2) as integer) as release_number,
        any_value(replaced_value) is null as was_unavailable,
        bool_or(cause in :redefining_causes and part is distinct from 0) as is_redefined,
        sum(coalesce(part, coalesce(new_value, 0) - coalesce(replaced_value, 0))) as added
    from main.figure_history
    where slice = 'all' and exit_reason = 'all' and period_kind = 'month'
    group by queue, measure, period_start_on, new_as_at, new_release_id

),

ended as (

    select
        figure.queue,
        figure.measure,
        figure.month_start_on,
        figure.month_end_on,
        figure.figure as final_count,
        lag.days_after
    from settling_figure as figure
    cross join main.business_date as run
    cross join settling_lag as lag
    where
        figure.month_end_on + :final_after_days <= run.day
        and figure.month_end_on > run.day - to_months(:months)
        and exists (
            select 1
            from released
            where
                released.queue = figure.queue
                and released.released_on between figure.month_end_on
                and figure.month_end_on + lag.days_after
        )

)

select
    ended.queue,
    ended.measure,
    ended.month_start_on,
    ended.month_end_on,
    ended.days_after,
    ended.final_count,
    cast(ended.final_count - coalesce(sum(step.added), 0) as bigint) as stated_count
from ended
left join step
    on
        ended.queue = step.queue
        and ended.measure = step.measure
        and ended.month_start_on = step.month_start_on
        and step.new_as_at > ended.month_end_on + ended.days_after
group by
    ended.queue,
    ended.measure,
    ended.month_start_on,
    ended.month_end_on,
    ended.days_after,
    ended.final_count
having
    ended.final_count - coalesce(sum(step.added), 0) >= 0
    and not coalesce(first(step.was_unavailable order by step.new_as_at, step.release_number), false)
    and not coalesce(bool_or(step.is_redefined), false)
