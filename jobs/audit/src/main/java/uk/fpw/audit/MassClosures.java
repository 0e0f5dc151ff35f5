package uk.fpw.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.ClosureRequest;
import uk.fpw.warehouse.message.ClosureRequest.ClosedQueue;
import uk.fpw.warehouse.message.ClosureRequest.FeedVersions;
import uk.fpw.warehouse.message.ClosureResult;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/**
 * What the items that left a queue have in common: the load date of their changes, and a column that changed in their
 * rows. Reads {@code raw}, which keeps every version; only used if many items have left.
 */
final class MassClosures {

    private MassClosures() {}

    /**
     * Returns a result for every queue of the run.
     *
     * @param memory see {@link CandidateAudit}
     * @throws RuntimeException if a file or a query cannot be read
     */
    static ClosureResult of(ClosureRequest request, @Nullable String memory) {
        long started = System.nanoTime();
        try (AuditSession session = AuditSession.open(request.zone())) {
            session.limitMemory(memory, request.scratch());
            session.confineTo(request.files());
            session.define(request.definitions());
            session.show(
                    SpellPairs.SPELL.name(),
                    SpellPairs.SPELL,
                    new AuditRequest.Table(SpellPairs.SPELL.table(), SpellPairs.SPELL.columnNames(), request.spells()));
            SpellPairs.show(session, request.comparedWith());
            Map<String, MassClosure> closures = new TreeMap<>();
            for (ClosedQueue queue : request.queues()) {
                MassClosure closure = of(session, queue);
                if (closure != null) {
                    closures.put(queue.queue(), closure);
                }
            }
            return new ClosureResult(
                    closures, List.of(new Timing("audit closures", (System.nanoTime() - started) / 1_000_000)), null);
        }
    }

    /** The result for one queue; null if no row is about its items. */
    private static @Nullable MassClosure of(AuditSession session, ClosedQueue queue) {
        List<FeedVersions> feeds =
                queue.feeds().stream().filter(feed -> !feed.files().isEmpty()).toList();
        if (feeds.isEmpty()) {
            return null;
        }
        session.createView(
                "row_version",
                feeds.stream().map(feed -> versions(session, feed)).toList());
        return session.rows(AuditQuery.named("mass_closures").with("queue", queue.queue())).stream()
                .map(row -> new MassClosure(
                        row.text(0), row.text(1), row.number(2), row.textOrNull(3), row.textOrNull(4), row.number(5)))
                .findFirst()
                .orElse(null);
    }

    private static AuditQuery versions(AuditSession session, FeedVersions feed) {
        // a column added since the feed's last row was stored cannot have changed
        List<String> columns = session.storedColumns(feed.files()).stream()
                .filter(column -> column.equals("_key") || feed.columns().contains(column))
                .toList();
        return AuditQuery.named("row_version")
                .with("feed", feed.feed())
                .with("source", feed.source())
                .with("columns", columns)
                .with("files", feed.files())
                .with("withdrawn_loads", feed.withdrawnLoads());
    }
}
