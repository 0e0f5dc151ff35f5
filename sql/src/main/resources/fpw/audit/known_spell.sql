-- Spells of a release, as of the last day known to both releases: an exit after it has not happened. Grain: spell_id. Reads: the source,
-- compared_figures.
-- Parameter: source, expression. Name of the table with the spells, as a text in quotes.
select
    spell.spell_id,
    spell.queue,
    spell.item_key,
    spell.contributor_key,
    { 'entered_on': spell.entered_on, 'entered_at': spell.entered_at } as entry,
    { 'is_reentry': spell.is_reentry, 'first_entered_on': spell.first_entered_on } as history,
    coalesce(spell.is_out_of_order, false) as is_out_of_order,
    case
        when spell.left_on <= compared.known_to
            then {
                'left_on': spell.left_on, 'left_at': spell.left_at, 'left_as': spell.left_as,
                'is_served': spell.is_served
            }
    end as way_out,
    spell.slices
from query_table(:source) as spell
inner join compared_figures as compared
    on spell.queue = compared.queue
where spell.entered_on <= compared.known_to
