package uk.fpw.audit.change;

import java.util.List;
import java.util.Set;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.ReplacedTables;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.FigureDefinition;
import uk.fpw.warehouse.message.AuditRequest;

/**
 * Statistics that do not add up over spells, computed again step by step: first of the spells of the replaced release
 * as of its date, then, cause by cause in the order of {@link ChangeCause}, with the changed spells of one more cause
 * as the new release has them; "time passed" also moves the date to that of the new release. A queue has only
 * the steps of the causes that occur among its changed spells, and that one. As the table {@code statistic_step}.
 */
final class StatisticSteps {

    /** The numbers behind the statistics; each definition reads those before it. */
    private static final Set<String> DEFINITIONS =
            Set.of("series_spell", "cohort_spell", "wait_summary", "wait_curve", "wait_standard", "reentry_share");

    private StatisticSteps() {}

    /**
     * Makes the table; {@link ChangedSpells}, {@link RedefinedQueues} and {@link ReplacedTables} must be there. Of more
     * spells than are all recounted in a run only the totals are computed.
     *
     * @param isOtherSoftware whether all queues are computed, since they may have been computed otherwise before
     * @return whether slices were computed too
     */
    static boolean compute(AuditSession session, boolean isOtherSoftware) {
        session.createTable(
                "statistic_queue", AuditQuery.named("statistic_queue").with("is_other_software", isOtherSoftware));
        session.createTable(
                "statistic_cause", AuditQuery.named("statistic_cause").with("causes", ChangeCause.names()));
        session.createTable("statistic_step", AuditQuery.named("statistic_step_none"));
        boolean isWithSlices = session.number(AuditQuery.named("statistic_spell_count")) <= AuditRequest.OF_A_RUN;
        for (QueryRow order : session.rows(AuditQuery.named("statistic_cause_order"))) {
            step(session, order.number(0), isWithSlices);
        }
        return isWithSlices;
    }

    /** All queues that have this step: no more spells at a time than there are in a release. */
    private static void step(AuditSession session, long order, boolean isWithSlices) {
        session.createSchema("step");
        session.in("step", () -> {
            session.createTable(
                    "queue_definition",
                    AuditQuery.named("step_queue_definition")
                            .with("cause_order", order)
                            .with("causes", ChangeCause.names())
                            .with("is_with_slices", isWithSlices));
            session.createTable("queue_standard", AuditQuery.named("step_queue_standard"));
            session.createTable("spell", AuditQuery.named("step_spell").with("cause_order", order));
            for (FigureDefinition definition : FigureDefinition.all()) {
                if (DEFINITIONS.contains(definition.name())) {
                    session.createTable(definition);
                }
                if (definition.name().equals("series_spell")) {
                    session.createTable("queue_daily", AuditQuery.named("step_queue_daily"));
                }
            }
            session.createTable("wait_statistic", WaitStatistics.query(WaitStatistics.HORIZON_DAYS));
            session.append("statistic_step", AuditQuery.named("step_statistic").with("cause_order", order));
        });
        session.dropSchema("step");
    }

    /** Frees the memory of what was only needed for the statistics. */
    static void forget(AuditSession session) {
        List.of("statistic_step", "statistic_cause", "statistic_queue").forEach(session::dropTable);
    }
}
