package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.FigureDefinition;

/**
 * What each cause contributes to each count of a month, of a week, and of the latest day of the replaced release.
 * Counts are sums over spells: a changed spell takes away what it
 * counted as it was, and adds what it counts as it is, in every cell of its queue, by the definitions of the counts.
 * Where a queue itself is counted otherwise, all spells of the replaced release are counted by both definitions first,
 * and the changed ones by the new definition only. As the table {@code figure_part}.
 *
 * <p>One queue with its stages is counted after the other, so that memory is needed for the largest only; and a queue
 * of which single spells have changed from the month and week of its first changed day on, since what was before is the
 * same in
 * both.
 */
final class FigureParts {

    /** What of the definitions is used; each reads those before it. */
    private static final Set<String> DEFINITIONS =
            Set.of("series_spell", "queue_daily", "queue_weekly", "queue_monthly", "queue_exit");

    /** A month or week that begins before this day is counted in part, in which nothing differs. */
    private static final String CHANGED_FROM = """
            create table changed_from as
            select
                queue,
                least(
                    cast(date_trunc('month', min(changed_on)) as date),
                    cast(date_trunc('week', min(changed_on)) as date)
                ) as first_day
            from changed_spell
            where queue not in (select recounted_queue.queue from recounted_queue)
            group by queue
            """;

    /** Queues of which anything is counted, each with its stages. */
    private static final String FAMILIES = """
            select distinct coalesce(definition.parent_queue, definition.queue)
            from main.queue_definition as definition
            where
                definition.queue in (select changed_spell.queue from changed_spell)
                or definition.queue in (select recounted_queue.queue from recounted_queue)
            order by 1
            """;

    private static final String FAMILY = """
            create table family_queue as
            select queue
            from main.queue_definition
            where coalesce(parent_queue, queue) = %s
            """;

    private static final String EMPTY_CELLS = """
            create table %s.cell (
                queue varchar,
                cause varchar,
                sign integer,
                slice varchar,
                slice_value varchar,
                exit_reason varchar,
                period_kind varchar,
                period_start_on date,
                measure varchar,
                figure bigint
            )
            """;

    /** By the definitions of the replaced release: every spell of a queue that is counted otherwise. */
    private static final String REPLACED_COUNT = """
            select
                queue,
                spell_id,
                cause,
                -1 as sign,
                'replaced' as side
            from replaced.spell
            inner join recounted_queue using (queue)
            semi join family_queue using (queue)
            """;

    private static final String NEW_COUNT = """
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
            """;

