-- How many counts of months were compared, how many of them differ, how many have a part without a cause, and how many spells changed along with
-- rows that no row of their item names. One row. Reads: compared_figure, figure_cause, changed_spell.
select
    (
        select count(*) from compared_figure
        where period_kind = 'month'
    ) as compared_count,
    (
        select count(*) from compared_figure
        where period_kind = 'month' and replaced_value is distinct from new_value
    ) as changed_count,
    (
        select count(*) from figure_cause
        where cause = 'unexplained'
    ) as unexplained_count,
    (
        select count(*) from changed_spell
        where not is_named and cause = 'reference data'
    ) as unnamed_count
