package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/**
 * Whether the rows of {@code mart.figure_change} are those figures that differ between the published tables of two
 * releases, and add up to their difference: from these tables alone.
 */
final class FigureChangeTests {

    private static final String FIGURES = """
            select
                queue,
                slice,
                slice_value,
                'all' as exit_reason,
                'month' as period_kind,
                month_start_on as period_start_on,
                unnest([%3$s], recursive := true)
            from %1$s.queue_monthly
            where is_available and month_end_on <= date %2$s
            union all
            select
                queue,
                slice,
                slice_value,
                'all',
                'week',
                week_start_on,
                unnest([%3$s], recursive := true)
            from %1$s.queue_weekly
            where is_available and week_end_on <= date %2$s
            union all
            select
                queue,
                slice,
                slice_value,
                'all',
                'day',
                day,
                unnest([%4$s], recursive := true)
            from %1$s.queue_daily
            where is_available and day = date %2$s
            union all
            select
                queue,
                slice,
                slice_value,
                exit_reason,
                'month',
                month_start_on,
                'left_count',
                left_count
            from %1$s.queue_exit
            where is_available and last_day(month_start_on) <= date %2$s
            """;

    /**
     * A month, week or day counts where its total is available in both, and a measure where both state it for the
     * slice: not, for instance, what is late by a standard that one of them has not.
     */
    private static final String QUERY = """
            with

            known as (

                select
                    queue,
                    'month' as period_kind,
                    month_start_on as period_start_on
                from (
                    select queue, month_start_on from replaced.queue_monthly where is_total and is_available
                    intersect
                    select queue, month_start_on from main.queue_monthly where is_total and is_available
                )
                union all
                select
                    queue,
                    'week',
                    week_start_on
                from (
                    select queue, week_start_on from replaced.queue_weekly where is_total and is_available
                    intersect
                    select queue, week_start_on from main.queue_weekly where is_total and is_available
                )
                union all
                select
                    queue,
                    'day',
                    day
                from (
                    select queue, day from replaced.queue_daily where is_total and is_available
                    intersect
                    select queue, day from main.queue_daily where is_total and is_available
                )
                where day = date %5$s

            ),

            new_cell as (

                %1$s
            ),

            replaced_cell as (

                %2$s
            ),

            stated as (

                select queue, slice, measure from new_cell where figure is not null
                intersect
                select queue, slice, measure from replaced_cell where figure is not null

            ),

            cell as (

                select *, 0 as replaced_figure, figure as new_figure from new_cell
                union all
                select *, figure, 0 from replaced_cell

            ),

            published as (

                select
                    cell.* exclude (figure, replaced_figure, new_figure),
                    sum(replaced_figure) as replaced_figure,
                    sum(new_figure) as new_figure
                from cell
                semi join known using (queue, period_kind, period_start_on)
                semi join stated using (queue, slice, measure)
                group by all
                having sum(replaced_figure) <> sum(new_figure) and bool_and(figure is not null)

            ),

            listed as (

                select
                    queue,
                    slice,
                    slice_value,
                    exit_reason,
                    period_kind,
                    period_start_on,
                    measure,
                    max(replaced_value) as replaced_figure,
                    max(replaced_value) + sum(part) as new_figure
                from %4$s
                where new_release_id = %3$s and part is not null
                group by all

            )

            select count(*)
            from (
                (
                    (select * from published except select * from listed)
                    union all
                    (
                        select *
                        from listed
                        semi join known using (queue, period_kind, period_start_on)
                        semi join stated using (queue, slice, measure)
                        except
                        select * from published
                    )
                )
            )
            """;

    private FigureChangeTests() {}

    /** The result, passed or not; the view {@code figure_change} must show what was written. */
    static List<QualityResult> run(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        return List.of(new QualityResult(
                FigureChanges.MODEL.table(),
                AuditResult.CHANGED_FIGURES_ARE_LISTED,
                "stop",
                count(session, request, releaseId, FigureChanges.MODEL.name()),
                "figures that differ from release " + request.replaced().releaseId()
                        + " and are not listed with this difference, or listed although they do not differ"));
    }

    /**
     * How many figures are not listed as they should be.
     *
     * @param changes a view with the columns of {@code mart.figure_change}
     */
    static long count(AuditSession session, FigureChangeRequest request, ReleaseId releaseId, String changes) {
        String asAt = request.replaced().businessDate();
        String measures = ReplacedTables.measureStructs("%s");
        String ofADay = ReplacedTables.dayMeasureStructs("%s");
        return session.number(QUERY.formatted(
                FIGURES.formatted("main", text(asAt), measures, ofADay),
                FIGURES.formatted("replaced", text(asAt), measures, ofADay),
                text(releaseId.value()),
                changes,
                text(asAt)));
    }
}