    /** A queue, a cause and a sign are counted as if they were a queue; a queue with stages needs them beside it. */
    private static final String ROLES = """
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

    /**
     * Flows count from the first day of the figures on, whichever spell made it the first, or from the period on in
     * which something differs. A stage that is only beside its queue has nothing to count.
     */
    private static final String QUEUES = """
            select
                definition.queue%3$s as queue,
                definition.parent_queue%3$s as parent_queue,
                case
                    when compared.%4$s is null or recounted.queue is not null then compared.%4$s
                    else greatest(compared.%4$s, coalesce(changed_from.first_day, compared.known_to))
                end as observed_from,
                definition.earliest_entry,
                definition.provisional_days,
                compared.known_to as data_as_at,
                definition.slices
            from %2$s.queue_definition as definition
            inner join compared_figures as compared
                on definition.queue = compared.queue
            inner join %1$s.role as role
                on definition.queue = role.queue
            left join recounted_queue as recounted
                on definition.queue = recounted.queue
            left join changed_from
                on definition.queue = changed_from.queue
            """;

    private static final String STANDARDS = """
            select
                standard.* replace (standard.queue%3$s as queue)
            from %2$s.queue_standard as standard
            inner join %1$s.role as role
                on standard.queue = role.queue
            """;

    private static final String SPELLS = """
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
                false as is_closed_ahead,
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
            insert into %1$s.cell
            select *
            from (
                select
                    split_part(queue, chr(31), 1) as queue,
                    split_part(queue, chr(31), 2) as cause,
                    cast(split_part(queue, chr(31), 3) as integer) as sign,
                    slice,
                    slice_value,
                    'all' as exit_reason,
                    'month' as period_kind,
                    month_start_on as period_start_on,
                    unnest([%2$s], recursive := true)
                from %1$s.queue_monthly
                union all
                select
                    split_part(queue, chr(31), 1),
                    split_part(queue, chr(31), 2),
                    cast(split_part(queue, chr(31), 3) as integer),
                    slice,
                    slice_value,
                    'all',
                    'week',
                    week_start_on,
                    unnest([%2$s], recursive := true)
                from %1$s.queue_weekly
                union all
                select
                    split_part(queue, chr(31), 1),
                    split_part(queue, chr(31), 2),
                    cast(split_part(queue, chr(31), 3) as integer),
                    slice,
                    slice_value,
                    'all',
                    'day',
                    day,
                    unnest([%3$s], recursive := true)
                from %1$s.queue_daily
                where day = %4$s
                union all
                select
                    split_part(queue, chr(31), 1),
                    split_part(queue, chr(31), 2),
                    cast(split_part(queue, chr(31), 3) as integer),
                    slice,
                    slice_value,
                    exit_reason,
                    'month',
                    month_start_on,
                    'left_count' as measure,
                    left_count
                from %1$s.queue_exit
            )
            where figure <> 0
            """;

    private static final String PARTS = """
            create table figure_part as
            select
                queue,
                slice,
                slice_value,
                exit_reason,
                period_kind,
                period_start_on,
                measure,
                cause,
                cast(sum(sign * figure) as bigint) as part
            from (
                select * from replaced_count.cell
                union all
                select * from new_count.cell
            )
            group by all
            having sum(sign * figure) <> 0
            """;

    private FigureParts() {}

    /**
     * Makes the table; {@link ChangedSpells} and {@link RedefinedQueues} must be there.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}
     */
    static void count(AuditSession session, String replacedAsAt) {
        session.execute(CHANGED_FROM);
        for (String schema : List.of("replaced_count", "new_count")) {
            session.execute("create schema " + schema);
            session.execute(EMPTY_CELLS.formatted(schema));
        }
        for (List<@Nullable Object> family : session.rows(FAMILIES)) {
            session.execute(FAMILY.formatted(text(new QueryRow(family).text(0))));
            count(session, "replaced_count", "replaced", "replaced_first_day", REPLACED_COUNT, replacedAsAt);
            count(session, "new_count", "main", "new_first_day", NEW_COUNT, replacedAsAt);
            session.execute("drop table family_queue");
        }
        session.execute(PARTS);
    }

    /** Frees the memory of what was only needed for the parts. */
    static void forget(AuditSession session) {
        session.execute("drop schema if exists replaced_count cascade");
        session.execute("drop schema if exists new_count cascade");
        session.execute("drop table if exists figure_part");
    }

    private static void count(
            AuditSession session,
            String schema,
            String definitions,
            String firstDay,
            String counted,
            String replacedAsAt) {
        List<String> tables = new ArrayList<>();
        session.execute(create(schema, "counted", counted, tables));
        if (session.number("select count(*) from " + schema + ".counted") > 0) {
            session.execute(create(
                    schema,
                    "business_date",
                    "select max(known_to) as day from compared_figures semi join family_queue using (queue)",
                    tables));
            session.execute(create(schema, "role", ROLES.formatted(schema, definitions), tables));
            session.execute(create(
                    schema, "queue_definition", QUEUES.formatted(schema, definitions, SUFFIX, firstDay), tables));
            session.execute(create(schema, "queue_standard", STANDARDS.formatted(schema, definitions, SUFFIX), tables));
            session.execute(create(schema, "spell", SPELLS.formatted(schema, definitions, SUFFIX, COLUMNS), tables));
            session.execute("set search_path = '" + schema + ",main'");
            for (FigureDefinition definition : FigureDefinition.all()) {
                if (DEFINITIONS.contains(definition.name())) {
                    session.execute(create(schema, definition.name(), definition.sql(), tables));
                }
            }
            session.execute("set search_path = 'main'");
            session.execute(CELLS.formatted(
                    schema,
                    ReplacedTables.measureStructs("%s"),
                    ReplacedTables.dayMeasureStructs("%s"),
                    "date " + text(replacedAsAt)));
        }
        for (String table : tables) {
            session.execute("drop table " + schema + "." + name(table));
        }
    }

    private static String create(String schema, String table, String query, List<String> tables) {
        tables.add(table);
        return "create table " + schema + "." + name(table) + " as\n" + query;
    }
}
