package uk.fpw.ingest.bucket;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * A row of an extract as read, before comparing it with others. At most one of version and refusal is not null; a row
 * with neither is marked as deleted.
 *
 * @param number 1-based position in the extract
 * @param line line in the file, or row number in the extract
 * @param key canonical key; null if it is empty or cannot be read. In a feed whose rows have no key, the common part of
 *     the keys of all rows with the same content
 * @param contentHash hash of everything read from the row; equal for equal rows
 * @param isMissedByCursor whether an incremental read would have missed it
 * @param version version to store
 * @param refused reason why it cannot be stored
 * @param order value of the feed's order column as a number, higher for later versions; {@link #UNKNOWN_ORDER} if it is
 *     missing or unreadable or the feed has no such column
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

    /** Order of a row that may or may not be the latest of its key. */
    public static final long UNKNOWN_ORDER = Long.MAX_VALUE;

    /** Whether the source marks the row as deleted. */
    public boolean isMarkedDeleted() {
        return version == null && refused == null;
    }
}
