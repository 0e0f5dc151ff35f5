package uk.fpw.ingest.row;

import java.util.List;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyIndex;
import uk.fpw.warehouse.store.load.key.KeyText;

/**
 * Generates keys of rows without a key: 16 bytes of a keyed hash of all loaded values, and a number from 1 that
 * distinguishes rows with the same values. It does not matter which of equal rows has which number; if there is one row
 * fewer than before, the highest number is missing. Uses the memory of a {@link KeyIndex} over the distinct rows. Not
 * thread-safe.
 */
public final class RowKeys {

    private final KeyIndex places;

    /**
     * A new generator.
     *
     * @param memory memory for the index, until {@link #release}
     * @param rows maximum number of rows
     */
    public RowKeys(IndexMemory memory, long rows) {
        this.places = new KeyIndex(memory, rows);
    }

    /**
     * The key of the next row.
     *
     * @param ofContent common part of the keys of all rows with the same content
     */
    public String next(String ofContent) {
        int found = places.find(ofContent);
        long place = 1 + (found < 0 ? 0 : places.first(found));
        places.put(ofContent, place, 0);
        return KeyText.of(List.of(ofContent, place));
    }

    /** Removes all rows and releases the memory. */
    public void release() {
        places.release();
    }
}
