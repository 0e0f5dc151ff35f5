package uk.fpw.profile;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts different values in bounded memory: exactly up to {@value #EXACT}, and beyond that by a sketch (UltraLogLog,
 * Ertl 2024) whose standard error is 0.6 %. At most some 300 KB.
 */
final class DistinctCount {

    /** Up to here the count is exact. */
    static final int EXACT = 8_192;

    private static final int PRECISION = 14;

    private LongOpenHashSet seen = new LongOpenHashSet();
    private @Nullable UltraLogLog sketch;

    /**
     * Notes a value by its hash.
     *
     * @return whether it is the first of its kind; false once the count is an estimate
     */
    boolean add(long hash) {
        if (sketch != null) {
            sketch.add(hash);
            return false;
        }
        boolean isNew = seen.add(hash);
        if (seen.size() > EXACT) {
            UltraLogLog begun = UltraLogLog.create(PRECISION);
            for (long each : seen) {
                begun.add(each);
            }
            sketch = begun;
            seen = new LongOpenHashSet(0);
        }
        return isNew;
    }

    /** Whether {@link #count} is exact. */
    boolean isExact() {
        return sketch == null;
    }

    /** How many different values there were. */
    long count() {
        return sketch == null ? seen.size() : Math.round(sketch.getDistinctCountEstimate());
    }
}
