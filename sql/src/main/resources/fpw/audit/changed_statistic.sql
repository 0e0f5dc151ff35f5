-- Statistics that two releases state differently. A cohort may still be open, a month must have ended. Those by a pair of slices that only one of
-- the releases has are not compared. Grain: statistic, a number. Reads: statistic and counted_queue of both releases.
-- Parameter: as_at, date. Business date of the replaced release.
select
    row_number() over () as statistic,
    coalesce(replaced.queue, new.queue) as queue,
    coalesce(replaced.mart, new.mart) as mart,
    coalesce(replaced.slice, new.slice) as slice,
    coalesce(replaced.slice_value, new.slice_value) as slice_value,
    coalesce(replaced.standard, new.standard) as standard,
    coalesce(replaced.cohort, new.cohort) as cohort,
    coalesce(replaced.measure, new.measure) as measure,
    coalesce(replaced.month_start_on, new.month_start_on) as month_start_on,
    replaced.figure as replaced_value,
    new.figure as new_value,
    coalesce(replaced.is_available, true) as was_available,
    coalesce(new.is_available, true) as is_available
from replaced.statistic as replaced
full join main.statistic as new
    on
        replaced.queue = new.queue
        and replaced.mart = new.mart
        and replaced.slice = new.slice
        and replaced.slice_value = new.slice_value
        and replaced.standard = new.standard
        and replaced.cohort = new.cohort
        and replaced.measure = new.measure
where
    coalesce(last_day(coalesce(replaced.month_start_on, new.month_start_on)) <= :as_at, true)
    and coalesce(
        abs(new.figure - replaced.figure) > 1e-9,
        replaced.figure is not null or new.figure is not null
    )
    and (
        not contains(coalesce(replaced.slice, new.slice), ' x ')
        or not exists (
            select 1
            from replaced.counted_queue as was_defined
            inner join main.counted_queue as defined
                on was_defined.queue = defined.queue
            where
                was_defined.queue = coalesce(replaced.queue, new.queue)
                and list_contains(was_defined.slices, coalesce(replaced.slice, new.slice))
                <> list_contains(defined.slices, coalesce(replaced.slice, new.slice))
        )
    )
