package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Cases that are closed and yet wait in a queue of cases: the event with which they leave is missing. It may be one
 * that the staging query makes of what is <em>not</em> recorded, so that no row of a feed tells of it.
 */
final class ClosedCases {

    private ClosedCases() {}

    /** A result for each milestones whose cases have queues; the views of the tables must exist. */
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
                            ? "no closed case waits in a queue"
                            : String.format(
                                    Locale.ROOT,
                                    "cases that are closed still wait: %s. The staging query gives them no event with "
                                            + "which they leave, or the source has none",
                                    row.text(2))));
        });
        return results;
    }
}
