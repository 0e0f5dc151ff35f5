package uk.fpw.publish.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has publications and the rule printed with them, and works out what every count can have been: an
 * interval per count, narrowed by everything that is known until nothing more follows.
 */
final class Intruder {

    private static final long UNKNOWN = 1_000_000;

    private final Map<String, long[]> intervals = new LinkedHashMap<>();
    private final List<Runnable> relations = new ArrayList<>();
    private boolean hasNarrowed;

    /** A count of which nothing is known. */
    void unknown(String cell) {
        intervals.put(cell, new long[] {0, UNKNOWN});
    }

    /** A count that was published, rounded to the nearest 5, or, if null, left out because it is below a limit. */
    void published(String cell, @Nullable Long value, long limit) {
        intervals.put(
                cell, value == null ? new long[] {0, limit - 1} : new long[] {Math.max(limit, value - 2), value + 2});
    }

    /** A count is at most the sum of others: some of them overlap. */
    void isAtMostTheSum(String whole, String... parts) {
        relations.add(() -> {
            atMost(whole, Arrays.stream(parts).mapToLong(this::high).sum());
            for (String part : parts) {
                long others = Arrays.stream(parts)
                        .filter(other -> !other.equals(part))
                        .mapToLong(this::high)
                        .sum();
                atLeast(part, low(whole) - others);
            }
        });
    }

    /** A count is the sum of others. */
    void isTheSum(String whole, String... parts) {
        isAtMostTheSum(whole, parts);
        relations.add(() -> {
            atLeast(whole, Arrays.stream(parts).mapToLong(this::low).sum());
            for (String part : parts) {
                long others = Arrays.stream(parts)
                        .filter(other -> !other.equals(part))
                        .mapToLong(this::low)
                        .sum();
                atMost(part, high(whole) - others);
            }
        });
    }

    /** A count is known. */
    void known(String cell, long count) {
        intervals.put(cell, new long[] {count, count});
    }

    /** At least one of the counts is below a limit: if no other can be, this one is. */
    void oneIsBelow(long limit, String... cells) {
        relations.add(() -> {
            List<String> possible =
                    Arrays.stream(cells).filter(cell -> low(cell) < limit).toList();
            if (possible.size() == 1) {
                atMost(possible.get(0), limit - 1);
            }
        });
    }

    /** Draws every conclusion. */
    void conclude() {
        do {
            hasNarrowed = false;
            relations.forEach(Runnable::run);
        } while (hasNarrowed);
    }

    long low(String cell) {
        return interval(cell)[0];
    }

    long high(String cell) {
        return interval(cell)[1];
    }

    private long[] interval(String cell) {
        long[] interval = intervals.get(cell);
        if (interval == null) {
            throw new IllegalArgumentException(cell);
        }
        return interval;
    }

    private void atLeast(String cell, long low) {
        long[] interval = interval(cell);
        if (low > interval[0]) {
            interval[0] = low;
            hasNarrowed = true;
        }
    }

    private void atMost(String cell, long high) {
        long[] interval = interval(cell);
        if (high < interval[1]) {
            interval[1] = high;
            hasNarrowed = true;
        }
    }
}
