package uk.fpw.audit.change;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditException;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.CreatedTables;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.audit.session.WrittenRows;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.StatisticChangeSummary;

/**
 * Finds the new rows of {@code mart.statistic_change}: quantiles and restricted means of waits, shares that met a
 * standard and shares of re-entries that a candidate states differently from the release that it replaces, with the
 * contribution of each cause.
 */
public final class StatisticChanges {

    /** The table whose rows are written. */
    public static final Model MODEL = Models.find("mart.statistic_change").orElseThrow();

    /** The order in which rows are written. */
    private static final List<String> ORDER = List.of(
            "queue",
            "mart",
            "measure",
            "slice",
            "slice_value",
            "standard",
            "cohort",
            "new_as_at",
            "new_release_id",
            "cause_order");

    private final AuditSession session;
    private final FigureChangeRequest request;
    private final ReleaseId releaseId;

    /** @param releaseId release that the candidate is to become */
    public StatisticChanges(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /**
     * Writes the file; needs the views of the candidate's published tables and, if the counts were compared, the
     * tables of {@link FigureChanges}. A statistic that cannot be explained does not stop the release: after an error
     * no rows are written.
     *
     * @param figures what was found about the counts
     */
    public StatisticChangeSummary write(FigureChangeSummary figures) {
        String notCompared = notCompared(figures);
        if (notCompared != null) {
            copy(null);
            return StatisticChangeSummary.notCompared(notCompared);
        }
        CreatedTables created = CreatedTables.of(session);
        try {
            explain();
            copy("found_statistic_change");
            return summary();
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            created.drop();
            copy(null);
            return StatisticChangeSummary.failed(AuditException.kindOf(failed), AuditException.remedyOf(failed));
        }
    }

    private @Nullable String notCompared(FigureChangeSummary figures) {
        if (figures.notCompared() != null) {
            return figures.notCompared();
        }
        List<String> tables = request.replaced().tables().stream()
                .map(AuditRequest.Table::name)
                .toList();
        List<String> missing = RecomputedMart.all().stream()
                .map(mart -> mart.model().table())
                .filter(table -> !tables.contains(table))
                .toList();
        return missing.isEmpty() ? null : "the replaced release has no " + String.join(", ", missing);
    }

    private void explain() {
        StatisticParts.showStatistics(session);
        StatisticParts.explain(
                session,
                request.replaced().businessDate(),
                firstCause(),
                request.differences().withdrawnQueues());
        session.createView(
                "found_statistic_change",
                AuditQuery.named("found_statistic_change")
                        .with(
                                "replaced_release_id",
                                request.replaced().releaseId().value())
                        .with("replaced_as_at", request.replaced().businessDate())
                        .with("release_id", releaseId.value())
                        .with("causes", ChangeCause.names()));
    }

    /**
     * As for counts, erased rows are booked as deleted. Both an upgrade and an erasure cannot be separated: unlike
     * counts, statistics have no definition whose digest would say that both versions compute the same.
     */
    private @Nullable String firstCause() {
        if (request.differences().isOtherSoftware()) {
            return ChangeCause.SOFTWARE;
        }
        return request.differences().isErased() ? ChangeCause.DELETED : null;
    }

    private void copy(@Nullable String found) {
        new WrittenRows(session, MODEL, request.statisticFile()).copy(found, ORDER);
    }

    private StatisticChangeSummary summary() {
        QueryRow counts =
                session.rows(AuditQuery.named("statistic_change_summary")).get(0);
        return new StatisticChangeSummary(null, false, counts.number(0), counts.number(1));
    }
}
