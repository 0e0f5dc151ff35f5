-- Spells of one of two releases, as of the last day known to both: an exit after it does not count. left_as is what is known now. Grain: spell_id.
-- Reads: the source, compared_queue.
-- Parameter: source, expression. Name of the table with the spells, as a text in quotes.
select
    spell.spell_id,
    spell.queue,
    spell.item_key,
    spell.left_as,
    spell.entered_on > compared.known_to - 28 as is_recent,
    spell.left_on is null or spell.left_on > compared.known_to as is_open,
    spell.entered_on <= compared.settled_to
    and (spell.left_on is null or spell.left_on > compared.settled_to) as is_open_then,
    case when spell.left_on <= compared.known_to then { 'left_on': spell.left_on, 'left_as': spell.left_as } end as way_out,
    spell.slices
from query_table(:source) as spell
inner join compared_queue as compared
    on spell.queue = compared.queue
where spell.entered_on <= compared.known_to
