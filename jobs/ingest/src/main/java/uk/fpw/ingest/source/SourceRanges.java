package uk.fpw.ingest.source;

import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a database below those read by a load of changes, by ranges of the cursor. Uses the same session and, if
 * the database supports it, the same snapshot. Ranges are given by their lower bounds in ascending order, without the
 * first range, which has none. The last range ends where the load started to read.
 */
@SuppressWarnings("rawtypes")
public interface SourceRanges {

    /** Where the load started to read: it has read every row from this value on, and all rows without a value. */
    Comparable start();

    /** Converts a value stored in {@code current} to that in the source; null for null. */
    @Nullable
    Comparable stored(@Nullable Object value);

    /** Parses a value in ISO format; null if it is invalid. */
    @Nullable
    Comparable parse(String value);

    /** The start of the month of a date or time; null for a whole number. */
    @Nullable
    Comparable monthOf(Comparable value);

    /**
     * Counts rows in the database without reading them.
     *
     * @param wanted ranges to count
     * @param isDeleted whether a field marks its row as deleted, in which case it is not counted
     * @return a summary per range; null if the database exceeds the timeout of the connection
     */
    @Nullable
    List<RangeTally> tally(List<Comparable> from, BitSet wanted, Predicate<@Nullable Object> isDeleted);

    /** Starts reading the rows of some ranges. */
    SourceRows open(List<Comparable> from, BitSet wanted);

    /** Whether all statements of a session see the same snapshot. */
    boolean isOneState();
}
