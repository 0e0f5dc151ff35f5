package uk.fpw.audit.change;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.model.ChangeCause;

/**
 * What each cause contributes to the change of each published statistic that does not add up over spells: the
 * difference of one step of {@link StatisticSteps}, so that the parts of a statistic add up to its change. Between what
 * was published and the first step lies another version of the software, and nothing may lie after the last one. As
 * the table {@code statistic_part}; the published statistics of both releases are the views {@code statistic}.
 */
public final class StatisticParts {

    private StatisticParts() {}

    /** Makes the views of the published statistics; all published tables of both releases must be there. */
    public static void showStatistics(AuditSession session) {
        List<AuditQuery> published =
                RecomputedMart.all().stream().map(RecomputedMart::published).toList();
        List.of("replaced", "main")
                .forEach(schema -> session.in(schema, () -> session.createView("statistic", published)));
    }

    /**
     * Makes the table; the views of the published statistics and what {@link StatisticSteps} needs must be there.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}
     * @param isOtherSoftware whether it was made by another version of the software
     * @param withdrawnQueues queues behind which a load was withdrawn
     */
    public static void explain(
            AuditSession session, String replacedAsAt, boolean isOtherSoftware, List<String> withdrawnQueues) {
        session.createTable(
                "changed_statistic", AuditQuery.named("changed_statistic").with("as_at", replacedAsAt));
        boolean isWithSlices = StatisticSteps.compute(session, isOtherSoftware);
        session.createTable(
                "statistic_move",
                AuditQuery.named("statistic_move")
                        .with("first_cause", isOtherSoftware ? "software" : ChangeCause.UNEXPLAINED)
                        .with("is_with_slices", isWithSlices));
        session.createTable(
                "statistic_part", AuditQuery.named("statistic_part").with("withdrawn_queues", withdrawnQueues));
        StatisticSteps.forget(session);
        session.dropTable("statistic_move");
    }
}
