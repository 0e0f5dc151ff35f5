package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import uk.fpw.model.ChangeCause;
import uk.fpw.warehouse.run.FigureChangeRequest;

/**
 * The spells that differ between a candidate and the release that it replaces, as both know them on the last day known
 * to both, each with its cause: the first one of {@link ChangeCause} whose condition is true. As the table
 * {@code changed_spell}.
 */
final class ChangedSpells {

    /** An exit after the last day known to both has not happened. */
    private static final String KNOWN_SPELLS = """
            select
                spell.spell_id,
                spell.queue,
                spell.item_key,
                {'entered_on': spell.entered_on, 'entered_at': spell.entered_at} as entry,
                {'is_reentry': spell.is_reentry, 'first_entered_on': spell.first_entered_on} as history,
                coalesce(spell.is_out_of_order, false) as is_out_of_order,
                case
                    when spell.left_on <= compared.known_to
                        then {'left_on': spell.left_on, 'left_at': spell.left_at, 'left_as': spell.left_as,
                            'is_served': spell.is_served}
                end as way_out,
                spell.slices
            from %s.spell as spell
            inner join compared_figures as compared
                on spell.queue = compared.queue
            where spell.entered_on <= compared.known_to
            """;

    private static final String PAIRS = """
            create table spell_difference as
            with

            replaced_spell as (

            %s
            ),

            new_spell as (

            %s
            ),

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
                    replaced_spell.way_out is distinct from new_spell.way_out as differs_in_exit,
                    replaced_spell.entry is distinct from new_spell.entry as differs_in_entry,
                    replaced_spell.history is distinct from new_spell.history as differs_in_history,
                    case
                        when replaced_spell.slices is not distinct from new_spell.slices then false
                        -- their order says nothing
                        else list_sort(map_entries(replaced_spell.slices)) \
            is distinct from list_sort(map_entries(new_spell.slices))
                    end as differs_in_slices,
                    replaced_spell.spell_id as replaced_spell_id,
                    new_spell.spell_id as new_spell_id,
                    least(replaced_spell.entry.entered_on, new_spell.entry.entered_on) as first_on,
                    least(replaced_spell.way_out.left_on, new_spell.way_out.left_on) as first_left_on
                from replaced_spell
                full join new_spell
                    on replaced_spell.spell_id = new_spell.spell_id

            )

            select
                * exclude (first_left_on),
                -- the first day on which it can count otherwise
                case
                    when
                        was_there
                        and is_there
                        and differs_in_exit
                        and not differs_in_entry
                        and not differs_in_history
                        and not differs_in_slices
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
                or was_out_of_order <> is_out_of_order
            """;

    /** Items that a release excludes, from one queue or, where the queue is null, from all. */
    private static final String EXCLUDED = """
            create view %1$s.excluded_item as
            select
                cast(null as varchar) as queue,
                item_key
            from %1$s.exclusion
            where code not in ('NO_EVENT', 'NO_QUEUE')
            union
            select
                queue,
                item_key
            from %1$s.irregularity
            where treatment = 'item excluded from the queue'
            """;

    /** Only rows of feeds on which the queue depends count. */
    private static final String ITEMS = """
            create table item_with_rows as
            select
                queue_feed.queue,
                new_row.item_key,
                bool_or(new_row.is_withdrawn) as has_withdrawn_rows,
                bool_or(new_row.is_late) as has_late_feed,
                bool_or(new_row.is_deleted) as is_deleted
            from new_row
            inner join queue_feed
                on new_row.feed = queue_feed.feed
            semi join spell_difference as difference
                on queue_feed.queue = difference.queue and new_row.item_key = difference.item_key
            group by queue_feed.queue, new_row.item_key
            """;

    /**
     * Whether a spell is the item's first follows from the spells before it: if nothing else of it has changed, it has
     * changed as they have.
     */
    private static final String FACTS = """
            create table changed_spell as
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
                    exists (select 1 from redefined_queue where redefined_queue.queue = difference.queue) \
            as is_redefined,
                    %s as is_other_software,
                    reference_item.item_key is not null as has_new_reference_rows,
                    coalesce(reference_item.is_named, false) as is_named,
                    exists (
                        select 1 from replaced.irregularity as waiting
                        where
                            -- in any queue: the order of its events in one can take it out of another
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
                %s as cause
            from fact
            """;

    private ChangedSpells() {}

    /** Makes the table; {@link ReplacedTables} must be shown, and {@code redefined_queue} must be there. */
    static void find(AuditSession session, FigureChangeRequest request) {
        NewRowItems.find(session, request);
        session.execute("create table queue_feed (queue varchar, feed varchar)");
        request.differences()
                .queueFeeds()
                .forEach((queue, feeds) -> feeds.forEach(feed ->
                        session.execute("insert into queue_feed values (" + text(queue) + ", " + text(feed) + ")")));
        List.of("replaced", "main").forEach(schema -> session.execute(EXCLUDED.formatted(schema)));
        session.execute(PAIRS.formatted(KNOWN_SPELLS.formatted("replaced"), KNOWN_SPELLS.formatted("main")));
        session.execute(ITEMS);
        ReferenceRows.find(session, request);
        session.execute(FACTS.formatted(request.differences().isOtherSoftware(), ChangeCause.decision()));
    }
}
