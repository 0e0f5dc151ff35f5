package uk.fpw.audit.change;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Whether the rows of {@code mart.figure_change} are those figures that differ between the published tables of two
 * releases, and add up to their difference: from these tables alone, and by no query that {@link FigureChanges} uses.
 */
public final class FigureChangeTests {

    private FigureChangeTests() {}

    /** The result, passed or not; the view {@code figure_change} must show what was written. */
    public static List<QualityResult> run(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
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
        AuditQuery published = AuditQuery.named("published_figure")
                .with("as_at", request.replaced().businessDate());
        for (String schema : List.of("replaced", "main")) {
            session.in(schema, () -> session.createView("published_figure", published));
        }
        return session.number(AuditQuery.named("figure_change_differences")
                .with("as_at", request.replaced().businessDate())
                .with("release_id", releaseId.value())
                .with("changes", changes));
    }
}
