package uk.fpw.ingest.row;

import java.util.List;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyIndex;
import uk.fpw.warehouse.store.load.key.KeyText;

/**
 * Keys of rows that have none of their own: 16 bytes of a keyed hash of all that is loaded of a row, and its place
 * among the rows of the extract that say the same, from 1. Which of equal rows has which place does not matter; where
 * there is one fewer than before, the highest place is missing. Memory: that of a {@link KeyIndex} over the different
 * rows that are counted. Not for several threads.
 */
public final class RowKeys {

    private final KeyIndex places;

    /**
     * Empty.
     *
     * @param memory of which its index is made, until {@link #release}
     * @param rows how many will be counted, at most
     */
    public RowKeys(IndexMemory memory, long rows) {
        this.places = new KeyIndex(memory, rows);
    }

    /**
     * The key of the next row.
     *
     * @param ofContent what the keys of all rows with its content have in common
     */
    public String next(String ofContent) {
        int found = places.find(ofContent);
        long place = 1 + (found < 0 ? 0 : places.first(found));
        places.put(ofContent, place, 0);
        return KeyText.of(List.of(ofContent, place));
    }

    /** Removes every row and frees the memory. */
    public void release() {
        places.release();
    }
}
