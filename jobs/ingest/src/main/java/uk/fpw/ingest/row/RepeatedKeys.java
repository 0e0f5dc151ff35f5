package uk.fpw.ingest.row;

import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRow;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.RefusedRow.Code;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyIndex;

/**
 * Finds keys that occur more than once among rows of an extract, whether always with the same content, and which row is
 * the latest if the feed has an order column. All rows are added before the first query, since the last row of a key
 * may decide whether the first can be loaded. Uses the memory of a {@link KeyIndex} over the keys, or of two with an
 * order column.
 */
public final class RepeatedKeys {

    private static final long IDENTICAL = 1;
    private static final long DIFFERENT = 2;
    private static final int LINE_SHIFT = 2;

    /** By key, the content hash and first line of the latest row. */
    private final KeyIndex index;

    /** By key, the highest order of its rows; null without an order column. */
    private final @Nullable KeyIndex orders;

    private final String numbering;
    private final @Nullable String order;
    private boolean isAnyRepeated;

    /**
     * An empty collection.
     *
     * @param numbering meaning of row numbers: {@code line} or {@code row}
     * @param order the feed's order column; null if it has none
     * @param memory memory for the indexes, until {@link #release}
     * @param rows maximum number of rows
     */
    public RepeatedKeys(String numbering, @Nullable String order, IndexMemory memory, long rows) {
        this.index = new KeyIndex(memory, rows);
        this.orders = order == null ? null : new KeyIndex(memory, rows);
        this.numbering = numbering;
        this.order = order;
    }

    /**
     * Adds a row.
     *
     * @param contentHash hash of everything read from the row
     * @param rowOrder see {@link ExtractedRow#order}
     */
    public void note(String key, long line, long contentHash, long rowOrder) {
        int place = index.find(key);
        if (place < 0) {
            first(key, line, contentHash, rowOrder);
            return;
        }
        isAnyRepeated = true;
        long latest = latest(key);
        if (rowOrder == latest) {
            index.second(place, index.second(place) | (index.first(place) == contentHash ? IDENTICAL : DIFFERENT));
        } else if (rowOrder == ExtractedRow.UNKNOWN_ORDER || latest == ExtractedRow.UNKNOWN_ORDER) {
            index.second(place, index.second(place) | DIFFERENT);
            order(key, ExtractedRow.UNKNOWN_ORDER);
        } else if (rowOrder > latest) {
            first(key, line, contentHash, rowOrder);
        }
    }

    private void first(String key, long line, long contentHash, long rowOrder) {
        index.put(key, contentHash, line << LINE_SHIFT);
        order(key, rowOrder);
    }

    private void order(String key, long value) {
        if (orders != null) {
            orders.put(key, value, 0);
        }
    }

    /** The highest order of the rows of a key; unknown if that of any row is. */
    private long latest(String key) {
        return orders == null ? ExtractedRow.UNKNOWN_ORDER : orders.first(orders.find(key));
    }

    /** Whether another row with that key is later. */
    public boolean isSuperseded(String key, long rowOrder) {
        return isAnyRepeated
                && rowOrder != ExtractedRow.UNKNOWN_ORDER
                && latest(key) != ExtractedRow.UNKNOWN_ORDER
                && rowOrder < latest(key);
    }

    /** Whether a row with that key was added. */
    public boolean holds(String key) {
        return index.find(key) >= 0;
    }

    /** Removes all keys and releases the memory. */
    public void release() {
        index.release();
        if (orders != null) {
            orders.release();
        }
    }

    /** Why a row cannot be loaded because of other rows with its key but different content; null if there are none. */
    public @Nullable RefusedRow refused(String key, long line) {
        int place = isAnyRepeated ? index.find(key) : -1;
        if (place < 0) {
            return null;
        }
        long state = index.second(place);
        long firstLine = state >>> LINE_SHIFT;
        return (state & DIFFERENT) == 0
                ? null
                : new RefusedRow(line, key, null, Code.KEY_REPEATED, contradiction(key, firstLine, line), null);
    }

    private String contradiction(String key, long firstLine, long line) {
        if (orders != null && latest(key) == ExtractedRow.UNKNOWN_ORDER) {
            return "several rows have the key, and " + order + " of one of them is not known; none of them is loaded";
        }
        String same = orders == null ? "the same key" : "the same key and the same " + order;
        return firstLine == line
                ? "a later row has " + same + (orders == null ? " with" : ", with")
                        + " other values; none of them is loaded"
                : (numbering.equals("row") ? "row " : "the row in " + numbering + " ") + firstLine + " has " + same
                        + "; the rows differ, so none of them is loaded";
    }

    /** Whether the row is an exact duplicate of an earlier one and all rows with its key have the same content. */
    public boolean isRepeat(String key, long line) {
        int place = isAnyRepeated ? index.find(key) : -1;
        if (place < 0) {
            return false;
        }
        long state = index.second(place);
        return (state & DIFFERENT) == 0 && (state & IDENTICAL) != 0 && state >>> LINE_SHIFT != line;
    }
}
