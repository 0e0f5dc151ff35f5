-- Observed spells, once for the total ('all') and once for each slice of their queue.
-- Grain: spell_id, slice. Parameters: none.
select
    observed_spell.queue,
    sliced.slice,
    sliced.slice_value,
    observed_spell.spell_id,
    observed_spell.item_key,
    observed_spell.contributor_key,
    observed_spell.is_sole,
    observed_spell.is_reentry,
    observed_spell.first_entered_on,
    observed_spell.entered_on,
    observed_spell.is_age_known,
    observed_spell.is_wait_known,
    observed_spell.standards,
    get(observed_spell.standards, 0).due_on as due_on,
    observed_spell.left_on,
    observed_spell.left_as,
    observed_spell.is_served,
    observed_spell.observed_from_on,
    observed_spell.observed_to_on
from observed_spell
    lateral view explode(map_concat(map('all', 'all'), observed_spell.slices)) sliced as slice, slice_value
