package uk.fpw.ingest.source;

import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a database below those that a load of changes has read, by ranges of the cursor: in the same session, and
 * of the same state as far as the database can show one. Ranges are given by their lowest values in ascending order,
 * without that of the first, which has none; the last one ends where the load began to read.
 */
@SuppressWarnings("rawtypes")
public interface SourceRanges {

    /** Where the load began to read: it has read every row from this value on, and those without a value. */
    Comparable start();

    /** A value as {@code current} stores it, as the source has it; null for none. */
    @Nullable
    Comparable stored(@Nullable Object value);

    /** A value in ISO format; null if it is none. */
    @Nullable
    Comparable parse(String value);

    /** The beginning of the month of a date or time; null of a whole number. */
    @Nullable
    Comparable monthOf(Comparable value);

    /**
     * Counts rows in the database; reads none.
     *
     * @param wanted the ranges in which rows are counted
     * @param isDeleted whether a field says that the source has deleted its row, which does not count then
     * @return one for each range; null if the database takes longer than the connection allows
     */
    @Nullable
    List<RangeTally> tally(List<Comparable> from, BitSet wanted, Predicate<@Nullable Object> isDeleted);

    /** Starts reading the rows of some ranges. */
    SourceRows open(List<Comparable> from, BitSet wanted);

    /** Whether every statement of a session sees the same state of the database. */
    boolean isOneState();
}
