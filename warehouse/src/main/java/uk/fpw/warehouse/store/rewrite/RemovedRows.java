package uk.fpw.warehouse.store.rewrite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The positions of removed rows in the data files of a table. */
final class RemovedRows {

    private static final int[] NONE = new int[0];

    /** Ascending positions by location of the file. */
    private final Map<String, int[]> byFile = new HashMap<>();

    private final Set<String> emptied = new HashSet<>();

    /** Adds the removed rows of a file, by its old location and in ascending order. */
    void put(String location, int[] positions, boolean isEmptied) {
        if (positions.length > 0) {
            byFile.put(location, positions.clone());
        }
        if (isEmptied) {
            emptied.add(location);
        }
    }

    /** Whether no row of a file remains; it is not written again. */
    boolean isEmptied(String location) {
        return emptied.contains(location);
    }

    /** Number of rows that all files have lost. */
    long count() {
        return byFile.values().stream().mapToLong(positions -> positions.length).sum();
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return byFile.isEmpty();
    }

    /** Number of rows that a file has lost. */
    int count(String location) {
        return byFile.getOrDefault(location, NONE).length;
    }

    /** The position of a row after the removal; -1 if it was removed. */
    long position(String location, long before) {
        int place = Arrays.binarySearch(byFile.getOrDefault(location, NONE), Math.toIntExact(before));
        return place >= 0 ? -1 : before - (-place - 1);
    }
}
