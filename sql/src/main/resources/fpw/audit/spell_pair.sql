-- Pairs the spells of a candidate with those of the current release; left_as is what is known now. Grain: spell_id. Reads: spell_pair_side of both
-- releases.
select
    coalesce(released.queue, found.queue) as queue,
    coalesce(released.spell_id, found.spell_id) as spell_id,
    released.item_key,
    released.spell_id is not null as was_there,
    found.spell_id is not null as is_there,
    coalesce(released.is_recent, false) as is_recent,
    case
        when (released.slices is not distinct from found.slices) then false
        -- their order has no meaning
        else (list_sort(map_entries(released.slices)) is distinct from list_sort(map_entries(found.slices)))
    end
    or released.way_out is not null and (released.way_out is distinct from found.way_out) as differs,
    released.way_out is null and found.way_out is not null as has_left_late,
    coalesce(released.is_open, false) as was_open,
    coalesce(found.is_open, false) as is_open,
    coalesce(released.is_open_then, false) as was_open_then,
    coalesce(found.is_open_then, false) as is_open_then,
    case when found.spell_id is null then '(gone)' else found.left_as end as left_as
from spell_pair_side('baseline_spell') as released
full join spell_pair_side('main.spell') as found
    on released.spell_id = found.spell_id
