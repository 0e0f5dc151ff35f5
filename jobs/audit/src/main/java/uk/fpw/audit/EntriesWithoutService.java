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
 * Queues that are charted per working day, or per day of their calendar, although many of their items come in on other
 * days: their months then differ by how many of these they have, which makes limits wider than chance is.
 */
final class EntriesWithoutService {

    /** Share of the entries above which a queue is named. */
    static final double LARGEST_SHARE = 0.1;

    /** With fewer entries in twelve months the share is mostly chance, and the queue hardly has limits at all. */
    static final int FEWEST_ENTRIES = 60;

    private EntriesWithoutService() {}

    /** One result for each queue that is not served every day and has entries; needs the views of the tables. */
    static List<QualityResult> run(AuditSession session) {
        List<QualityResult> results = new ArrayList<>();
        session.rows(AuditQuery.named("entries_without_service"))
                .forEach(row -> results.add(new QualityResult(
                        "queues/" + row.text(0),
                        AuditResult.ENTRIES_WITHOUT_SERVICE,
                        "warning",
                        isFinding(row) ? row.number(4) : 0,
                        isFinding(row) ? message(row) : "few entries fall on days on which the queue is not served")));
        return results;
    }

    private static boolean isFinding(QueryRow row) {
        return row.number(3) >= FEWEST_ENTRIES && row.number(4) > LARGEST_SHARE * row.number(3);
    }

    /** Whole percent, rounded down. */
    private static String percent(long part, long whole) {
        return (whole == 0 ? 0 : 100 * part / whole) + " %";
    }

    private static String message(QueryRow row) {
        String calendar = row.textOrNull(7);
        return String.format(
                Locale.ROOT,
                "%s of the entries of %s to %s (%,d of %,d) and %s of the exits are on %s, so that the limits of what "
                        + "came in are too wide; if it is served on these days too, %s in queues/%s.yml",
                percent(row.number(4), row.number(3)),
                row.text(1),
                row.text(2),
                row.number(4),
                row.number(3),
                percent(row.number(6), row.number(5)),
                calendar == null
                        ? "weekends and bank holidays, but its flows are charted per working day"
                        : "days on which the calendar '" + calendar + "' is closed, by which its flows are charted",
                calendar == null
                        ? "declare 'service: every_day'"
                        : "correct calendars/" + calendar + ".yml, or declare 'service: every_day'",
                row.text(0));
    }
}
