-- Spells that differ between a candidate and the release that it replaces, as of the last day known to both; changed_on is the first day on which a
-- spell may count differently. Grain: replaced_spell_id, new_spell_id. Reads: known_spell of both.
with

paired as (

    select
        coalesce(replaced_spell.queue, new_spell.queue) as queue,
        coalesce(replaced_spell.item_key, new_spell.item_key) as item_key,
        replaced_spell.spell_id is not null as was_there,
        new_spell.spell_id is not null as is_there,
        coalesce(replaced_spell.is_out_of_order, false) as was_out_of_order,
        coalesce(new_spell.is_out_of_order, false) as is_out_of_order,
        replaced_spell.way_out is not null as had_left,
        new_spell.way_out is not null as has_left,
        (replaced_spell.way_out is distinct from new_spell.way_out) as differs_in_exit,
        (replaced_spell.entry is distinct from new_spell.entry) as differs_in_entry,
        (replaced_spell.history is distinct from new_spell.history) as differs_in_history,
        case
            when (replaced_spell.slices is not distinct from new_spell.slices) then false
            -- their order has no meaning
            else (list_sort(map_entries(replaced_spell.slices)) is distinct from list_sort(map_entries(new_spell.slices)))
        end as differs_in_slices,
        (replaced_spell.contributor_key is distinct from new_spell.contributor_key) as differs_in_contributor,
        replaced_spell.spell_id as replaced_spell_id,
        new_spell.spell_id as new_spell_id,
        least(replaced_spell.entry.entered_on, new_spell.entry.entered_on) as first_on,
        least(replaced_spell.way_out.left_on, new_spell.way_out.left_on) as first_left_on
    from known_spell('replaced.spell') as replaced_spell
    full join known_spell('main.spell') as new_spell
        on replaced_spell.spell_id = new_spell.spell_id

)

select
    * exclude (first_left_on),
    -- the first day on which it may count differently
    case
        when
            was_there
            and is_there
            and differs_in_exit
            and not differs_in_entry
            and not differs_in_history
            and not differs_in_slices
            and not differs_in_contributor
            and was_out_of_order = is_out_of_order
            then first_left_on
        else first_on
    end as changed_on,
    bool_or(not is_there) over (partition by queue, item_key) as has_gone,
    bool_or(not was_there) over (partition by queue, item_key) as has_come,
    min(first_on) filter (not is_there) over (partition by queue, item_key) as first_gone_on,
    min(first_on) filter (not was_there) over (partition by queue, item_key) as first_come_on
from paired
where
    was_there <> is_there
    or differs_in_entry
    or differs_in_history
    or differs_in_exit
    or differs_in_slices
    or differs_in_contributor
    or was_out_of_order <> is_out_of_order
