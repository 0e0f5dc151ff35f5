package uk.fpw.ingest.database;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.CursorGap;

/**
 * Whole numbers in any order, as runs without gaps larger than allowed. A watermark may rise to the end of the lowest
 * run or of the run that contains the previously known value. Limited to 100,000 runs in memory; with more, a watermark
 * stays lower.
 */
final class NumberRuns {

    private static final int MAX_RUNS = 100_000;

    private final long allowed;
    private final TreeMap<Long, Run> runs = new TreeMap<>();

    private @Nullable Run latest;

    /** The lowest number in the run above the latest one that is close to it; null if there is none. */
    private @Nullable Long nearAbove;

    private @Nullable CursorGap beyond;

    private static final class Run {
        final long lowest;
        long highest;
        long count;
        long highestSeen = Long.MIN_VALUE;

        Run(long lowest, long highest) {
            this.lowest = lowest;
            this.highest = highest;
        }

        void see(long value) {
            count++;
            highest = Math.max(highest, value);
            highestSeen = Math.max(highestSeen, value);
        }
    }

    /**
     * Creates an empty set of runs.
     *
     * @param known value up to which changes are known, below which there are no gaps; null if nothing is known
     * @param allowed largest gap within a run
     */
    NumberRuns(@Nullable Long known, long allowed) {
        this.allowed = allowed;
        if (known != null) {
            runs.put(Long.MIN_VALUE, new Run(Long.MIN_VALUE, known));
        }
    }

    /** Adds a number. */
    void see(long value) {
        if (beyond != null && value >= beyond.first()) {
            beyond = new CursorGap(beyond.after(), beyond.first(), beyond.rows() + 1);
            latest = null;
            return;
        }
        Run before = latest;
        if (before != null && joinsOnly(before, value)) {
            before.see(value);
            return;
        }
        Map.Entry<Long, Run> below = runs.floorEntry(value);
        Run run = below != null && isNear(below.getValue().highest, value) ? below.getValue() : new Run(value, value);
        run.see(value);
        runs.putIfAbsent(run.lowest, run);
        joinAbove(run);
        latest = run;
        Long above = runs.higherKey(run.lowest);
        nearAbove = above == null
                ? null
                : Long.valueOf(above < Long.MIN_VALUE + allowed ? Long.MIN_VALUE : above - allowed);
        keepBounds();
    }

    /**
     * Adds the numbers of other runs with the same known number and allowed gap. The result is exact unless runs had to
     * be merged because of their number; then a watermark may stay lower.
     */
    void addAll(NumberRuns others) {
        latest = null;
        others.runs.values().forEach(this::add);
        if (others.beyond != null) {
            beyond = beyond == null
                    ? others.beyond
                    : new CursorGap(
                            Math.min(beyond.after(), others.beyond.after()),
                            Math.min(beyond.first(), others.beyond.first()),
                            beyond.rows() + others.beyond.rows());
        }
        while (beyond != null && runs.size() > 1 && runs.lastEntry().getValue().highest >= beyond.first()) {
            dropLast();
        }
        if (beyond != null && !runs.isEmpty()) {
            long reached = runs.firstEntry().getValue().highest;
            if (reached >= beyond.first() && reached < Long.MAX_VALUE) {
                beyond = new CursorGap(reached, reached + 1, beyond.rows());
            }
        }
        keepBounds();
    }

    private void add(Run other) {
        Map.Entry<Long, Run> below = runs.floorEntry(other.lowest);
        Run run = below != null && isNear(below.getValue().highest, other.lowest)
                ? below.getValue()
                : new Run(other.lowest, other.highest);
        runs.putIfAbsent(run.lowest, run);
        take(run, other);
        joinAbove(run);
    }

    /** Merges a run with the runs above that are close to it. */
    private void joinAbove(Run run) {
        Map.Entry<Long, Run> above = runs.higherEntry(run.lowest);
        while (above != null && isNear(run.highest, above.getKey())) {
            runs.remove(above.getKey());
            take(run, above.getValue());
            above = runs.higherEntry(run.lowest);
        }
    }

    private void take(Run run, Run other) {
        run.count += other.count;
        run.highest = Math.max(run.highest, other.highest);
        run.highestSeen = Math.max(run.highestSeen, other.highestSeen);
    }

    /** Merges the highest runs if there are too many. */
    private void keepBounds() {
        while (runs.size() > MAX_RUNS) {
            dropLast();
        }
    }

    private void dropLast() {
        Run last = runs.pollLastEntry().getValue();
        long first = beyond == null ? last.lowest : Math.min(last.lowest, beyond.first());
        beyond = new CursorGap(first, first, last.count + (beyond == null ? 0 : beyond.rows()));
        latest = last == latest ? null : latest;
    }

    /** The highest number that is not above a gap; null if there is none. */
    @Nullable
    Long highest() {
        Run first = runs.isEmpty() ? null : runs.firstEntry().getValue();
        return first == null || first.count == 0 ? null : Long.valueOf(first.highestSeen);
    }

    /** The lowest gap; null if there is none. */
    @Nullable
    CursorGap gap() {
        if (runs.isEmpty()) {
            return null;
        }
        Run first = runs.firstEntry().getValue();
        Map.Entry<Long, Run> second = runs.higherEntry(first.lowest);
        if (second == null) {
            return beyond == null ? null : new CursorGap(first.highest, beyond.first(), beyond.rows());
        }
        long above = runs.values().stream().mapToLong(run -> run.count).sum() - first.count;
        return new CursorGap(first.highest, second.getKey(), above + (beyond == null ? 0 : beyond.rows()));
    }

    /** Whether a number extends only the latest run, without joining it to another. */
    private boolean joinsOnly(Run run, long value) {
        return value >= run.lowest && isNear(run.highest, value) && (nearAbove == null || value < nearAbove);
    }

    private boolean isNear(long lower, long higher) {
        return lower > Long.MAX_VALUE - allowed || higher <= lower + allowed;
    }
}
