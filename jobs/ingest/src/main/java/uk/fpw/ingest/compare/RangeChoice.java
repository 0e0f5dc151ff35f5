package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the ranges of a cursor that a load compares: the newest, where a restored source differs, then those compared
 * longest ago, as many as the budget allows, and more if a range would otherwise not be compared for more than a week.
 */
final class RangeChoice {

    /** Number of days within which every range is compared, if the feed is loaded daily. */
    private static final int DAYS = 7;

    private RangeChoice() {}

    /**
     * Chooses ranges.
     *
     * @param comparedOn business date of the last comparison of each range; null if never compared
     * @param counts number of current rows in each range
     * @param budget maximum number of rows to compare
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
