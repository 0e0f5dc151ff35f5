package uk.fpw.ingest.source;

import org.jspecify.annotations.Nullable;

/** One reading of a source's rows, in order. */
public interface SourceRows extends AutoCloseable {

    /** The next row; null at the end. */
    @Nullable
    SourceRow next();

    /** Fields that every row must have. */
    int width();

    /** SHA-256 (hex) of what was read, or a sum of such over its rows; equal for readings of the same rows. */
    String digest();

    /** Highest value of the feed's cursor read so far, not later than the business date; null if there is none. */
    default @Nullable String highest() {
        return null;
    }

    @Override
    void close();
}
