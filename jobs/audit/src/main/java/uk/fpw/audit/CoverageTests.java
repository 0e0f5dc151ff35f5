package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Tests that rows of queues are available exactly as far as the feeds behind their queue are known. No figure is
 * published for a day that was not loaded; no figure of a loaded day is withheld, which would also exclude it from
 * the recount.
 */
final class CoverageTests {

    private CoverageTests() {}

    /** One result, passed or not, for each mart of queues whose rows may be unavailable. */
    static List<QualityResult> run(AuditSession session, List<Model> models) {
        List<QualityResult> results = new ArrayList<>();
        for (Model model : models) {
            if (model.mayBeUnavailable() && model.hasColumn("queue")) {
                results.add(new QualityResult(
                        model.table(),
                        AuditResult.AVAILABLE_AS_FAR_AS_KNOWN,
                        "stop",
                        session.number(query(model)),
                        "rows that are available although the feeds behind them have not been loaded "
                                + "up to that day, or unavailable although they have, or unavailable but "
                                + "with a figure"));
            }
        }
        return results;
    }

    private static AuditQuery query(Model model) {
        return AuditQuery.named("coverage_test")
                .with("mart", model.name())
                .with("available_to", model.availableTo().replace(":as_of_date", "(select day from business_date)"))
                .with(
                        "masked_columns",
                        model.columns().stream()
                                .filter(model::isMasked)
                                .map(Model.Column::name)
                                .toList());
    }
}
