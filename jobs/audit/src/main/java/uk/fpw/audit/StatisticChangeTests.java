package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.FigureChangeSummary;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.StatisticChangeSummary;

/**
 * Whether the values in the rows of {@code mart.statistic_change} are those of the published tables of two releases, so
 * that the first step begins at the one and the last ends at the other. That parts add up is a test of the model.
 */
final class StatisticChangeTests {

    /** What a release has no row for is null. */
    private static final String QUERY = """
            select count(*)
            from statistic_change as listed
            left join replaced.statistic as replaced
                on
                    listed.queue = replaced.queue
                    and listed.mart = replaced.mart
                    and listed.slice = replaced.slice
                    and listed.slice_value = replaced.slice_value
                    and listed.standard = replaced.standard
                    and listed.cohort = replaced.cohort
                    and listed.measure = replaced.measure
            left join main.statistic as published
                on
                    listed.queue = published.queue
                    and listed.mart = published.mart
                    and listed.slice = published.slice
                    and listed.slice_value = published.slice_value
                    and listed.standard = published.standard
                    and listed.cohort = published.cohort
                    and listed.measure = published.measure
            where
                listed.new_release_id = %s
                and (
                    listed.replaced_value is distinct from replaced.figure
                    or listed.new_value is distinct from published.figure
                )
            """;

    private StatisticChangeTests() {}

    /** The result, passed or not; the view {@code statistic_change} must show what was written. */
    static List<QualityResult> run(AuditSession session, FigureChangeSummary changes, ReleaseId releaseId) {
        StatisticChangeSummary statistics = changes.statistics();
        if (statistics == null || statistics.notCompared() != null) {
            return List.of();
        }
        return List.of(new QualityResult(
                StatisticChanges.MODEL.table(),
                AuditResult.CHANGED_STATISTICS_ARE_PUBLISHED,
                "stop",
                session.number(QUERY.formatted(text(releaseId.value()))),
                "quantiles and shares that are listed with other values than release " + changes.replacedReleaseId()
                        + " and this one publish"));
    }
}
