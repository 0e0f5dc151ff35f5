package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.DuckSql;

/**
 * What each cause contributes to the change of each published statistic that does not add up over spells: the
 * difference of one step of {@link StatisticSteps}, so that the parts of a statistic add up to its change. Between what
 * was published and the first step lies another version of the software, and nothing may lie after the last one. As
 * the table {@code statistic_part}; the published statistics of both releases are the views {@code statistic}.
 */
final class StatisticParts {

    /** The published tables whose statistics are compared, with the columns. */
    private static final String STATISTICS = """
            create view %1$s.statistic as
            select
                'wait_summary' as mart,
                queue,
                slice,
                slice_value,
                'all' as standard,
                cohort,
                cast(null as date) as month_start_on,
                is_available,
                unnest([%2$s], recursive := true)
            from %1$s.wait_summary
            union all
            select
                'wait_standard' as mart,
                queue,
                slice,
                slice_value,
                standard,
                left(cast(month_start_on as varchar), 7) as cohort,
                month_start_on,
                is_available,
                unnest([%3$s], recursive := true)
            from %1$s.wait_standard
            union all
            select
                'reentry_share' as mart,
                queue,
                slice,
                slice_value,
                'all' as standard,
                left(cast(month_start_on as varchar), 7) as cohort,
                month_start_on,
                is_available,
                unnest([%4$s], recursive := true)
            from %1$s.reentry_share
            """;

    /** A cohort may still be open, a month must have been over. */
    private static final String CHANGED = """
            create table changed_statistic as
            select
                row_number() over () as statistic,
                coalesce(replaced.queue, new.queue) as queue,
                coalesce(replaced.mart, new.mart) as mart,
                coalesce(replaced.slice, new.slice) as slice,
                coalesce(replaced.slice_value, new.slice_value) as slice_value,
                coalesce(replaced.standard, new.standard) as standard,
                coalesce(replaced.cohort, new.cohort) as cohort,
                coalesce(replaced.measure, new.measure) as measure,
                coalesce(replaced.month_start_on, new.month_start_on) as month_start_on,
                replaced.figure as replaced_value,
                new.figure as new_value,
                coalesce(replaced.is_available, true) as was_available,
                coalesce(new.is_available, true) as is_available
            from replaced.statistic as replaced
            full join main.statistic as new
                on
                    replaced.queue = new.queue
                    and replaced.mart = new.mart
                    and replaced.slice = new.slice
                    and replaced.slice_value = new.slice_value
                    and replaced.standard = new.standard
                    and replaced.cohort = new.cohort
                    and replaced.measure = new.measure
            where
                coalesce(last_day(coalesce(replaced.month_start_on, new.month_start_on)) <= %1$s, true)
                and coalesce(
                    abs(new.figure - replaced.figure) > 1e-9,
                    replaced.figure is not null or new.figure is not null
                )
            """;

    /** The statistic before and after each step; what does not move it is left out. */
    private static final String MOVES = """
            create table statistic_move as
            with

            computed as (

                select
                    changed.statistic,
                    changed.replaced_value,
                    changed.new_value,
                    cause.cause,
                    cause.cause_order,
                    step.figure as figure_after,
                    lag(step.figure) over (
                        partition by changed.statistic order by cause.cause_order
                    ) as figure_before,
                    row_number() over (
                        partition by changed.statistic order by cause.cause_order desc
                    ) = 1 as is_last
                from changed_statistic as changed
                inner join statistic_cause as cause
                    on changed.queue = cause.queue
                left join statistic_step as step
                    on
                        changed.queue = step.queue
                        and changed.mart = step.mart
                        and changed.slice = step.slice
                        and changed.slice_value = step.slice_value
                        and changed.standard = step.standard
                        and changed.cohort = step.cohort
                        and changed.measure = step.measure
                        and cause.cause_order = step.cause_order
                where changed.was_available and changed.is_available and (%2$s or changed.slice = 'all')

            ),

            move as (

                select
                    statistic,
                    if(cause_order = 0, %1$s, cause) as cause,
                    if(cause_order = 0, replaced_value, figure_before) as figure_before,
                    figure_after
                from computed
                union all
                select
                    statistic,
                    'unexplained',
                    figure_after,
                    new_value
                from computed
                where is_last

            )

            select *
            from move
            where coalesce(
                abs(figure_after - figure_before) > 1e-9,
                figure_after is not null or figure_before is not null
            )
            """;

