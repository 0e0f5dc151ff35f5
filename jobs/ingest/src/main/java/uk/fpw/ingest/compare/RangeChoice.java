package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which ranges of a cursor a load compares: the newest one, in which a restored source differs, then those that were
 * compared longest ago, as many as the budget allows, and more where a range would be left for longer than a week.
 */
final class RangeChoice {

    /** Days within which every range is compared, if the feed is loaded on each. */
    private static final int DAYS = 7;

    private RangeChoice() {}

    /**
     * Chooses.
     *
     * @param comparedOn when each range was compared last; null if never
     * @param counts current rows of each range
     * @param budget rows that a load may compare
     */
    static BitSet choose(List<@Nullable LocalDate> comparedOn, List<Long> counts, long budget, LocalDate businessDate) {
        int ranges = counts.size();
        List<Integer> order = IntStream.range(0, ranges - 1)
                .boxed()
                .sorted(Comparator.comparing(
                        comparedOn::get, Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder())))
                .toList();
        BitSet chosen = new BitSet();
        chosen.set(ranges - 1);
        long rows = counts.get(ranges - 1);
        int share = 1 + (ranges - 1 + DAYS - 1) / DAYS;
        for (int range : order) {
            LocalDate last = comparedOn.get(range);
            boolean isDue = last != null && !last.plusDays(DAYS).isAfter(businessDate);
            rows += counts.get(range);
            if (isDue || chosen.cardinality() < share || rows <= budget) {
                chosen.set(range);
            }
        }
        return chosen;
    }
}
