package uk.fpw.audit;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;

/**
 * Counts, per queue, the items that it excludes because of the order of their events, or because their age is
 * unknown.
 */
final class QueueExclusions {

    private QueueExclusions() {}

    /** One row per queue that excludes any; needs the views {@code spell} and {@code irregularity}. */
    static List<QueueExcluded> count(AuditSession session) {
        return session.rows(AuditQuery.named("queue_exclusions")).stream()
                .map(row -> new QueueExcluded(row.text(0), row.number(1), row.number(2)))
                .toList();
    }
}
