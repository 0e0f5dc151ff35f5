package uk.fpw.ingest.source;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity;

/** Number of rows in a range of a cursor, with the lowest and highest value among them. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class RangeTally {

    private long count;
    private @Nullable Comparable lowest;
    private @Nullable Comparable highest;

    /**
     * The index of the range that contains a value.
     *
     * @param from lower bounds of the ranges, without the first range
     */
    public static int rangeOf(List<Comparable> from, Comparable value) {
        int found = Collections.binarySearch(from, value, (one, other) -> one.compareTo(other));
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Adds a row. */
    public void add(Comparable value) {
        add(1, value, value);
    }

    /**
     * Adds rows.
     *
     * @param from lowest value among them; null if it cannot be read
     * @param to highest value among them
     */
    public void add(long rows, @Nullable Comparable from, @Nullable Comparable to) {
        count += rows;
        lowest = from != null && (lowest == null || from.compareTo(lowest) < 0) ? from : lowest;
        highest = to != null && (highest == null || to.compareTo(highest) > 0) ? to : highest;
    }

    /** Adds the rows of another range. */
    public void add(RangeTally other) {
        add(other.count, other.lowest, other.highest);
    }

    /** Resets all counts. */
    public void clear() {
        count = 0;
        lowest = null;
        highest = null;
    }

    /** Number of rows. */
    public long count() {
        return count;
    }

    /** The form stored in {@code ops}. */
    public SourceContinuity.Tally tally() {
        return new SourceContinuity.Tally(
                count, lowest == null ? null : lowest.toString(), highest == null ? null : highest.toString());
    }
}
