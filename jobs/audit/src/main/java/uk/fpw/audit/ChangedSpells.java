package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.NewRows;

/**
 * The spells that differ between a candidate and the release that it replaces, as both know them on the last day known
 * to both, each with its cause: the first one of {@link ChangeCause} whose condition is true. As the table
 * {@code changed_spell}.
 */
final class ChangedSpells {

    /** The latest version of each row that was loaded since, unless its load was withdrawn, and what was withdrawn. */
    private static final String NEW_ROWS = """
            select
                %1$s as feed,
                %2$s || _item as item_key,
                bool_or(_load_id in (%3$s)) as is_withdrawn,
                coalesce(arg_max(_op, _seq) filter (_load_id not in (%4$s)) = 'delete', false) as is_deleted,
                %5$s as is_late
            from %6$s
            where
                _load_id in (%3$s)
                or _load_id not in (%4$s) and (%7$s or _load_id in (%8$s))
            group by _key, _item
            """;

    private static final String NO_ROWS = """
            select
                cast(null as varchar) as feed,
                cast(null as varchar) as item_key,
                false as is_withdrawn,
                false as is_deleted,
                false as is_late
            where false
            """;

    /** An exit after the last day known to both has not happened. */
    private static final String KNOWN_SPELLS = """
            select
                spell.spell_id,
                spell.queue,
                spell.item_key,
                {
                    'entered_on': spell.entered_on,
                    'entered_at': spell.entered_at,
                    'is_reentry': spell.is_reentry,
                    'first_entered_on': spell.first_entered_on
                } as entry,
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
                    case
                        when replaced_spell.slices is not distinct from new_spell.slices then false
                        -- their order says nothing
                        else list_sort(map_entries(replaced_spell.slices)) \
            is distinct from list_sort(map_entries(new_spell.slices))
                    end as differs_in_slices,
                    replaced_spell.spell_id as replaced_spell_id,
                    new_spell.spell_id as new_spell_id,
                    least(replaced_spell.entry.entered_on, new_spell.entry.entered_on) as first_on
                from replaced_spell
                full join new_spell
                    on replaced_spell.spell_id = new_spell.spell_id

            )

            select
                *,
                bool_or(not is_there) over (partition by queue, item_key) as has_gone,
                bool_or(not was_there) over (partition by queue, item_key) as has_come
            from paired
            where
                was_there <> is_there
                or differs_in_entry
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

    private static final String REFERENCE = """
            create table reference_queue as
            select distinct joined.queue
            from (%s) as joined
            inner join new_row
                on joined.feed = new_row.feed
            where
                not exists (
                    select 1 from main.spell
                    where spell.queue = joined.queue and spell.item_key = new_row.item_key
                )
                and not exists (
                    select 1 from replaced.spell
                    where spell.queue = joined.queue and spell.item_key = new_row.item_key
                )
            """;

    private static final String FACTS = """
            create table changed_spell as
            with

            changed_item as (

                select
                    item_key,
                    bool_or(is_withdrawn) as has_withdrawn_rows,
                    bool_or(is_late) as has_late_feed,
                    bool_or(is_deleted) as is_deleted
                from new_row
                where item_key in (select spell_difference.item_key from spell_difference)
                group by item_key

            ),

            fact as (

                select
                    difference.queue,
                    difference.replaced_spell_id,
                    difference.new_spell_id,
                    difference.first_on,
                    case
                        when not difference.is_there then if(difference.has_come, 'moved', 'gone')
                        when not difference.was_there then if(difference.has_gone, 'moved', 'new')
                        when
                            difference.differs_in_entry
                            or difference.was_out_of_order <> difference.is_out_of_order
                            or (difference.differs_in_exit and difference.differs_in_slices)
                            or (difference.differs_in_exit and difference.had_left and difference.has_left)
                            then 'other'
                        when difference.differs_in_exit then if(difference.has_left, 'left', 'reopened')
                        else 'reclassified'
                    end as change,
                    changed_item.item_key is not null as has_new_rows,
                    coalesce(changed_item.has_withdrawn_rows, false) as has_withdrawn_rows,
                    coalesce(changed_item.has_late_feed, false) as has_late_feed,
                    coalesce(changed_item.is_deleted, false) as is_deleted,
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
                    exists (select 1 from reference_queue where reference_queue.queue = difference.queue) \
            as has_new_reference_rows,
                    exists (
                        select 1 from replaced.irregularity as waiting
                        where
                            -- in any queue: the order of its events in one can take it out of another
                            waiting.item_key = difference.item_key
                            and waiting.code = 'AFTER_BUSINESS_DATE'
                    ) as has_waiting_events
                from spell_difference as difference
                left join changed_item
                    on difference.item_key = changed_item.item_key

            )

            select
                *,
                %s as cause
            from fact
            """;

    private ChangedSpells() {}

    /** Makes the table; {@link ReplacedTables} must be shown, and {@code redefined_queue} must be there. */
    static void find(AuditSession session, FigureChangeRequest request) {
        session.execute("create table new_row as\n"
                + Stream.concat(
                                Stream.of(NO_ROWS),
                                request.feeds().stream()
                                        .filter(feed -> !feed.files().isEmpty())
                                        .map(ChangedSpells::newRows))
                        .collect(Collectors.joining("\nunion all\n")));
        List.of("replaced", "main").forEach(schema -> session.execute(EXCLUDED.formatted(schema)));
        session.execute(PAIRS.formatted(KNOWN_SPELLS.formatted("replaced"), KNOWN_SPELLS.formatted("main")));
        session.execute(REFERENCE.formatted(referenceFeeds(request)));
        session.execute(FACTS.formatted(request.differences().isOtherSoftware(), ChangeCause.decision()));
    }

    private static String newRows(NewRows feed) {
        String knownTo = feed.knownTo();
        return NEW_ROWS.formatted(
                text(feed.feed()),
                text(feed.source() + ":"),
                texts(feed.withdrawnSince()),
                texts(feed.withdrawnLoads()),
                feed.wasLate(),
                DuckSql.rowsOf(feed.files()),
                knownTo == null ? "true" : "_known_on > date " + text(knownTo),
                texts(feed.loads()));
    }

    private static String referenceFeeds(FigureChangeRequest request) {
        return request.differences().referenceFeeds().entrySet().stream()
                .flatMap(queue -> queue.getValue().stream()
                        .map(feed -> "select " + text(queue.getKey()) + " as queue, " + text(feed) + " as feed"))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" union all "),
                        rows -> rows.isEmpty()
                                ? "select cast(null as varchar) as queue, cast(null as varchar) as feed where false"
                                : rows));
    }

    /** For {@code in}: a list that holds no load if there is none. */
    private static String texts(List<String> values) {
        return values.isEmpty() ? "''" : values.stream().map(DuckSql::text).collect(Collectors.joining(", "));
    }
}
