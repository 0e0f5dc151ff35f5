package uk.fpw.audit.change;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.StatisticChangeSummary;

/**
 * Tests that the values in the rows of {@code mart.statistic_change} are those of the published tables of both
 * releases, so that the first step begins at one and the last ends at the other. The model tests that parts add up.
 */
public final class StatisticChangeTests {

    private StatisticChangeTests() {}

    /** The result, passed or not; needs the view {@code statistic_change} of the rows that were written. */
    public static List<QualityResult> run(AuditSession session, FigureChangeSummary changes, ReleaseId releaseId) {
        StatisticChangeSummary statistics = changes.statistics();
        if (statistics == null || statistics.notCompared() != null) {
            return List.of();
        }
        return List.of(new QualityResult(
                StatisticChanges.MODEL.table(),
                AuditResult.CHANGED_STATISTICS_ARE_PUBLISHED,
                "stop",
                session.number(AuditQuery.named("statistic_change_differences").with("release_id", releaseId.value())),
                "quantiles and shares that are listed with other values than release " + changes.replacedReleaseId()
                        + " and this one publish"));
    }
}
