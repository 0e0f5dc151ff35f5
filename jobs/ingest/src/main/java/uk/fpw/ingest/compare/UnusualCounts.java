package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.ChangeHistory;

/**
 * Detects loads with far more or fewer new and changed rows than those of the previous 28 days. Only leads to a
 * warning.
 */
final class UnusualCounts {

    /** With fewer loads nothing is usual yet. */
    private static final int MIN_LOADS = 7;

    private static final long TIMES_MORE = 3;
    private static final long MIN_MORE = 100;
    private static final long TIMES_FEWER = 4;
    private static final long MIN_FEWER = 20;

    private UnusualCounts() {}

    /**
     * What is unusual, in one sentence; null if nothing is or it is too early to tell.
     *
     * @param loaded number of new and changed rows in this load
     */
    static @Nullable String note(long loaded, ChangeHistory history, LocalDate businessDate) {
        // The first load of the feed contained everything.
        List<ChangeHistory.Past> past = history.loads().stream()
                .filter(load -> load.changes().before() > 0)
                .toList();
        if (past.size() < MIN_LOADS) {
            return null;
        }
        LongSummaryStatistics usual =
                past.stream().mapToLong(ChangeHistory.Past::loaded).summaryStatistics();
        long days =
                Math.max(1, ChronoUnit.DAYS.between(past.get(past.size() - 1).businessDate(), businessDate));
        String range =
                "; in " + ChangeHistory.DAYS + " days before a load had " + usual.getMin() + " to " + usual.getMax();
        if (loaded >= MIN_MORE && loaded > TIMES_MORE * days * usual.getMax()) {
            return "unusually many new or changed rows: " + loaded + range;
        }
        if (usual.getMin() >= MIN_FEWER && loaded * TIMES_FEWER < usual.getMin()) {
            return "unusually few new or changed rows: " + loaded + range;
        }
        return null;
    }
}
