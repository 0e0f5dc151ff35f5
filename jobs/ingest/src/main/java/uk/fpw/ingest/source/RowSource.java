package uk.fpw.ingest.source;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.store.ledger.feed.SourceColumns;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity;
import uk.fpw.warehouse.store.load.Watermark;

/** Where the rows of a feed come from on one business date. Read once in a load. */
public interface RowSource extends AutoCloseable {

    /** The feed. */
    Feed feed();

    /** Name by which {@code ops} remembers it: of a file, of a table, or of a file that holds a query. */
    String name();

    /** Where it is, at the beginning of a message. */
    String place();

    /** What it is, within a message: {@code the file}, {@code the table}, {@code the query}. */
    String what();

    /** What the number of a row is: a {@code line} of a file, or a {@code row}. */
    String numbering();

    /** Name of the feed's definition, for messages. */
    default String definition() {
        return "feeds/" + feed().name() + ".yml";
    }

    /**
     * Says up to where changes are known. Without it, or if a source cannot read incrementally, everything is read.
     *
     * @param readAll whether everything is read all the same, to be compared
     */
    default void changedSince(Watermark watermark, boolean readAll) {}

    /**
     * What the source holds of another date, if that is still there; null if it is not, or if the source holds one
     * state only.
     */
    default @Nullable RowSource ofDate(LocalDate date) {
        return null;
    }

    /**
     * The date of the source as it was read, by anything but the rows that were read; null if nothing dates it. For
     * feeds that limit their age.
     */
    default @Nullable LocalDate date(Freshness freshness) {
        return null;
    }

    /** Whether only what has changed is read, so that few rows or none are nothing unusual. */
    default boolean readsChangesOnly() {
        return false;
    }

    /**
     * Every column that the source has, whether the feed lists it or not; none if a column that the feed does not list
     * is refused, as in files.
     */
    default List<SourceColumns.Column> columns() {
        return List.of();
    }

    /** Starts a read, after checking that the source matches the feed. */
    SourceRows open();

    /**
     * Starts one read, or several that can run in parallel threads: each of a range of the rows, all of the
     * same state of the source. In their order they return the rows that {@link #open} does.
     */
    default List<SourceRows> openRanges() {
        return List.of(open());
    }

    /** Reads the rows whose cursor is not below a value, in ISO format, or missing; for sources that have a cursor. */
    default SourceRows openFrom(String cursor) {
        throw new UnsupportedOperationException(place() + " has no cursor");
    }

    /**
     * The highest value of the cursor below the start of the incremental read, in ISO format; null if
     * there is none. For sources that have a cursor.
     */
    default @Nullable String highestBelow() {
        throw new UnsupportedOperationException(place() + " has no cursor");
    }

    /** Which database it is, for sources that have a cursor; null if it does not say so. */
    default SourceContinuity.@Nullable Identity identity() {
        return null;
    }

    /** Its rows by ranges of the cursor; null unless a read of changes has begun. */
    default @Nullable SourceRanges ranges() {
        return null;
    }

    /** Ends the session with the source, if there is one. */
    @Override
    default void close() {}
}
