package uk.fpw.ingest.source;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity;

/** How many rows are in a range of a cursor, and its lowest and highest value among them. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class RangeTally {

    private long count;
    private @Nullable Comparable lowest;
    private @Nullable Comparable highest;

    /**
     * The number of the range in which a value is.
     *
     * @param from lowest values of the ranges, without that of the first
     */
    public static int rangeOf(List<Comparable> from, Comparable value) {
        int found = Collections.binarySearch(from, value, (one, other) -> one.compareTo(other));
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Counts a row. */
    public void add(Comparable value) {
        add(1, value, value);
    }

    /**
     * Counts rows.
     *
     * @param from the lowest value among them; null if it cannot be read
     * @param to the highest value
     */
    public void add(long rows, @Nullable Comparable from, @Nullable Comparable to) {
        count += rows;
        lowest = from != null && (lowest == null || from.compareTo(lowest) < 0) ? from : lowest;
        highest = to != null && (highest == null || to.compareTo(highest) > 0) ? to : highest;
    }

    /** Counts the rows of another range, too. */
    public void add(RangeTally other) {
        add(other.count, other.lowest, other.highest);
    }

    /** Counts from 0 again. */
    public void clear() {
        count = 0;
        lowest = null;
        highest = null;
    }

    /** Rows. */
    public long count() {
        return count;
    }

    /** As {@code ops} keeps it. */
    public SourceContinuity.Tally tally() {
        return new SourceContinuity.Tally(
                count, lowest == null ? null : lowest.toString(), highest == null ? null : highest.toString());
    }
}
