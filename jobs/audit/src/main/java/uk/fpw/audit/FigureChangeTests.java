package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.FigureDefinition;
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
                month.queue,
                month.slice,
                month.slice_value,
                'all' as exit_reason,
                month.month_start_on,
                month.measure,
                month.figure
            from (
                unpivot (
                    select * from %1$s.queue_monthly where is_available and month_end_on <= date %2$s
                )
                on %3$s
                into name measure value figure
            ) as month
            union all
            select
                queue,
                slice,
                slice_value,
                exit_reason,
                month_start_on,
                'left_count',
                left_count
            from %1$s.queue_exit
            where is_available and last_day(month_start_on) <= date %2$s
            """;

    /** A month counts where its total is available in both. */
    private static final String QUERY = """
            with

            known as (

                select
                    queue,
                    month_start_on
                from (
                    select queue, month_start_on from replaced.queue_monthly where is_total and is_available
                    intersect
                    select queue, month_start_on from main.queue_monthly where is_total and is_available
                )

            ),

            figure as (

                select *, 0 as replaced_figure, figure as new_figure from (%1$s)
                union all
                select *, figure, 0 from (%2$s)

            ),

            published as (

                select
                    queue,
                    slice,
                    slice_value,
                    exit_reason,
                    month_start_on,
                    measure,
                    sum(replaced_figure) as replaced_figure,
                    sum(new_figure) as new_figure
                from figure
                semi join known using (queue, month_start_on)
                group by all
                having sum(replaced_figure) <> sum(new_figure)

            ),

            listed as (

                select
                    queue,
                    slice,
                    slice_value,
                    exit_reason,
                    period_start_on as month_start_on,
                    measure,
                    max(replaced_value) as replaced_figure,
                    max(replaced_value) + sum(part) as new_figure
                from figure_change
                where new_release_id = %3$s
                group by all

            )

            select count(*)
            from (
                (
                    (select * from published except select * from listed)
                    union all
                    (
                        select * from listed semi join known using (queue, month_start_on)
                        except
                        select * from published
                    )
                )
            )
            """;

    private FigureChangeTests() {}

    /** The result, passed or not; the view {@code figure_change} must show what was written. */
    static List<QualityResult> run(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        if (request.notCompared() != null) {
            return List.of();
        }
        String asAt = request.replaced().businessDate();
        String measures = FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals("queue_monthly"))
                .flatMap(definition -> definition.comparisons().stream())
                .filter(comparison -> comparison.table().equals("mart.queue_monthly"))
                .flatMap(comparison -> comparison.equal().stream())
                .collect(Collectors.joining(", "));
        return List.of(new QualityResult(
                FigureChanges.MODEL.table(),
                AuditResult.CHANGED_FIGURES_ARE_LISTED,
                "stop",
                session.number(QUERY.formatted(
                        FIGURES.formatted("main", text(asAt), measures),
                        FIGURES.formatted("replaced", text(asAt), measures),
                        text(releaseId.value()))),
                "figures that differ from release " + request.replaced().releaseId()
                        + " and are not listed with this difference, or listed although they do not differ"));
    }
}
