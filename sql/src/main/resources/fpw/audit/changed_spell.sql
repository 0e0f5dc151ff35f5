-- Spells that differ, with what is known about them and the cause. Whether a spell is the item's first depends on earlier spells: if nothing else
-- about it has changed, it has the cause of those. Grain: replaced_spell_id, new_spell_id. Reads: spell_difference, item_with_rows, reference_item,
-- redefined_queue, and excluded_item and irregularity of both releases.
-- Parameter: is_other_software, boolean. Whether another version of the software made the replaced release.
-- Parameter: is_erased, boolean. Whether rows were erased after the replaced release.
-- Parameter: decision, expression. The decision of fpw/change_causes.yml over the columns of a fact.
with

fact as (

    select
        difference.queue,
        difference.replaced_spell_id,
        difference.new_spell_id,
        difference.first_on,
        difference.changed_on,
        case
            when not difference.is_there then if(difference.has_come, 'moved', 'gone')
            when not difference.was_there then if(difference.has_gone, 'moved', 'new')
            when
                difference.differs_in_entry
                or difference.differs_in_contributor
                or difference.was_out_of_order <> difference.is_out_of_order
                or (difference.differs_in_exit and difference.differs_in_slices)
                or (difference.differs_in_history and difference.differs_in_slices)
                or (difference.differs_in_exit and difference.had_left and difference.has_left)
                then 'other'
            when difference.differs_in_history
                then
                    case
                        when difference.first_gone_on <= difference.first_on
                            then
                                if(
                                    difference.differs_in_exit
                                    or difference.first_come_on <= difference.first_on,
                                    'other',
                                    'gone'
                                )
                        when
                            difference.first_come_on <= difference.first_on
                            and (not difference.differs_in_exit or difference.has_left)
                            then 'new'
                        else 'other'
                    end
            when difference.differs_in_exit then if(difference.has_left, 'left', 'reopened')
            else 'reclassified'
        end as change,
        item_with_rows.item_key is not null as has_new_rows,
        coalesce(item_with_rows.has_withdrawn_rows, false) as has_withdrawn_rows,
        coalesce(item_with_rows.has_late_feed, false) as has_late_feed,
        coalesce(item_with_rows.is_deleted, false) as is_deleted,
        difference.was_out_of_order
        or exists (
            select 1 from replaced.excluded_item as excluded
            where
                excluded.item_key = difference.item_key
                and coalesce(excluded.queue, difference.queue) = difference.queue
        ) as was_excluded,
        difference.is_out_of_order
        or exists (
            select 1 from main.excluded_item as excluded
            where
                excluded.item_key = difference.item_key
                and coalesce(excluded.queue, difference.queue) = difference.queue
        ) as is_excluded,
        exists(
            select 1 from redefined_queue
            where redefined_queue.queue = difference.queue
        ) as is_redefined,
        :is_other_software as is_other_software,
        :is_erased as is_erased,
        reference_item.item_key is not null as has_new_reference_rows,
        coalesce(reference_item.is_named, false) as is_named,
        exists(
            select 1 from replaced.irregularity as waiting
            where
                -- in any queue: the order of its events in one may exclude it from another
                waiting.item_key = difference.item_key
                and waiting.code = 'AFTER_BUSINESS_DATE'
        ) as has_waiting_events
    from spell_difference as difference
    left join item_with_rows
        on difference.queue = item_with_rows.queue and difference.item_key = item_with_rows.item_key
    left join reference_item
        on difference.queue = reference_item.queue and difference.item_key = reference_item.item_key

)

select
    *,
    :decision as cause
from fact
