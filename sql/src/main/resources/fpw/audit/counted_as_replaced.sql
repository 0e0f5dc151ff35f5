-- Spells counted by the definitions of the replaced release: all spells in queues that are counted differently. side is the release that has the
-- spell. Grain: spell_id. Reads: recounted_queue, family_queue, spell of the replaced release.
select
    queue,
    spell_id,
    cause,
    -1 as sign,
    'replaced' as side
from replaced.spell
inner join recounted_queue using (queue)
semi join family_queue using (queue)
