package uk.fpw.ingest.source;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.store.ledger.feed.SourceColumns;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity;
import uk.fpw.warehouse.store.load.Watermark;

/** The source of a feed's rows on a business date. Read once per load. */
public interface RowSource extends AutoCloseable {

    Feed feed();

    /** Name recorded in {@code ops}: of a file, a table, or the file of a query. */
    String name();

    /** Its place, for the start of messages. */
    String place();

    /** What it is, for use within messages: {@code the file}, {@code the table}, {@code the query}. */
    String what();

    /** Meaning of row numbers: a {@code line} of a file, or a {@code row}. */
    String numbering();

    /** Name of the feed's definition, for messages. */
    default String definition() {
        return "feeds/" + feed().name() + ".yml";
    }

    /**
     * Sets the watermark for an incremental read. Without it, or if a source cannot read incrementally, everything is
     * read.
     *
     * @param readAll whether to read everything nevertheless, for comparison
     */
    default void changedSince(Watermark watermark, boolean readAll) {}

    /**
     * The source of another date, if it still exists; null if it does not or if the source has only its present state.
     */
    default @Nullable RowSource ofDate(LocalDate date) {
        return null;
    }

    /** The date of the source, other than by its rows; null if there is none. For feeds that limit the age of data. */
    default @Nullable LocalDate date(Freshness freshness) {
        return null;
    }

    /** Whether only changes are read, so that few rows or none are not suspicious. */
    default boolean readsChangesOnly() {
        return false;
    }

    /**
     * All columns of the source, whether the feed lists them or not. Empty for sources that reject unlisted columns,
     * such as files.
     */
    default List<SourceColumns.Column> columns() {
        return List.of();
    }

    /** Starts reading, after checking that the source matches the feed. */
    SourceRows open();

    /**
     * Starts one reading, or several that can run in parallel threads, each of a range of the rows in the same state of
     * the source. In order, they return the rows of {@link #open}.
     */
    default List<SourceRows> openRanges() {
        return List.of(open());
    }

    /** Reads rows with a cursor value at or above a value in ISO format, or without one. For sources with a cursor. */
    default SourceRows openFrom(String cursor) {
        throw new UnsupportedOperationException(place() + " has no cursor");
    }

    /**
     * The highest cursor value below the start of the incremental read, in ISO format; null if there is none. For
     * sources with a cursor.
     */
    default @Nullable String highestBelow() {
        throw new UnsupportedOperationException(place() + " has no cursor");
    }

    /** Identity of the database, for sources with a cursor; null if it has none. */
    default SourceContinuity.@Nullable Identity identity() {
        return null;
    }

    /** The rows by ranges of the cursor; null before an incremental read. */
    default @Nullable SourceRanges ranges() {
        return null;
    }

    /** Ends the session with the source, if there is one. */
    @Override
    default void close() {}
}
