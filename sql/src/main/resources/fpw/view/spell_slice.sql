-- Observed spells, once for the total ('all') and once for each slice of their queue. Spells that ended before the queue's observed_from are not observed.
-- Grain: spell_id, slice. Parameters: none.
select
    spell.queue,
    sliced.slice,
    sliced.slice_value,
    spell.spell_id,
    spell.item_key,
    spell.contributor_key,
    spell.is_reentry,
    spell.first_entered_on,
    spell.entered_on,
    spell.left_on,
    spell.left_as,
    spell.is_served,
    spell.observed_from_on,
    spell.observed_to_on
from spell
lateral view explode(map_concat(map('all', 'all'), spell.slices)) sliced as slice, slice_value
where spell.observed_from_on <= spell.observed_to_on
