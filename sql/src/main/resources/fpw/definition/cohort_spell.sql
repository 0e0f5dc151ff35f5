-- Spells by the cohorts that they are in, with the first and the last day of their wait on which the source would have shown them. Cohorts are fixed at entry: re-entries, first entries, and first entries of a financial year,
-- which begins in April. Entries that are not believed are in none.
-- Grain: a spell of series_spell, cohort. Reads: series_spell, queue_definition (slices by which there are no curves).
select
    queue,
    slice,
    slice_value,
    unnest(if(
        is_reentry,
        ['re-entries'],
        [
            'first entries',
            'first entries ' || lpad(cast(year(entered_on - interval 3 month) as text), 4, '0') || '/'
            || right(cast(year(entered_on - interval 3 month) + 1 as text), 2)
        ]
    )) as cohort,
    observed_from_on - entered_on as first_day,
    observed_to_on - entered_on as last_day,
    left_as,
    contributor_key
from series_spell
where
    is_wait_known
    and slice not in (
        select unnest(queue.refused_slices)
        from queue_definition as queue
        where queue.queue = series_spell.queue
    )
