package uk.fpw.audit.change;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.model.ChangeCause;

/**
 * Computes the contribution of each cause to the change of each published statistic that does not add up over spells:
 * the difference made by one step of {@link StatisticSteps}, so that the parts of a statistic add up to its change. A
 * difference between what was published and the first step is due to another version of the software, or to erased
 * rows; there must be none after the last step. Creates the table {@code statistic_part}; the views {@code statistic}
 * have the published statistics of both releases.
 */
public final class StatisticParts {

    private StatisticParts() {}

    /** Creates the views of the published statistics; needs all published tables of both releases. */
    public static void showStatistics(AuditSession session) {
        List<AuditQuery> published =
                RecomputedMart.all().stream().map(RecomputedMart::published).toList();
        List.of("replaced", "main")
                .forEach(schema -> session.in(schema, () -> session.createView("statistic", published)));
    }

    /**
     * Creates the table; needs the views of the published statistics and what {@link StatisticSteps} needs.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}
     * @param firstCause the cause of differences between what was published and what the spells of that release say;
     *     null if there must be none
     * @param withdrawnQueues queues that depend on a withdrawn load
     */
    public static void explain(
            AuditSession session, String replacedAsAt, @Nullable String firstCause, List<String> withdrawnQueues) {
        session.createTable(
                "changed_statistic", AuditQuery.named("changed_statistic").with("as_at", replacedAsAt));
        boolean isWithSlices = StatisticSteps.compute(session, firstCause != null);
        session.createTable(
                "statistic_move",
                AuditQuery.named("statistic_move")
                        .with("first_cause", firstCause == null ? ChangeCause.UNEXPLAINED : firstCause)
                        .with("is_with_slices", isWithSlices));
        session.createTable(
                "statistic_part", AuditQuery.named("statistic_part").with("withdrawn_queues", withdrawnQueues));
        StatisticSteps.forget(session);
        session.dropTable("statistic_move");
    }
}
