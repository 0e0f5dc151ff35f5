package uk.fpw.ingest.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.CursorRow;
import uk.fpw.ingest.source.Gap;

/**
 * Whole numbers that come in any order, as runs without a gap between them that is larger than allowed. The lowest run, or the one that holds what was known before, is that up to which a
 * watermark may rise. Memory: that of the runs, of which no more than 100,000 are told apart, and of no more than 100,000 named rows; a watermark stays below the others.
 */
final class NumberRuns {

    private static final int MOST_RUNS = 100_000;

    /** Rows that are named in all runs together; keys are far larger than numbers. */
    private static final int MOST_NAMED = 100_000;

    private final long allowed;
    private final TreeMap<Long, Run> runs = new TreeMap<>();
    private @Nullable Run latest;
    private @Nullable Gap beyond;
    private long named;

    private static final class Run {
        final long lowest;
        final LatestRows rows = new LatestRows();
        long highest;
        long count;

        @Nullable
        Long highestSeen;

        Run(long lowest, long highest) {
            this.lowest = lowest;
            this.highest = highest;
        }

        void see(long value) {
            count++;
            highest = Math.max(highest, value);
            highestSeen = highestSeen == null ? value : Math.max(highestSeen, value);
        }

        void take(Run other) {
            count += other.count;
            highest = Math.max(highest, other.highest);
            if (other.highestSeen != null && (highestSeen == null || other.highestSeen > highestSeen)) {
                highestSeen = other.highestSeen;
            }
            rows.addAll(other.rows);
        }
    }

    /**
     * No numbers yet.
     *
     * @param known up to where changes are known, from where no gap is counted below; null if nothing is
     * @param allowed the largest gap within a run
     */
    NumberRuns(@Nullable Long known, long allowed) {
        this.allowed = allowed;
        if (known != null) {
            runs.put(Long.MIN_VALUE, new Run(Long.MIN_VALUE, known));
        }
    }

    /** Takes a number. */
    void see(long value) {
        latest = null;
        if (beyond != null && value >= beyond.first()) {
            beyond = new Gap(beyond.after(), beyond.first(), beyond.rows() + 1);
            return;
        }
        Map.Entry<Long, Run> below = runs.floorEntry(value);
        Run run = below != null && isNear(below.getValue().highest, value) ? below.getValue() : new Run(value, value);
        run.see(value);
        runs.putIfAbsent(run.lowest, run);
        Map.Entry<Long, Run> above = runs.higherEntry(run.lowest);
        if (above != null && isNear(run.highest, above.getKey())) {
            runs.remove(above.getKey());
            named -= run.rows.size() + above.getValue().rows.size();
            run.take(above.getValue());
            named += run.rows.size();
        }
        latest = run;
        keepBounds();
    }

    /** Tells the highest runs apart no longer, where there are too many. */
    private void keepBounds() {
        while (runs.size() > MOST_RUNS || (named > MOST_NAMED && runs.size() > 1)) {
            Run last = runs.pollLastEntry().getValue();
            named -= last.rows.size();
            beyond = new Gap(last.lowest, last.lowest, last.count + (beyond == null ? 0 : beyond.rows()));
            latest = last == latest ? null : latest;
        }
    }

    /** Names the row of the number that was taken last. */
    void key(long value, String key) {
        if (latest != null) {
            int before = latest.rows.size();
            latest.rows.add(value, key);
            named += latest.rows.size() - before;
            keepBounds();
        }
    }

    /** The highest number that was taken and is not above a gap; null if there is none. */
    @Nullable
    Long highest() {
        return runs.isEmpty() ? null : runs.firstEntry().getValue().highestSeen;
    }

    /** The rows of the highest numbers that are not above a gap. */
    List<CursorRow> latestRows() {
        return runs.isEmpty() ? List.of() : runs.firstEntry().getValue().rows.ascending();
    }

    /** The lowest gap; null if there is none. */
    @Nullable
    Gap gap() {
        if (runs.isEmpty()) {
            return null;
        }
        Run first = runs.firstEntry().getValue();
        Map.Entry<Long, Run> second = runs.higherEntry(first.lowest);
        if (second == null) {
            return beyond == null ? null : new Gap(first.highest, beyond.first(), beyond.rows());
        }
        long above = runs.values().stream().mapToLong(run -> run.count).sum() - first.count;
        return new Gap(first.highest, second.getKey(), above + (beyond == null ? 0 : beyond.rows()));
    }

    private boolean isNear(long lower, long higher) {
        return lower > Long.MAX_VALUE - allowed || higher <= lower + allowed;
    }
}
