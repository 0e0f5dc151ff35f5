-- Spells by the cohorts that they are in, with the first and the last day of their wait on which the source would have shown them. Cohorts are fixed at entry: re-entries, first entries, and first entries of a financial year,
-- which begins in April. Entries that are not believed are in none, nor is there a cohort that began before the day up to which closed items may have been removed: only those that took long would be left of it.
-- Grain: a spell of series_spell, cohort. Reads: series_spell, queue_definition (slices by which there are no curves).
select
    queue,
    slice,
    slice_value,
    unnest(case
        when is_reentry then ['re-entries']
        when date_trunc('year', entered_on - interval 3 month) + interval 3 month < retained_from then ['first entries']
        else [
            'first entries',
            'first entries ' || lpad(cast(year(entered_on - interval 3 month) as text), 4, '0') || '/'
            || right(cast(year(entered_on - interval 3 month) + 1 as text), 2)
        ]
    end) as cohort,
    observed_from_on - entered_on as first_day,
    observed_to_on - entered_on as last_day,
    left_as,
    contributor_key
from series_spell
where
    is_wait_known
    and entered_on >= coalesce(retained_from, entered_on)
    and slice not in (
        select unnest(queue.refused_slices)
        from queue_definition as queue
        where queue.queue = series_spell.queue
    )
