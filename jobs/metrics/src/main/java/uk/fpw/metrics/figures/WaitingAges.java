package uk.fpw.metrics.figures;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;

/**
 * How many items wait, by day of first entry, from period to period. The changes of each period are added to a tree
 * of partial sums (P. M. Fenwick, <em>A New Data Structure for Cumulative Frequency Tables</em>, 1994), from which
 * the age at any rank is read.
 */
final class WaitingAges {

    private final KeyedCounts changes;
    private final long[] keys;
    private int next;

    /** Days of first entry, ascending. */
    private final int[] starts;

    /**
     * Partial sums of the numbers waiting, from the latest start to the earliest, so that ages ascend; indexed from
     * 1.
     */
    private final long[] sums;

    private long waiting;
    private long sumOfStarts;

    /** @param changes changes by number of the period and day of first entry */
    WaitingAges(KeyedCounts changes) {
        this.changes = changes;
        this.keys = changes.keys();
        this.starts = Arrays.stream(keys)
                .mapToInt(KeyedCounts::low)
                .sorted()
                .distinct()
                .toArray();
        this.sums = new long[starts.length + 1];
    }

    /** Adds the changes up to and including a period. */
    void advanceTo(int period) {
        while (next < keys.length && KeyedCounts.high(keys[next]) <= period) {
            int start = KeyedCounts.low(keys[next]);
            int by = changes.get(keys[next++]);
            waiting += by;
            sumOfStarts += (long) by * start;
            for (int i = starts.length - Arrays.binarySearch(starts, start); i < sums.length; i += i & -i) {
                sums[i] += by;
            }
        }
    }

    /**
     * Median age in days at the end of a day, the mean of the middle two if their number is even; null if nothing
     * waits.
     */
    @Nullable
    Double median(int day) {
        return waiting == 0 ? null : (age(day, (waiting - 1) / 2) + age(day, waiting / 2)) / 2.0;
    }

    /** Mean age in days at the end of a day; null if nothing waits. */
    @Nullable
    Double mean(int day) {
        return waiting == 0 ? null : (double) (waiting * day - sumOfStarts) / waiting;
    }

    /** The age at a rank; rank 0 is the youngest. */
    private int age(int day, long rank) {
        int at = 0;
        long left = rank;
        for (int step = Integer.highestOneBit(Math.max(1, starts.length)); step > 0; step >>= 1) {
            if (at + step < sums.length && sums[at + step] <= left) {
                at += step;
                left -= sums[at];
            }
        }
        return day - starts[starts.length - 1 - at];
    }
}
