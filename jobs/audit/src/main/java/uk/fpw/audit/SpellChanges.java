package uk.fpw.audit;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.Settled;

/** Counts, for each queue, how the spells of a candidate differ from those of the current release. */
final class SpellChanges {

    private SpellChanges() {}

    /**
     * One row for each queue that both releases have; needs the views of {@link SpellPairs}. What closures have in
     * common is not determined here.
     */
    static List<QueueChange> count(AuditSession session) {
        return session.rows(AuditQuery.named("spell_changes")).stream()
                .map(row -> new QueueChange(
                        row.text(0),
                        row.text(1),
                        row.number(2),
                        row.number(3),
                        row.number(4),
                        row.number(5),
                        row.number(6),
                        row.number(7),
                        row.number(8),
                        new Settled(row.text(9), row.number(10), row.number(11)),
                        row.textOrNull(12),
                        row.number(13),
                        row.share(14),
                        row.number(15),
                        row.share(16),
                        null))
                .toList();
    }
}