    /**
     * What only time has moved is left out. Where one of the values on the way is not there, no part is. Totals show
     * why others could not be compared; slices are the same in this.
     */
    private static final String PARTS = """
            create table statistic_part as
            with

            known as (

                select
                    statistic,
                    bool_and(figure_before is not null and figure_after is not null) as is_whole
                from statistic_move
                group by statistic
                having bool_or(cause <> 'time passed')

            ),

            counted as (

                select
                    move.statistic,
                    move.cause,
                    if(known.is_whole, sum(move.figure_after - move.figure_before), null) as part
                from statistic_move as move
                inner join known
                    on move.statistic = known.statistic
                group by move.statistic, move.cause, known.is_whole

            ),

            compared as (

                select
                    changed.*,
                    counted.cause,
                    counted.part,
                    case
                        when counted.part is not null then null
                        when changed.replaced_value is null then 'no value in the replaced release'
                        when changed.new_value is null then 'no value in the new release'
                        else 'no value after one of the causes'
                    end as part_reason
                from counted
                inner join changed_statistic as changed
                    on counted.statistic = changed.statistic
                where counted.part is null or abs(counted.part) > 1e-9

            ),

            not_compared as (

                select
                    changed.*,
                    case
                        when not changed.is_available and changed.queue in (%1$s) then %2$s
                        when not changed.was_available or not changed.is_available then %3$s
                        when redefined.queue is not null then %4$s
                        else %3$s
                    end as cause,
                    cast(null as double) as part,
                    case
                        when not changed.is_available then 'not available in the new release'
                        when not changed.was_available then 'not available in the replaced release'
                        when redefined.queue is not null then 'the definition of the queue was changed'
                        else 'the new release knows fewer days of the queue'
                    end as part_reason
                from changed_statistic as changed
                inner join compared_figures
                    on changed.queue = compared_figures.queue
                left join (select distinct queue from redefined_queue) as redefined
                    on changed.queue = redefined.queue
                where
                    changed.slice = 'all'
                    and (
                        not changed.was_available
                        or not changed.is_available
                        or redefined.queue is not null
                        or compared_figures.new_known_to < compared_figures.replaced_known_to
                    )

            )

            select * from compared
            union all
            select * from not_compared
            """;

    private StatisticParts() {}

    /** Makes the views of the published statistics; all published tables of both releases must be there. */
    static void showStatistics(AuditSession session) {
        String waits =
                WaitStatistics.MEASURES.stream().map(StatisticParts::struct).collect(Collectors.joining(", "));
        for (String schema : List.of("replaced", "main")) {
            session.execute(STATISTICS.formatted(
                    schema, waits, struct("share_low") + ", " + struct("share_high"), struct("reentered_share")));
        }
    }

    private static String struct(String measure) {
        return "{'measure': " + text(measure) + ", 'figure': " + measure + "}";
    }

    /**
     * Makes the table; the views of the published statistics and what {@link StatisticSteps} needs must be there.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}
     * @param isOtherSoftware whether it was made by another version of the software
     * @param withdrawnQueues queues behind which a load was withdrawn
     */
    static void explain(
            AuditSession session, String replacedAsAt, boolean isOtherSoftware, List<String> withdrawnQueues) {
        session.execute(CHANGED.formatted("date " + text(replacedAsAt)));
        boolean isWithSlices = StatisticSteps.compute(session, isOtherSoftware);
        session.execute(MOVES.formatted(text(isOtherSoftware ? "software" : ChangeCause.UNEXPLAINED), isWithSlices));
        session.execute(PARTS.formatted(
                withdrawnQueues.isEmpty()
                        ? "''"
                        : withdrawnQueues.stream().map(DuckSql::text).collect(Collectors.joining(", ")),
                text(ChangeCause.WITHDRAWN_LOAD),
                text(ChangeCause.COVERAGE),
                text("definition")));
        StatisticSteps.forget(session);
        session.execute("drop table statistic_move");
    }
}
