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
 * What releases stated of the total counts of a month some days after its end, beside what the candidate states. As the
 * tables {@code settling_figure} (what it states), {@code settling_lag} (days after the end of a month: {@link #LAGS},
 * and the ages of the months that are younger than the longest of them) and {@code settling_observed}.
 *
 * <p>What was stated then is today's count without what the later steps of {@code mart.figure_change} have added. It is
 * known where every later step is recorded, and a release of the month's last day or later had stated it by then.
 */
final class SettlingHistory {

    private static final Model MONTHLY = Models.find("mart.queue_monthly").orElseThrow();

    /** Days after the end of a month of which the shares are published. */
    static final List<Integer> LAGS = List.of(1, 2, 7, 14, 28, 56, 91);

    /** From this age of a month on its count is taken as final; the longest of {@link #LAGS}. */
    static final int FINAL_AFTER_DAYS = 91;

    /**
     * Months that ended longer ago say little about the habits of today. A release keeps the steps of more months than
     * these.
     */
    private static final int MONTHS = 24;

    /**
     * Causes that are no lateness: they change what is counted, and not what is known. What was stated before them
     * counts something else than what is stated now.
     */
    static final List<String> REDEFINED = List.of("software", "definition");

    private SettlingHistory() {}

    /**
     * Makes the tables; those of the candidate must be there, {@code figure_history} among them.
     *
     * @param releasedOn by queue, the business dates of the releases from which on every step is recorded, without the
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
