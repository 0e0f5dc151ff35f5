package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.DuckSql;
import uk.fpw.model.FigureDefinition;
import uk.fpw.warehouse.run.AuditRequest;

/**
 * Statistics that do not add up over spells, computed again step by step: first of the spells of the replaced release
 * as of its date, then, cause by cause in the order of {@link ChangeCause}, with the changed spells of one more cause
 * as the new release has them; {@value #TIME_PASSED} also moves the date to that of the new release. A queue has only
 * the steps of the causes that occur among its changed spells, and that one. As the table {@code statistic_step}.
 */
final class StatisticSteps {

    /** Moves the date of observation. */
    static final String TIME_PASSED = "time passed";

    /** The numbers behind the statistics; each definition reads those before it. */
    private static final Set<String> DEFINITIONS =
            Set.of("series_spell", "cohort_spell", "wait_summary", "wait_curve", "wait_standard", "reentry_share");

    /** Where nothing has changed, nothing but time can have moved a statistic, unless it is computed otherwise. */
    private static final String QUEUES = """
            create table statistic_queue as
            select
                queue,
                replaced_known_to,
                new_known_to
            from compared_figures
            where
                queue not in (select redefined_queue.queue from redefined_queue)
                and replaced_known_to <= new_known_to
                and (%s or queue in (select changed_spell.queue from changed_spell))
            """;

    private static final String CAUSES = """
            create table statistic_cause as
            with

            occurring as (

                select
                    queue,
                    cause
                from changed_spell
                union
                select
                    queue,
                    unnest(['', '%2$s'])
                from statistic_queue

            )

            select
                occurring.queue,
                occurring.cause,
                coalesce(list_position([%1$s], occurring.cause), 0) as cause_order
            from occurring
            inner join statistic_queue
                on occurring.queue = statistic_queue.queue
            """;

    private static final String STEPS = """
            create table statistic_step (
                queue varchar,
                cause_order integer,
                mart varchar,
                slice varchar,
                slice_value varchar,
                standard varchar,
                cohort varchar,
                measure varchar,
                figure double
            )
            """;

    private static final String QUEUE_DEFINITIONS = """
            create table step.queue_definition as
            select
                definition.* replace (
                    if(%1$d >= %2$d, queue.new_known_to, queue.replaced_known_to) as data_as_at,
                    %3$s as slices
                )
            from main.queue_definition as definition
            inner join statistic_cause as step
                on definition.queue = step.queue and step.cause_order = %1$d
            inner join statistic_queue as queue
                on definition.queue = queue.queue
            """;

    private static final String STANDARDS = """
            create table step.queue_standard as
            select * from main.queue_standard
            semi join step.queue_definition using (queue)
            """;

    /**
     * What has not changed is the same in both releases up to the earlier date. After a day nothing has happened yet.
     */
    private static final String SPELLS = """
            create table step.spell as
            with

            later as (

                select
                    changed_spell.replaced_spell_id,
                    changed_spell.new_spell_id
                from changed_spell
                inner join statistic_cause as cause
                    using (queue, cause)
                where cause.cause_order > %1$d

            ),

            stated as (

                select %2$s
                from main.spell
                where spell_id not in (select new_spell_id from later where new_spell_id is not null)
                union all
                select %2$s
                from replaced.spell
                where spell_id in (select replaced_spell_id from later where replaced_spell_id is not null)

            ),

            known as (

                select
                    stated.*,
                    stated.left_on <= queue.data_as_at as has_left
                from stated
                inner join step.queue_definition as queue
                    on stated.queue = queue.queue and stated.entered_on <= queue.data_as_at

            )

            select
                queue,
                item_key,
                cast(null as varchar) as contributor_key,
                spell_id as event,
                cast(0 as bigint) as event_order,
                is_reentry,
                reentry_reason,
                first_entered_on,
                entered_on,
                entered_at,
                if(has_left, left_on, null) as left_on,
                if(has_left, left_at, null) as left_at,
                if(has_left, left_as, null) as left_as,
                if(has_left, is_served, null) as is_served,
                lead(entered_on) over (
                    partition by queue, item_key
                    order by entered_on asc, left_on asc nulls last, entered_at asc, spell_id asc
                ) as reentered_on,
                coalesce(is_out_of_order, false) as is_out_of_order,
                slices as attributes
            from known
            """;

