package uk.fpw.metrics.driver;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The monthly counts of a series, for the months that pairs reach. */
final class SeriesMonths {

    /** Name of what is counted as a whole. */
    static final String ALL = "all";

    /** What is counted in months: as a whole, with the name {@link #ALL}, or by name. */
    enum Count {
        WAITING,
        PAST_STANDARD,
        RECEIVED,
        RE_ENTERED,
        LEFT,
        SERVED,
        RE_ENTERED_BY_REASON,
        LEFT_BY_EXIT,
        DUE_BY_STANDARD,
        MET_BY_STANDARD;

        /** Whether it is as at the end of a month, so that months are not added. */
        boolean isStock() {
            return this == WAITING || this == PAST_STANDARD;
        }
    }

    private record Counted(Count count, String name) {}

    /** A series, by the columns that identify it. */
    record Key(String queue, String slice, String sliceValue, boolean isTotal) {}

    private final Key key;
    private final int firstMonth;
    private final int length;
    private final Map<Counted, long[]> counts = new HashMap<>();
    private final BitSet known = new BitSet();

    /** Keeps the months from one to another, by their numbers. */
    SeriesMonths(Key key, int firstMonth, int lastMonth) {
        this.key = key;
        this.firstMonth = firstMonth;
        this.length = lastMonth - firstMonth + 1;
    }

    Key key() {
        return key;
    }

    /** Adds a count of a month, which is then known. */
    void add(Count count, String name, int month, long number) {
        int at = month - firstMonth;
        if (at < 0 || at >= length) {
            return;
        }
        counts.computeIfAbsent(new Counted(count, name), counted -> new long[length])[at] += number;
        if (count == Count.WAITING) {
            known.set(at);
        }
    }

    /** Whether each of these months is known as a whole. */
    boolean isKnown(int from, int to) {
        int at = from - firstMonth;
        return at >= 0 && known.nextClearBit(at) > to - firstMonth;
    }

    /**
     * Makes months known in every value of a slice that are known in one of them: the others had nothing then. That is
     * so of months whose rows are copied, in which a value that came up later has none.
     */
    static void completeSlices(Collection<SeriesMonths> series) {
        Map<String, BitSet> bySlice = new HashMap<>();
        series.forEach(one ->
                bySlice.computeIfAbsent(one.key.slice, slice -> new BitSet()).or(one.known));
        series.forEach(one -> one.known.or(Objects.requireNonNull(bySlice.get(one.key.slice))));
    }

    /** What a count is divided by, in alphabetical order. */
    List<String> names(Count count) {
        return counts.keySet().stream()
                .filter(counted -> counted.count == count)
                .map(Counted::name)
                .sorted()
                .toList();
    }

    /** Sum over months. */
    long sum(Count count, String name, int from, int to) {
        long[] byMonth = counts.get(new Counted(count, name));
        long sum = 0;
        for (int month = from; byMonth != null && month <= to; month++) {
            sum += byMonth[month - firstMonth];
        }
        return sum;
    }
}
