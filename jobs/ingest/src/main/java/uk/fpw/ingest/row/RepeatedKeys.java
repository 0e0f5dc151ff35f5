package uk.fpw.ingest.row;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.load.IndexMemory;
import uk.fpw.warehouse.load.KeyIndex;
import uk.fpw.warehouse.load.RefusedRow;
import uk.fpw.warehouse.load.RefusedRow.Code;

/**
 * Which keys some rows of an extract hold more than once, and whether always with the same content. All rows are added
 * first and then queried, since the first row of a key can only be loaded depending on the last. Memory: that of a
 * {@link KeyIndex} over the keys of these rows.
 */
public final class RepeatedKeys {

    private static final long IDENTICAL = 1;
    private static final long DIFFERENT = 2;
    private static final int LINE_SHIFT = 2;

    private final KeyIndex index;
    private final String numbering;
    private boolean isAnyRepeated;

    /**
     * Empty.
     *
     * @param numbering what the number of a row is: {@code line} or {@code row}
     * @param memory of which its index is made, until {@link #release}
     * @param rows how many will be noted, at most
     */
    public RepeatedKeys(String numbering, IndexMemory memory, long rows) {
        this.index = new KeyIndex(memory, rows);
        this.numbering = numbering;
    }

    /**
     * Notes a row.
     *
     * @param contentHash of everything that was read of it
     */
    public void note(String key, long line, long contentHash) {
        int place = index.find(key);
        if (place < 0) {
            index.put(key, contentHash, line << LINE_SHIFT);
        } else {
            isAnyRepeated = true;
            index.second(place, index.second(place) | (index.first(place) == contentHash ? IDENTICAL : DIFFERENT));
        }
    }

    /** Whether a row with that key was noted. */
    public boolean holds(String key) {
        return index.find(key) >= 0;
    }

    /** Removes every key and frees the memory. */
    public void release() {
        index.release();
    }

    /** Why a row cannot be loaded because of other rows with its key and different content; null if there are none. */
    public @Nullable RefusedRow refused(String key, long line) {
        int place = isAnyRepeated ? index.find(key) : -1;
        if (place < 0) {
            return null;
        }
        long state = index.second(place);
        long firstLine = state >>> LINE_SHIFT;
        boolean isFirst = firstLine == line;
        if ((state & DIFFERENT) != 0) {
            return new RefusedRow(
                    line,
                    key,
                    null,
                    Code.KEY_REPEATED,
                    isFirst
                            ? "a later row has the same key with other values; none of them is loaded"
                            : (numbering.equals("row") ? "row " : "the row in " + numbering + " ") + firstLine
                                    + " has the same key; the rows differ, so none of them is loaded",
                    null);
        }
        return null;
    }

    /** Whether the row is an exact duplicate of an earlier one, and no row has its key with different content. */
    public boolean isRepeat(String key, long line) {
        int place = isAnyRepeated ? index.find(key) : -1;
        if (place < 0) {
            return false;
        }
        long state = index.second(place);
        return (state & DIFFERENT) == 0 && (state & IDENTICAL) != 0 && state >>> LINE_SHIFT != line;
    }
}
