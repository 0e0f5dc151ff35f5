package uk.fpw.ingest.bucket;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * One row of an extract as read, before it is compared with others. At most one of version and refusal is not
 * null; a row without either is marked as deleted.
 *
 * @param number place in the extract, from 1
 * @param line line in the file, or its number in the extract
 * @param key canonical key; null if it is empty or cannot be read. In a feed whose rows have no key, what
 *     all rows with the same content have in common
 * @param contentHash of everything that was read of the row; equal rows have equal ones
 * @param isMissedByCursor whether it would not have been read if only changes were
 * @param version what is to be stored
 * @param refused why it cannot be stored
 * @param order value of the feed's order column, as a number that is the higher the later; {@link #UNKNOWN_ORDER} if
 *     the row has none or it cannot be read, or the feed has no such column
 */
public record ExtractedRow(
        long number,
        long line,
        @Nullable String key,
        long contentHash,
        boolean isMissedByCursor,
        @Nullable RowVersion version,
        @Nullable RefusedRow refused,
        long order) {

    /** Order of a row of which it is not known whether it is the latest of its key. */
    public static final long UNKNOWN_ORDER = Long.MAX_VALUE;

    /** A row of a feed without an order column. */
    public ExtractedRow(
            long number,
            long line,
            @Nullable String key,
            long contentHash,
            boolean isMissedByCursor,
            @Nullable RowVersion version,
            @Nullable RefusedRow refused) {
        this(number, line, key, contentHash, isMissedByCursor, version, refused, UNKNOWN_ORDER);
    }

    /** Whether the source says of the row that it has been deleted there. */
    public boolean isMarkedDeleted() {
        return version == null && refused == null;
    }
}
