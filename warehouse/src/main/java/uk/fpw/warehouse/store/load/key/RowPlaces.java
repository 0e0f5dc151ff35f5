package uk.fpw.warehouse.store.load.key;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import uk.fpw.warehouse.store.load.current.CurrentRows;

/** A set of row locations in the files of {@link CurrentRows}: a bit set per file. */
public final class RowPlaces {

    private final Map<Integer, BitSet> files = new HashMap<>();

    /** Adds a location. */
    public void add(long place) {
        files.computeIfAbsent(RowLocation.file(place), first -> new BitSet())
                .set(Math.toIntExact(RowLocation.position(place)));
    }

    /** Whether a location is in the set. */
    public boolean contains(long place) {
        BitSet positions = files.get(RowLocation.file(place));
        return positions != null && positions.get(Math.toIntExact(RowLocation.position(place)));
    }

    /** Whether the set is empty. */
    public boolean isEmpty() {
        return files.isEmpty();
    }
}
