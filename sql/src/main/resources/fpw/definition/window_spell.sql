-- First entries by the calendar periods in which they were at risk, with the first and the last day of their wait in
-- each. Financial years begin in April; slices have too few spells for quarters. Who goes on waiting after a period
-- has not left in it. Periods that began before the day up to which closed items may have been removed are left out.
-- The attributes are those of the totals only.
-- Grain: a spell of series_spell, window_kind, period. Reads: series_spell, queue_definition.
with

first_entries as (

    select
        queue,
        slice,
        slice_value,
        entered_on,
        retained_from,
        observed_from_on,
        observed_to_on,
        left_as,
        item_key,
        contributor_key,
        if(slice = 'all', attributes, null) as attributes
    from series_spell
    where
        is_wait_known
        and not is_reentry
        and slice not in (
            select unnest(queue.refused_slices)
            from queue_definition as queue
            where queue.queue = series_spell.queue
        )

),

years as (

    select
        *,
        'financial year' as window_kind,
        unnest(generate_series(
            cast(date_trunc('year', observed_from_on - interval 3 month) + interval 3 month as date),
            observed_to_on,
            interval 1 year
        )) as starts_at
    from first_entries

),

quarters as (

    select
        *,
        'quarter' as window_kind,
        unnest(generate_series(
            cast(date_trunc('quarter', observed_from_on) as date),
            observed_to_on,
            interval 3 month
        )) as starts_at
    from first_entries
    where slice = 'all'

),

periods as (

    select
        *,
        lpad(cast(year(starts_at) as text), 4, '0') || '/' || right(cast(year(starts_at) + 1 as text), 2) as period,
        cast(starts_at + interval 1 year as date) - 1 as period_end_on
    from years
    union all
    select
        *,
        lpad(cast(year(starts_at) as text), 4, '0') || ' Q' || cast(quarter(starts_at) as text) as period,
        cast(starts_at + interval 3 month as date) - 1 as period_end_on
    from quarters

)

select
    queue,
    slice,
    slice_value,
    window_kind,
    period,
    greatest(observed_from_on, cast(starts_at as date)) - entered_on as first_day,
    least(observed_to_on, period_end_on) - entered_on as last_day,
    if(observed_to_on <= period_end_on, left_as, null) as left_as,
    item_key,
    contributor_key,
    attributes
from periods
where starts_at >= coalesce(retained_from, starts_at)
