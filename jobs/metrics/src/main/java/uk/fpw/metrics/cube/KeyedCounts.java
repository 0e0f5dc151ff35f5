package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntMaps;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/** Counts by one number, such as a day, or by two of them. */
public final class KeyedCounts {

    private static final int WORD = 32;

    private KeyedCounts() {}

    /** No counts: 0 for every key. */
    static Long2IntOpenHashMap none() {
        return new Long2IntOpenHashMap();
    }

    /** No largest values yet: {@link QueueSpec#NONE} for every key. */
    static Long2IntOpenHashMap noMaxima() {
        Long2IntOpenHashMap maxima = new Long2IntOpenHashMap();
        maxima.defaultReturnValue(QueueSpec.NONE);
        return maxima;
    }

    /** One key of two numbers. */
    public static long key(int high, int low) {
        return ((long) high << WORD) | (low & 0xFFFF_FFFFL);
    }

    /** The first number of a key. */
    public static int high(long key) {
        return (int) (key >> WORD);
    }

    /** The second number of a key. */
    public static int low(long key) {
        return (int) key;
    }

    /** Counts one key more often. */
    static void add(Long2IntOpenHashMap counts, long key, int by) {
        // the sum is computed again for its check, which is cheaper than looking up the key twice
        Math.addExact(counts.addTo(key, by), by);
    }

    /** Adds the counts of another place. */
    static void addAll(Long2IntOpenHashMap counts, Long2IntMap others) {
        // keys come in the order of their hashes, which would crowd in the first places of a smaller table
        counts.ensureCapacity(others.size());
        for (Long2IntMap.Entry other : Long2IntMaps.fastIterable(others)) {
            add(counts, other.getLongKey(), other.getIntValue());
        }
    }

    /** The running sum before a key, from changes by key. */
    public static long before(Long2IntMap changes, long key) {
        long sum = 0;
        for (Long2IntMap.Entry change : Long2IntMaps.fastIterable(changes)) {
            if (change.getLongKey() < key) {
                sum += change.getIntValue();
            }
        }
        return sum;
    }

    /** Keeps the larger of the value that is there and this one. */
    static void max(Long2IntOpenHashMap maxima, long key, int value) {
        maxima.mergeInt(key, value, Math::max);
    }

    /** Keeps the larger values of both. */
    static void maxAll(Long2IntOpenHashMap maxima, Long2IntMap others) {
        maxima.ensureCapacity(others.size());
        for (Long2IntMap.Entry other : Long2IntMaps.fastIterable(others)) {
            max(maxima, other.getLongKey(), other.getIntValue());
        }
    }

    /** The keys, ascending. */
    public static long[] keys(Long2IntMap counts) {
        long[] keys = counts.keySet().toLongArray();
        Arrays.sort(keys);
        return keys;
    }
}
