package uk.fpw.audit.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Explained;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/**
 * Finds the total counts of a month that releases stated some days after its end, next to what the candidate states.
 * Creates the tables {@code settling_figure} (the candidate's counts), {@code settling_lag} (days after the end of a
 * month: {@link #LAGS}, and the ages of the months that are younger than the longest of these) and
 * {@code settling_observed}.
 *
 * <p>The count stated then is today's count minus what later steps of {@code mart.figure_change} added. It is known
 * if every later step is recorded, and a release of the month's last day or later had stated the count by then.
 */
final class SettlingHistory {

    private static final Model MONTHLY = Models.find("mart.queue_monthly").orElseThrow();

    /** Days after the end of a month for which shares are published. */
    static final List<Integer> LAGS = List.of(1, 2, 7, 14, 28, 56, 91);

    /** Age of a month from which its count is final; the longest of {@link #LAGS}. */
    static final int FINAL_AFTER_DAYS = 91;

    /**
     * Months that ended longer ago say little about how things are recorded today. A release keeps the steps of more
     * months than these.
     */
    private static final int MONTHS = 24;

    /**
     * Causes other than lateness: they change what is counted, not what is known. What was stated before them is a
     * different count.
     */
    static final List<String> REDEFINED = List.of("software", "definition");

    private SettlingHistory() {}

    /**
     * Creates the tables; needs those of the candidate, including {@code figure_history}.
     *
     * @param releasedOn by queue, the business dates of the releases from which every step is recorded, without the
     *     candidate's
     */
    static void find(AuditSession session, Map<String, List<String>> releasedOn) {
        session.createTable(
                "settling_figure",
                AuditQuery.named("settling_figure").with("measures", MONTHLY.explained(Explained.SUM)));
        session.createTable(
                "settling_lag",
                AuditQuery.named("settling_lag").with("lags", LAGS).with("final_after_days", FINAL_AFTER_DAYS));
        List<String> queues = new ArrayList<>();
        List<String> days = new ArrayList<>();
        releasedOn.forEach((queue, released) -> released.forEach(day -> {
            queues.add(queue);
            days.add(day);
        }));
        session.createTable(
                "settling_observed",
                AuditQuery.named("settling_observed")
                        .with("queues", queues)
                        .with("released_on", days)
                        .with("redefining_causes", REDEFINED)
                        .with("final_after_days", FINAL_AFTER_DAYS)
                        .with("months", MONTHS));
    }
}
