-- Spells counted by the definitions of the new release: all spells of the replaced release in queues that are counted differently, and in every
-- queue the changed spells, as they were and as they are. side is the release that has the spell. Grain: spell_id, side, cause, sign. Reads:
-- recounted_queue, family_queue, changed_spell, spell of the replaced release.
select
    queue,
    spell_id,
    cause,
    1 as sign,
    'replaced' as side
from replaced.spell
inner join recounted_queue using (queue)
semi join family_queue using (queue)
union all
select
    queue,
    replaced_spell_id,
    cause,
    -1,
    'replaced'
from changed_spell
semi join family_queue using (queue)
where replaced_spell_id is not null
union all
select
    queue,
    new_spell_id,
    cause,
    1,
    'new'
from changed_spell
semi join family_queue using (queue)
where new_spell_id is not null
