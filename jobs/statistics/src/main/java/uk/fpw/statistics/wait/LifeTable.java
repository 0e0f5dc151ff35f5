package uk.fpw.statistics.wait;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers at risk, leaving and censored at each time since entry: all that the estimators need.
 *
 * <p>Built from integer counts, so the order of the observations does not matter. An item is at risk at {@code t} if
 * and only if {@code start < t <= stop}; exits come before censorings at the same time, so an item censored at
 * {@code t} is at risk for an exit at {@code t}.
 *
 * <p>Whole days are closed: an item observed from day {@code first} of its wait to day {@code exit} is at risk on
 * both, which is {@code (first - 1, exit]}. An item that enters and leaves on one day is {@code (-1, 0]} and counts.
 */
public final class LifeTable {

    private final double[] starts;
    private final long[] enteredUpTo;
    private final double[] times;
    private final long[] atRisk;
    private final long[] left;
    private final long[] censored;
    private final long[] goneUpTo;
    private final SortedMap<String, long[]> leftFor = new TreeMap<>();

    private LifeTable(SortedMap<Double, Long> entries, SortedMap<Double, Exits> exits) {
        starts = toArray(entries.keySet());
        enteredUpTo =
                cumulated(entries.values().stream().mapToLong(Long::longValue).toArray());
        times = toArray(exits.keySet());
        left = exits.values().stream().mapToLong(at -> at.left).toArray();
        censored = exits.values().stream().mapToLong(at -> at.censored).toArray();
        long[] gone = new long[times.length];
        Arrays.setAll(gone, i -> left[i] + censored[i]);
        goneUpTo = cumulated(gone);
        atRisk = new long[times.length];
        Arrays.setAll(atRisk, i -> atRisk(times[i]));
        int i = 0;
        for (Exits at : exits.values()) {
            for (Map.Entry<String, Long> one : at.byReason.entrySet()) {
                leftFor.computeIfAbsent(one.getKey(), reason -> new long[times.length])[i] = one.getValue();
            }
            i++;
        }
    }

    /** How many items were at risk at {@code time}: entered before it and did not leave before it. */
    public long atRisk(double time) {
        return before(starts, enteredUpTo, time) - before(times, goneUpTo, time);
    }

    /** How many left at exactly {@code time}, for any reason. */
    public long left(double time) {
        int i = Arrays.binarySearch(times, time);
        return i < 0 ? 0 : left[i];
    }

    /** Number of distinct times of exits or censorings. */
    int size() {
        return times.length;
    }

    /** Position of the last time up to {@code time}; -1 if there is none. */
    int lastUpTo(double time) {
        int i = Arrays.binarySearch(times, time);
        return i < 0 ? -i - 2 : i;
    }

    double time(int i) {
        return times[i];
    }

    long atRiskAt(int i) {
        return atRisk[i];
    }

    long leftAt(int i) {
        return left[i];
    }

    long censoredAt(int i) {
        return censored[i];
    }

    /** Counts of exits for the reason, by time; null if there are none. */
    long @Nullable [] leftFor(String reason) {
        return leftFor.get(reason);
    }

    /** Reasons with exits, in alphabetical order. */
    List<String> reasons() {
        return List.copyOf(leftFor.keySet());
    }

    /** Distinct times after which items came under observation, ascending. */
    double[] starts() {
        return starts.clone();
    }

    /** Number of items. */
    public long count() {
        return enteredUpTo.length == 0 ? 0 : enteredUpTo[enteredUpTo.length - 1];
    }

    /** Items that left, for any reason. */
    public long leftCount() {
        return Arrays.stream(left).sum();
    }

    /** Last time at which an item was observed; the table must not be empty. */
    public double lastTime() {
        return times[times.length - 1];
    }

    /**
     * Whether a table in whole days says what share of all has left by a day: some are observed from day 0 of their
     * wait, and the day is not after the last one while some still waited then, nor after the risk set has emptied
     * while later items enter.
     */
    public boolean isKnownAt(int time) {
        if (starts[0] >= 0) {
            return false; // only a share of those that still waited later
        }
        Double readableTo = emptiesAt();
        if (readableTo != null) {
            return time <= readableTo;
        }
        int last = times.length - 1;
        return time <= times[last] || censored[last] == 0;
    }

    /**
     * The last time before the risk set empties while later items enter; null if it never does. From then on the data
     * does not define the curve: either all observed items have left, and the share still waiting stays 0 whatever
     * later items do, or there is a period without observations.
     */
    @Nullable
    Double emptiesAt() {
        for (int i = 0; i < times.length; i++) {
            double next = nextStart(times[i]);
            boolean nobodyLeft = atRisk[i] == left[i] + censored[i];
            if (nobodyLeft && next < Double.POSITIVE_INFINITY && (next > times[i] || atRisk[i] == left[i])) {
                return times[i];
            }
        }
        return null;
    }

    /** Smallest start at or after {@code time}; infinite if there is none. */
    private double nextStart(double time) {
        int i = Arrays.binarySearch(starts, time);
        int at = i < 0 ? -i - 1 : i;
        return at < starts.length ? starts[at] : Double.POSITIVE_INFINITY;
    }

    private static long before(double[] keys, long[] upTo, double time) {
        int i = Arrays.binarySearch(keys, time);
        int smaller = i < 0 ? -i - 1 : i;
        return smaller == 0 ? 0 : upTo[smaller - 1];
    }

    private static long[] cumulated(long[] counts) {
        long[] sums = counts.clone();
        Arrays.parallelPrefix(sums, Math::addExact);
        return sums;
    }

    private static double[] toArray(Collection<Double> keys) {
        return keys.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static final class Exits {
        private long left;
        private long censored;
        private final SortedMap<String, Long> byReason = new TreeMap<>();
    }

    /** Collects entries and exits; an entry and its exit need not be given together. */
    public static final class Builder {

        private final SortedMap<Double, Long> entries = new TreeMap<>();
        private final SortedMap<Double, Exits> exits = new TreeMap<>();

        /** Adds items that come under observation after a time, the day before the first on which they are observed. */
        public void enter(double start, long count) {
            entries.merge(plain(start), count, Math::addExact);
        }

        /** Adds items that leave at a time for a reason. */
        public void leave(double time, String reason, long count) {
            Exits at = exits.computeIfAbsent(plain(time), any -> new Exits());
            at.left = Math.addExact(at.left, count);
            at.byReason.merge(reason, count, Math::addExact);
        }

        /** Adds items that are last observed waiting at a time (censored). */
        public void censor(double time, long count) {
            Exits at = exits.computeIfAbsent(plain(time), any -> new Exits());
            at.censored = Math.addExact(at.censored, count);
        }

        /** The table of everything added. */
        public LifeTable build() {
            return new LifeTable(entries, exits);
        }

        /** Makes -0.0 the same key as 0.0. */
        private static double plain(double time) {
            return time + 0.0;
        }
    }

    /** Times of all exits of the tables, ascending, without repeats. */
    static double[] exitTimes(Collection<LifeTable> tables) {
        List<Double> all = new ArrayList<>();
        for (LifeTable table : tables) {
            for (int i = 0; i < table.size(); i++) {
                if (table.left[i] > 0) {
                    all.add(table.times[i]);
                }
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).sorted().distinct().toArray();
    }
}
