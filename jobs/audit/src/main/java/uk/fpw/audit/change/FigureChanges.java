package uk.fpw.audit.change;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.audit.session.AuditException;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.CreatedTables;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.ReplacedTables;
import uk.fpw.audit.session.WrittenRows;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.FigureChangeSummary.ChangedFigure;
import uk.fpw.warehouse.message.FigureChangeSummary.Part;

/**
 * Finds the new rows of {@code mart.figure_change}: every count of a month or week that had ended by the replaced
 * release's date and that a candidate states differently, with the contribution of each cause. The view
 * {@code figure_history} has these rows and those of earlier releases.
 */
public final class FigureChanges {

    /** The table whose rows are written. */
    public static final Model MODEL = Models.find("mart.figure_change").orElseThrow();

    /** The order in which rows are written. */
    private static final List<String> ORDER = List.of(
            "queue",
            "slice",
            "slice_value",
            "measure",
            "exit_reason",
            "period_kind",
            "period_start_on",
            "new_as_at",
            "cause_order");

    private final AuditSession session;
    private final FigureChangeRequest request;
    private final ReleaseId releaseId;

    /** @param releaseId release that the candidate is to become */
    public FigureChanges(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /**
     * Writes the file; needs the views of all other tables of the candidate. If an error occurs, the two releases are
     * not compared, which is reported as a warning, and the error is logged: no figure depends on the comparison.
     */
    public FigureChangeSummary write() {
        ReleaseId replacedId = request.replaced().releaseId();
        List<String> warnings = new ArrayList<>(request.carried().warnings());
        FigureChangeSummary found = null;
        String notCompared = request.notCompared();
        if (notCompared == null) {
            CreatedTables created = CreatedTables.of(session);
            try {
                found = find();
            } catch (RuntimeException failed) {
                failed.printStackTrace();
                created.drop();
                notCompared = "an error occurred (" + reason(failed) + ")";
                warnings.add("the figures of the past were not compared with release " + replacedId + " because "
                        + notCompared + "; " + AuditException.remedyOf(failed));
            }
        }
        new WrittenRows(session, MODEL, request.file()).copy(found == null ? null : "found_change", ORDER);
        boolean isLost = !showHistory(warnings) || request.carried().isLost();
        FigureParts.forget(session);
        FigureChangeSummary summary = found == null
                ? FigureChangeSummary.notCompared(replacedId, String.valueOf(notCompared), warnings)
                : found.with(warnings);
        return isLost ? summary.withLost("the recorded changes up to release " + replacedId + " were lost") : summary;
    }

    private FigureChangeSummary find() {
        ReplacedTables.show(session, request.replaced());
        ReplacedTables.showFigures(session, request.replaced());
        RedefinedQueues.find(session, request);
        ChangedSpells.find(session, request);
        RedefinedQueues.findRecounted(session, request);
        FigureParts.count(session, request.replaced().businessDate());
        session.createTable(
                "compared_figure",
                AuditQuery.named("compared_figure")
                        .with("as_at", request.replaced().businessDate()));
        session.createTable(
                "figure_cause",
                AuditQuery.named("figure_cause")
                        .with("is_recounted", request.differences().isRecounted())
                        .with("recount_cause", recountCause())
                        .with("withdrawn_queues", request.differences().withdrawnQueues()));
        session.createView(
                "found_change",
                AuditQuery.named("found_change")
                        .with(
                                "replaced_release_id",
                                request.replaced().releaseId().value())
                        .with("replaced_as_at", request.replaced().businessDate())
                        .with("release_id", releaseId.value())
                        .with("causes", ChangeCause.names()));
        long wrong = FigureChangeTests.count(session, request, releaseId, "found_change");
        if (wrong > 0) {
            throw new WrongChangesException(
                    wrong + " figures differ between the tables of the two releases otherwise than was found");
        }
        return summary();
    }

    /**
     * Why the replaced release states other counts than its own spells. Erased rows are booked as deleted, together
     * with rows that the source deleted: a figure must not say who asked to be erased.
     */
    private String recountCause() {
        return request.differences().isOtherCount() ? ChangeCause.SOFTWARE : ChangeCause.DELETED;
    }

    /** The part of an error that may be stored. */
    private static String reason(RuntimeException failed) {
        return failed instanceof WrongChangesException
                ? String.valueOf(failed.getMessage())
                : AuditException.kindOf(failed);
    }

    /**
     * The changes found do not add up to the difference of the two releases. The message contains no value of a row.
     */
    private static final class WrongChangesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongChangesException(String message) {
            super(message);
        }
    }

    /**
     * Creates {@code figure_history} from the rows about earlier releases and the new ones.
     *
     * @return whether the rows about earlier releases could be read
     */
    private boolean showHistory(List<String> warnings) {
        Carried carried = request.carried();
        List<String> columns = MODEL.columnNames();
        session.show("added_change", MODEL, new AuditRequest.Table(MODEL.table(), columns, List.of(request.file())));
        AuditRequest.Table steps = carried.steps();
        try {
            session.show(
                    "earlier_change",
                    MODEL,
                    steps == null ? new AuditRequest.Table(MODEL.table(), columns, List.of()) : steps);
            session.createView(
                    "figure_history", AuditQuery.named("figure_history").with("since", carried.since()));
            return true;
        } catch (RuntimeException unreadable) {
            unreadable.printStackTrace();
            session.createView("figure_history", AuditQuery.named("figure_history_added"));
            warnings.add("what changed the figures of the past up to release "
                    + request.replaced().releaseId() + " is no longer in mart.figure_change, "
                    + AuditException.lossOf(unreadable));
            return false;
        }
    }

    private FigureChangeSummary summary() {
        QueryRow counts =
                session.rows(AuditQuery.named("figure_change_summary")).get(0);
        return FigureChangeSummary.compared(
                request.replaced().releaseId(),
                new FigureChangeSummary.Counts(counts.number(0), counts.number(1), counts.number(2), counts.number(3)),
                session.rows(AuditQuery.named("largest_change")).stream()
                        .map(FigureChanges::figure)
                        .findFirst()
                        .orElse(null));
    }

    private static ChangedFigure figure(QueryRow row) {
        List<Part> parts = new ArrayList<>();
        List<String> causes = row.texts(8);
        List<String> values = row.texts(9);
        for (int i = 0; i < causes.size(); i++) {
            parts.add(new Part(causes.get(i), Long.parseLong(values.get(i))));
        }
        return new ChangedFigure(
                row.text(0),
                row.text(1).equals("all") ? "all" : row.text(1) + " " + row.text(2),
                row.text(3) + (row.text(4).equals("all") ? "" : " as " + row.text(4)),
                row.text(5),
                row.number(6),
                row.number(7),
                parts);
    }
}
