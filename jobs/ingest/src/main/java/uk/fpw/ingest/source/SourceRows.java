package uk.fpw.ingest.source;

import org.jspecify.annotations.Nullable;

/** One reading of a source's rows, in order. */
public interface SourceRows extends AutoCloseable {

    /** The next row; null at the end. */
    @Nullable
    SourceRow next();

    /** Fields that every row must have. */
    int width();

    /**
     * SHA-256 (hex) of what was read, or a sum of such over its rows; equal for readings of the same rows. To be asked after the last row.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code UNAVAILABLE} if the source changed while it was read
     */
    String digest();

    /** Highest value of the feed's cursor known before or read so far, not later than the business date and not above a gap; null if there is none. */
    default @Nullable String highest() {
        return null;
    }

    /** Whether something is known of the source's changes, and every value of the cursor read so far lies below where the reading of changes begins. */
    default boolean isBehind() {
        return false;
    }

    /** Value of the feed's cursor in the row read last, if it can become the {@link #highest}; null otherwise. */
    default @Nullable String cursor() {
        return null;
    }

    /** The gap of the cursor above which rows were read so far; null if there is none. */
    default @Nullable Gap gap() {
        return null;
    }

    @Override
    void close();
}
