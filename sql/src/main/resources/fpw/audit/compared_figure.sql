-- Figures of months and weeks that had ended by the date of the replaced release, and of that date itself, with their values in both releases.
-- is_known: a null value is not due to a missing feed. If a release has no row, it has no spell, and the count is 0, provided that it counts this
-- at all and its queue is known for the whole period. A new queue stated nothing before; a removed one states nothing now. Figures by a pair of
-- slices that only one of the releases has are not compared: they are more or fewer figures, not changed ones. Grain: queue, slice, slice_value,
-- measure, exit_reason, period_kind, period_start_on. Reads: figure and counted_queue of both releases, compared_figures.
-- Parameter: as_at, date. Business date of the replaced release.
with

replaced_figure as (

    select *
    from replaced.figure
    where period_end_on <= :as_at

),

new_figure as (

    select *
    from main.figure
    where period_end_on <= :as_at

),

paired as (

    select
        queue,
        slice,
        slice_value,
        measure,
        exit_reason,
        period_kind,
        period_start_on,
        period_end_on,
        replaced_figure.is_available as was_available,
        replaced_figure.figure as replaced_figure,
        new_figure.is_available,
        new_figure.figure as new_figure
    from replaced_figure
    full join new_figure
        using (
            queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on, period_end_on
        )

),

stated as (

    select
        paired.* exclude (replaced_figure, new_figure),
        if(
            paired.was_available is null
            and paired.period_end_on <= compared.replaced_known_to
            and list_contains(was_defined.slices, paired.slice) and case
                when paired.measure in ('past_standard_count', 'due_next_7_days_count') then was_defined.has_standards
                when paired.measure = 'out_of_order_count' then was_defined.has_stages
                else true
            end,
            0,
            paired.replaced_figure
        ) as replaced_value,
        if(
            paired.is_available is null
            and paired.period_end_on <= compared.new_known_to
            and list_contains(defined.slices, paired.slice) and case
                when paired.measure in ('past_standard_count', 'due_next_7_days_count') then defined.has_standards
                when paired.measure = 'out_of_order_count' then defined.has_stages
                else true
            end,
            0,
            paired.new_figure
        ) as new_value,
        defined.queue is null
        or (
            coalesce(paired.was_available, paired.period_end_on <= compared.replaced_known_to)
            and coalesce(paired.is_available, paired.period_end_on <= compared.new_known_to)
        ) as is_known
    from paired
    inner join replaced.counted_queue as was_defined
        on paired.queue = was_defined.queue
    left join main.counted_queue as defined
        on paired.queue = defined.queue
    left join compared_figures as compared
        on paired.queue = compared.queue
    where
        (compared.queue is not null or defined.queue is null)
        and (
            not contains(paired.slice, ' x ')
            or defined.queue is null
            or (list_contains(was_defined.slices, paired.slice) and list_contains(defined.slices, paired.slice))
        )

)

select * exclude (was_available, is_available)
from stated
where replaced_value is not null or new_value is not null or not was_available or not is_available
