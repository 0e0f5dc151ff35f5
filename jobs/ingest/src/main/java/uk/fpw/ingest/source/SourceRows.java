package uk.fpw.ingest.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of a source. */
public interface SourceRows extends AutoCloseable {

    /** The next row; null at the end. */
    @Nullable
    SourceRow next();

    /** Number of fields that every row must have. */
    int width();

    /** Letters of the feed's columns in a worksheet, for messages about cells; empty for other sources. */
    default List<String> cellColumns() {
        return List.of();
    }

    /**
     * SHA-256 (hex) of a file or of the sum of row hashes, equal for readings of the same rows. Must be called after
     * the last row.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code UNAVAILABLE} if the source changed while it was read
     */
    String digest();

    /** Merges the result of another range of the same state of the source; both must have been read to their ends. */
    default void include(SourceRows range) {
        throw new UnsupportedOperationException("a read without ranges");
    }

    /** Makes a reading that is running in another thread fail. */
    default void cancel() {}

    /**
     * Highest cursor value, known or read so far, that is neither after the business date nor above a gap; null if
     * there is none.
     */
    default @Nullable String highest() {
        return null;
    }

    /** Whether there is a watermark and all cursor values read so far are below the start of the incremental read. */
    default boolean isBehind() {
        return false;
    }

    /** The gap of the cursor above which rows have been read so far; null if there is none. */
    default @Nullable CursorGap gap() {
        return null;
    }

    @Override
    void close();
}
