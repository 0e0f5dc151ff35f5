package uk.fpw.warehouse.store.load.key;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import uk.fpw.warehouse.store.load.current.CurrentRows;

/** Places of rows in the files of {@link CurrentRows}: a bit for each row of a file that has any. */
public final class RowPlaces {

    private final Map<Integer, BitSet> files = new HashMap<>();

    /** Takes the place of a row. */
    public void add(long place) {
        files.computeIfAbsent(RowLocation.file(place), first -> new BitSet())
                .set(Math.toIntExact(RowLocation.position(place)));
    }

    /** Whether a row is at a place that was taken. */
    public boolean contains(long place) {
        BitSet positions = files.get(RowLocation.file(place));
        return positions != null && positions.get(Math.toIntExact(RowLocation.position(place)));
    }

    /** Whether no place was taken. */
    public boolean isEmpty() {
        return files.isEmpty();
    }
}
