package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Items that should belong to a case, such as devices, but whose case is unknown: their events neither end a case's
 * silence nor stop its clock.
 */
final class CaseLinks {

    private CaseLinks() {}

    /** One result for each kind of item that belongs to cases; needs the view {@code event}. */
    static List<QualityResult> run(AuditSession session) {
        List<QualityResult> results = new ArrayList<>();
        session.rows(AuditQuery.named("case_links")).forEach(row -> {
            long unnamed = row.number(3);
            long unknown = row.number(4);
            results.add(new QualityResult(
                    "milestones/" + row.text(0),
                    AuditResult.LINKED_TO_A_CASE + row.text(1).toUpperCase(Locale.ROOT),
                    "warning",
                    unnamed + unknown,
                    unnamed + unknown == 0
                            ? "every " + row.text(1) + " belongs to a known case"
                            : message(row, unnamed, unknown)));
        });
        return results;
    }

    private static String message(QueryRow row, long unnamed, long unknown) {
        long like = row.number(5);
        return String.format(
                Locale.ROOT,
                "%,d of %,d items of kind %s belong to no known case: %,d name none, %,d name one that is not among "
                        + "the cases%s; silence and clock of their cases are unknown. Correct the numbers at the "
                        + "source",
                unnamed + unknown,
                row.number(2),
                row.text(1),
                unnamed,
                unknown,
                like == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (%,d of these %s from the number of a case only in capitals, blanks or punctuation)",
                                like,
                                like == 1 ? "differs" : "differ"));
    }
}
