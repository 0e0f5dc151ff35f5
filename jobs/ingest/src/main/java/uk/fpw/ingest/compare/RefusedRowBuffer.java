package uk.fpw.ingest.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.RefusedRow;

/**
 * The refused rows of a load. They are stored in {@code ops} as they come; the first rows of the source are kept for
 * the message. If a load fails because of too many refused rows, not all are stored: a column in a new format would
 * make every row a refused one in every run.
 */
public final class RefusedRowBuffer {

    private static final int BATCH = 1000;
    private static final int SHOWN = 5;
    private static final long KEPT_IN_ANY_CASE = 10_000;

    private final LoadLedger ledger;
    private final String loadId;
    private final String feed;
    private final String fileName;
    private final String numbering;
    private final List<RefusedRow> waiting = new ArrayList<>();
    /** The first few by position in the source, last one on top. */
    private final PriorityQueue<RefusedRow> first =
            new PriorityQueue<>(Comparator.comparingLong(RefusedRow::line).reversed());

    private long max = Long.MAX_VALUE;
    private long maxEmpty = Long.MAX_VALUE;
    private long kept;
    private long count;
    private long emptyKey;
    private long unreadableKey;

    /** A buffer for one load of a file. */
    public RefusedRowBuffer(LoadLedger ledger, String loadId, String feed, String fileName, String numbering) {
        this.ledger = ledger;
        this.loadId = loadId;
        this.feed = feed;
        this.fileName = fileName;
        this.numbering = numbering;
    }

    /** Adds a refused row. Thread-safe. */
    synchronized void add(RefusedRow refused) {
        count++;
        if (refused.code() == RefusedRow.Code.KEY_EMPTY) {
            emptyKey++;
        } else if (refused.key() == null) {
            unreadableKey++;
        }
        first.add(refused);
        if (first.size() > SHOWN) {
            first.remove();
        }
        boolean isExpected =
                refused.code() == RefusedRow.Code.KEY_EMPTY ? emptyKey <= maxEmpty : count - emptyKey <= max;
        if (!isExpected) {
            return;
        }
        kept++;
        waiting.add(refused);
        if (waiting.size() == BATCH) {
            flush();
        }
    }

    /**
     * Sets the limits above which the load fails, given the number of rows.
     *
     * @param mayHaveEmptyKeys whether a user has accepted any number of rows without a key
     */
    public void limit(FeedLimits limits, boolean mayHaveEmptyKeys, long rows) {
        max = Math.max((long) (limits.rows().maxRefusedShare() * rows), KEPT_IN_ANY_CASE);
        maxEmpty = mayHaveEmptyKeys
                ? Long.MAX_VALUE
                : Math.max((long) (limits.rows().maxEmptyKeyShare() * rows), KEPT_IN_ANY_CASE);
    }

    /** Writes the collected rows to {@code ops}. */
    public void flush() {
        ledger.refuse(loadId, feed, fileName, waiting);
        waiting.clear();
    }

    long count() {
        return count;
    }

    /** Number of refused rows with an empty key or key part. */
    long emptyKey() {
        return emptyKey;
    }

    /** Number of refused rows whose key could not be read. */
    long unreadableKey() {
        return unreadableKey;
    }

    /** The first few rows, one per line. */
    String examples() {
        String lines = first.stream()
                .sorted(Comparator.comparingLong(RefusedRow::line))
                .map(refused -> "\n  " + numbering + " " + refused.line() + ": " + refused.message()
                        + (refused.valueShown() == null ? "" : " (the value: " + refused.valueShown() + ")"))
                .collect(Collectors.joining());
        return count > first.size()
                ? lines + "\n  and " + (count - first.size()) + " more"
                        + (count > kept ? ", of all of which " + kept + " are recorded" : "")
                : lines;
    }
}
