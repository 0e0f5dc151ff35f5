-- What is not known at entry makes no group. Nor do items that entered, or a period that began, before the day up to which
-- closed items may have been removed.
-- First entries by the groups of each comparison that a queue declares: the period in which they entered (cohort), each
-- period in which they were at risk (window), or the value of a slice at entry.
-- Grain: a spell of series_spell of the total, comparison, group. Reads: series_spell, window_spell, queue_comparison.
with

grouped as (

    select
        comparison.*,
        if(
            comparison.period_kind = 'quarter',
            lpad(cast(year(spell.entered_on) as text), 4, '0') || ' Q' || cast(quarter(spell.entered_on) as text),
            lpad(cast(year(spell.entered_on - interval 3 month) as text), 4, '0') || '/'
            || right(cast(year(spell.entered_on - interval 3 month) + 1 as text), 2)
        ) as group_name,
        spell.left_as,
        spell.item_key,
        spell.contributor_key
    from queue_comparison as comparison
    inner join series_spell as spell
        on comparison.queue = spell.queue
    where
        coalesce(spell.attributes[comparison.within_slice], '') <> '(not known at entry)'
        and comparison.compared_by = 'cohort' and spell.slice = 'all' and spell.is_wait_known and not spell.is_reentry
        and coalesce(
            if(
                comparison.period_kind = 'quarter',
                date_trunc('quarter', spell.entered_on),
                date_trunc('year', spell.entered_on - interval 3 month) + interval 3 month
            ) >= spell.retained_from,
            true
        )
    union all
    select
        comparison.*,
        spell.period,
        spell.left_as,
        spell.item_key,
        spell.contributor_key
    from queue_comparison as comparison
    inner join window_spell as spell
        on comparison.queue = spell.queue and comparison.period_kind = spell.window_kind
    where
        coalesce(spell.attributes[comparison.within_slice], '') <> '(not known at entry)'
        and comparison.compared_by = 'window' and spell.slice = 'all'
    union all
    select
        comparison.*,
        coalesce(spell.attributes[comparison.slice], '(not recorded)'),
        spell.left_as,
        spell.item_key,
        spell.contributor_key
    from queue_comparison as comparison
    inner join series_spell as spell
        on comparison.queue = spell.queue
    where
        coalesce(spell.attributes[comparison.slice], '') <> '(not known at entry)'
        and coalesce(spell.attributes[comparison.within_slice], '') <> '(not known at entry)'
        and comparison.compared_by = 'slice' and spell.slice = 'all' and spell.is_wait_known and not spell.is_reentry
        and spell.entered_on >= coalesce(spell.retained_from, spell.entered_on)

)

select * from grouped
where len(compared_groups) = 0 or list_contains(compared_groups, group_name)
