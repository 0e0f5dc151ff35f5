package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Closed cases that are still waiting in a queue of cases: their exit event is missing. The staging query may derive
 * that event from what is <em>not</em> recorded, so that no row of a feed shows it.
 */
final class ClosedCases {

    private ClosedCases() {}

    /** One result for each definition of milestones whose cases have queues; needs the views of the tables. */
    static List<QualityResult> run(AuditSession session) {
        List<QualityResult> results = new ArrayList<>();
        session.rows(AuditQuery.named("closed_cases")).forEach(row -> {
            long cases = row.number(1);
            results.add(new QualityResult(
                    "milestones/" + row.text(0),
                    AuditResult.CLOSED_CASES_WAIT,
                    "warning",
                    cases,
                    cases == 0
                            ? "no closed case is waiting in a queue"
                            : String.format(
                                    Locale.ROOT,
                                    "closed cases are still waiting: %s. The staging query returns no event by which "
                                            + "they leave, or the source has none",
                                    row.text(2))));
        });
        return results;
    }
}
