package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** Those tests of the models that are queries: each returns the invalid rows. */
final class ModelTests {

    private ModelTests() {}

    /** One result for each test, passed or not. */
    static List<QualityResult> run(AuditSession session, List<Model> models) {
        List<QualityResult> results = new ArrayList<>();
        for (Model model : models) {
            for (Model.Test test : model.tests()) {
                if (!test.query().isEmpty()) {
                    results.add(new QualityResult(
                            model.table(),
                            test.code(),
                            test.severity(),
                            session.number(AuditQuery.named("model_test").with("test", test.query())),
                            test.message()));
                }
            }
        }
        return results;
    }
}