    private static final String COLUMNS = "spell_id, queue, item_key, is_reentry, reentry_reason, first_entered_on, "
            + "entered_on, entered_at, left_on, left_at, left_as, is_served, is_out_of_order, slices";

    /** All that is needed of the days: the first one of the queue's figures, by the rule of queue_daily. */
    private static final String FIRST_DAY = """
            create table step.queue_daily as
            select
                queue.queue,
                coalesce(
                    queue.observed_from,
                    min(spell.entered_on) filter (spell.is_wait_known),
                    min(spell.observed_to_on)
                ) as day
            from step.queue_definition as queue
            left join step.series_spell as spell
                on queue.queue = spell.queue and spell.slice = 'all'
            group by queue.queue, queue.observed_from
            """;

    private static final String STATISTICS = """
            insert into statistic_step
            select
                queue,
                %1$d,
                'wait_summary',
                slice,
                slice_value,
                'all',
                cohort,
                measure,
                figure
            from step.wait_statistic
            union all
            select
                queue,
                %1$d,
                'wait_standard',
                slice,
                slice_value,
                standard,
                left(cast(month_start_on as varchar), 7),
                unnest(['share_low', 'share_high']),
                unnest([met_count, met_count + unknown_count]) / nullif(due_count, 0)
            from step.wait_standard
            union all
            select
                queue,
                %1$d,
                'reentry_share',
                slice,
                slice_value,
                'all',
                left(cast(month_start_on as varchar), 7),
                'reentered_share',
                reentered_count / nullif(known_count, 0)
            from step.reentry_share
            """;

    private StatisticSteps() {}

    /**
     * Makes the table; {@link ChangedSpells}, {@link RedefinedQueues} and {@link ReplacedTables} must be there. Of more
     * spells than are all recounted in a run only the totals are computed.
     *
     * @param isOtherSoftware whether all queues are computed, since they may have been computed otherwise before
     * @return whether slices were computed too
     */
    static boolean compute(AuditSession session, boolean isOtherSoftware) {
        List<String> causes = ChangeCause.all().stream().map(ChangeCause::name).toList();
        session.execute(QUEUES.formatted(isOtherSoftware));
        session.execute(
                CAUSES.formatted(causes.stream().map(DuckSql::text).collect(Collectors.joining(", ")), TIME_PASSED));
        session.execute(STEPS);
        int timePassed = causes.indexOf(TIME_PASSED) + 1;
        boolean isTotalsOnly = session.number("select count(*) from main.spell semi join statistic_queue using (queue)")
                > AuditRequest.OF_A_RUN;
        for (int order = 0; order <= causes.size(); order++) {
            if (session.number("select count(*) from statistic_cause where cause_order = " + order) > 0) {
                step(session, order, timePassed, isTotalsOnly);
            }
        }
        return !isTotalsOnly;
    }

    /** All queues that have this step: no more spells at a time than there are in a release. */
    private static void step(AuditSession session, int order, int timePassed, boolean isTotalsOnly) {
        session.execute("create schema step");
        session.execute(QUEUE_DEFINITIONS.formatted(
                order, timePassed, isTotalsOnly ? "cast([] as varchar[])" : "definition.slices"));
        session.execute(STANDARDS);
        session.execute(SPELLS.formatted(order, COLUMNS));
        session.execute("set search_path = 'step,main'");
        for (FigureDefinition definition : FigureDefinition.all()) {
            if (DEFINITIONS.contains(definition.name())) {
                session.execute("create table step." + name(definition.name()) + " as " + definition.sql());
            }
            if (definition.name().equals("series_spell")) {
                session.execute(FIRST_DAY);
            }
        }
        session.execute("create table step.wait_statistic as " + WaitStatistics.query(WaitStatistics.HORIZON_DAYS));
        session.execute("set search_path = 'main'");
        session.execute(STATISTICS.formatted(order));
        session.execute("drop schema step cascade");
    }

    /** Frees the memory of what was only needed for the statistics. */
    static void forget(AuditSession session) {
        session.execute("drop table statistic_step");
        session.execute("drop table statistic_cause");
        session.execute("drop table statistic_queue");
    }
}
