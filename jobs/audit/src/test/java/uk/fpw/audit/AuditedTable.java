package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** The result of auditing the files of one table on its own. */
record AuditedTable(String digest, List<String> failed) {

    static AuditedTable of(String table, List<String> columns, List<String> files) {
        Model model = Models.find(table).orElseThrow();
        List<QualityResult> quality = new ArrayList<>();
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.show(model.name(), model, new AuditRequest.Table(table, columns, files));
            AuditResult.Table result = new TableAudit(session, model, columns).run(quality);
            return new AuditedTable(
                    result.digest(),
                    quality.stream()
                            .filter(test -> test.failedCount() > 0)
                            .map(test -> test.code() + " " + test.failedCount() + ": " + test.message())
                            .toList());
        }
    }
}
