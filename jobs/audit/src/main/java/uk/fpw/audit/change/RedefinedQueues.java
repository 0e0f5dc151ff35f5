package uk.fpw.audit.change;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.ReplacedTables;
import uk.fpw.model.ChangeCause;
import uk.fpw.warehouse.message.FigureChangeRequest;

/**
 * Finds the queues whose figures may differ although no row has changed, as the table {@code redefined_queue}; and
 * those of which all spells must be counted by both definitions, with the cause, as {@code recounted_queue}.
 */
public final class RedefinedQueues {

    private RedefinedQueues() {}

    /** Creates {@code redefined_queue}; needs {@link ReplacedTables}. */
    public static void find(AuditSession session, FigureChangeRequest request) {
        List.of("replaced", "main")
                .forEach(schema -> session.in(
                        schema, () -> session.createView("counting_basis", AuditQuery.named("counting_basis"))));
        session.createTable("different_basis", AuditQuery.named("different_basis"));
        session.createTable(
                "redefined_queue",
                AuditQuery.named("redefined_queue")
                        .with("changed_queues", request.differences().redefinedQueues()));
    }

    /** Creates {@code recounted_queue}; needs {@link ChangedSpells}. */
    public static void findRecounted(AuditSession session, FigureChangeRequest request) {
        session.createTable(
                "recounted_queue",
                AuditQuery.named("recounted_queue")
                        .with("is_recounted", request.differences().isRecounted())
                        .with("causes", ChangeCause.names()));
    }
}
