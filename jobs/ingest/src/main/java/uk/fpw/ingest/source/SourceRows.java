package uk.fpw.ingest.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of a source's rows. */
public interface SourceRows extends AutoCloseable {

    /** The next row; null at the end. */
    @Nullable
    SourceRow next();

    /** Fields that every row must have. */
    int width();

    /** Letters of the feed's columns in a worksheet, by which a message names a cell; empty elsewhere. */
    default List<String> cellColumns() {
        return List.of();
    }

    /**
     * SHA-256 (hex) of a file, or of the sum of the hashes of its rows; equal for readings of the same rows. Must
     * be called after the last row.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code UNAVAILABLE} if the source changed while it was read
     */
    String digest();

    /**
     * Merges the result of another range of the same state of the source, both read
     * to their ends.
     */
    default void include(SourceRows range) {
        throw new UnsupportedOperationException("a read without ranges");
    }

    /** Has a reading fail that is under way in another thread. */
    default void cancel() {}

    /**
     * Highest value of the feed's cursor, known or read so far, not later than the business date and not above
     * a gap; null if there is none.
     */
    default @Nullable String highest() {
        return null;
    }

    /**
     * Whether there is a watermark, and every value of the cursor read so far is below the
     * start of the incremental read.
     */
    default boolean isBehind() {
        return false;
    }

    /** The gap of the cursor above which rows were read so far; null if there is none. */
    default @Nullable CursorGap gap() {
        return null;
    }

    @Override
    void close();
}
