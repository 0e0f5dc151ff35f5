-- Spells that the source would have shown: not those that ended before the queue's observed_from. is_sole marks those whose contributor has no other
-- one in the queue: they can be counted by adding up,
-- and only the others need to be told apart.
-- Grain: spell_id. Parameters: none.
with

shared as (

    select
        queue,
        contributor_key
    from spell
    where observed_from_on <= observed_to_on
    group by queue, contributor_key
    having count(*) > 1

)

select
    spell.queue,
    spell.spell_id,
    spell.item_key,
    spell.contributor_key,
    shared.contributor_key is null as is_sole,
    spell.is_reentry,
    spell.first_entered_on,
    spell.entered_on,
    spell.left_on,
    spell.left_as,
    spell.is_served,
    spell.observed_from_on,
    spell.observed_to_on,
    spell.slices
from spell
left join shared
    on
        spell.queue = shared.queue
        and spell.contributor_key = shared.contributor_key
where spell.observed_from_on <= spell.observed_to_on
