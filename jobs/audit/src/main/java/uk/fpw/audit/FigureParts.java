package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;

import java.util.Set;
import uk.fpw.model.FigureDefinition;

/**
 * What each cause contributes to each count of a month. Counts are sums over spells: a changed spell takes away what it
 * counted as it was, and adds what it counts as it is, in every cell of its queue, by the definitions of the counts.
 * Where a queue itself is counted otherwise, all spells of the replaced release are counted by both definitions first,
 * and the changed ones by the new definition only. As the table {@code figure_part}.
 */
final class FigureParts {

    /** What of the definitions is used; each reads those before it. */
    private static final Set<String> DEFINITIONS = Set.of("series_spell", "queue_daily", "queue_monthly", "queue_exit");

    /** By the definitions of the replaced release: every spell of a queue that is counted otherwise. */
    private static final String REPLACED_COUNT = """
            create table replaced_count.counted as
            select
                queue,
                spell_id,
                cause,
                -1 as sign,
                'replaced' as side
            from replaced.spell
            inner join recounted_queue using (queue)
            """;

    private static final String NEW_COUNT = """
            create table new_count.counted as
            select
                queue,
                spell_id,
                cause,
                1 as sign,
                'replaced' as side
            from replaced.spell
            inner join recounted_queue using (queue)
            union all
            select
                queue,
                replaced_spell_id,
                cause,
                -1,
                'replaced'
            from changed_spell
            where replaced_spell_id is not null
            union all
            select
                queue,
                new_spell_id,
                cause,
                1,
                'new'
            from changed_spell
            where new_spell_id is not null
            """;

    /** A queue, a cause and a sign are counted as if they were a queue; a queue with stages needs them beside it. */
    private static final String ROLES = """
            create table %1$s.role as
            select
                counted.queue,
                counted.cause,
                counted.sign
            from %1$s.counted as counted
            union
            select
                stage.queue,
                counted.cause,
                counted.sign
            from %1$s.counted as counted
            inner join %2$s.queue_definition as stage
                on counted.queue = stage.parent_queue
            """;

    private static final String SUFFIX = " || chr(31) || role.cause || chr(31) || role.sign";

    /** Flows count from the first day of the figures on, whichever spell made it the first. */
    private static final String QUEUES = """
            create table %1$s.queue_definition as
            select
                definition.queue%3$s as queue,
                definition.parent_queue%3$s as parent_queue,
                compared.%4$s as observed_from,
                definition.earliest_entry,
                definition.provisional_days,
                compared.known_to as data_as_at,
                definition.slices
            from %2$s.queue_definition as definition
            inner join compared_figures as compared
                on definition.queue = compared.queue
            inner join %1$s.role as role
                on definition.queue = role.queue
            """;

    private static final String STANDARDS = """
            create table %1$s.queue_standard as
            select
                standard.* replace (standard.queue%3$s as queue)
            from %2$s.queue_standard as standard
            inner join %1$s.role as role
                on standard.queue = role.queue
            """;

    private static final String SPELLS = """
            create table %1$s.spell as
            with

            stated as (

                select
                    'replaced' as side,
                    *
                from (select %4$s from replaced.spell)
                union all
                select
                    'new',
                    *
                from (select %4$s from main.spell)

            )

            select
                role.queue%3$s as queue,
                stated.item_key,
                cast(null as varchar) as contributor_key,
                stated.spell_id as event,
                cast(0 as bigint) as event_order,
                stated.is_reentry,
                stated.first_entered_on,
                stated.entered_on,
                stated.entered_at,
                if(stated.left_on <= compared.known_to, stated.left_on, null) as left_on,
                cast(null as timestamptz) as left_at,
                if(stated.left_on <= compared.known_to, stated.left_as, null) as left_as,
                if(stated.left_on <= compared.known_to, stated.is_served, null) as is_served,
                coalesce(stated.is_out_of_order, false) as is_out_of_order,
                stated.slices as attributes
            from %1$s.counted as role
            inner join stated
                on role.spell_id = stated.spell_id and role.side = stated.side
            inner join compared_figures as compared
                on stated.queue = compared.queue and stated.entered_on <= compared.known_to
            """;

    private static final String COLUMNS = "spell_id, queue, item_key, is_reentry, first_entered_on, entered_on, "
            + "entered_at, left_on, left_as, is_served, is_out_of_order, slices";

    private static final String CELLS = """
            create view %1$s.cell as
            select
                split_part(queue, chr(31), 1) as queue,
                split_part(queue, chr(31), 2) as cause,
                cast(split_part(queue, chr(31), 3) as integer) as sign,
                slice,
                slice_value,
                'all' as exit_reason,
                month_start_on,
                unnest([%2$s], recursive := true)
            from %1$s.queue_monthly
            union all
            select
                split_part(queue, chr(31), 1),
                split_part(queue, chr(31), 2),
                cast(split_part(queue, chr(31), 3) as integer),
                slice,
                slice_value,
                exit_reason,
                month_start_on,
                'left_count' as measure,
                left_count
            from %1$s.queue_exit
            """;

    private static final String PARTS = """
            create table figure_part as
            select
                queue,
                slice,
                slice_value,
                exit_reason,
                month_start_on,
                measure,
                cause,
                cast(sum(sign * figure) as bigint) as part
            from (
                select * from replaced_count.cell
                union all
                select * from new_count.cell
            )
            where figure <> 0
            group by all
            having sum(sign * figure) <> 0
            """;

    private FigureParts() {}

    /** Makes the table; {@link ChangedSpells} and {@link RedefinedQueues} must be there. */
    static void count(AuditSession session) {
        count(session, "replaced_count", "replaced", "replaced_first_day", REPLACED_COUNT);
        count(session, "new_count", "main", "new_first_day", NEW_COUNT);
        session.execute(PARTS);
    }

    /** Frees the memory of what was only needed for the parts. */
    static void forget(AuditSession session) {
        session.execute("drop schema replaced_count cascade");
        session.execute("drop schema new_count cascade");
        session.execute("drop table figure_part");
    }

    private static void count(
            AuditSession session, String schema, String definitions, String firstDay, String counted) {
        session.execute("create schema " + schema);
        session.execute(counted);
        session.execute(
                "create table " + schema + ".business_date as select max(known_to) as day from compared_figures");
        session.execute(ROLES.formatted(schema, definitions));
        session.execute(QUEUES.formatted(schema, definitions, SUFFIX, firstDay));
        session.execute(STANDARDS.formatted(schema, definitions, SUFFIX));
        session.execute(SPELLS.formatted(schema, definitions, SUFFIX, COLUMNS));
        session.execute("set search_path = '" + schema + ",main'");
        for (FigureDefinition definition : FigureDefinition.all()) {
            if (DEFINITIONS.contains(definition.name())) {
                session.execute("create table " + schema + "." + name(definition.name()) + " as " + definition.sql());
            }
        }
        session.execute("set search_path = 'main'");
        session.execute(CELLS.formatted(schema, ReplacedTables.measureStructs("%s")));
    }
}
