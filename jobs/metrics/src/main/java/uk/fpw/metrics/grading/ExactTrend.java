package uk.fpw.metrics.grading;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exact p of a trend, for when few cases make the normal approximation rough. It is the probability, given the
 * sums of periods and grades, that {@code sum of time x score} is at least as far from its expectation as observed
 * (Agresti, Mehta and Patel, JASA 1990; R's {@code coin::independence_test(distribution = "exact")}).
 *
 * <p>Goes period by period, or grade by grade if that needs less memory: the distribution of the sum is convolved
 * with the hypergeometric distribution of what comes next, for each way in which the sums may have been used up so
 * far.
 */
final class ExactTrend {

    /** If fewer cases of a grade are expected in a period, the normal approximation is rough. */
    private static final double FEW_EXPECTED = 5;

    /** Maximum number of additions, some tenths of a second; beyond it there is no result. */
    private static final long MOST_STEPS = 60_000_000;

    /** Maximum number of stored numbers, 32 MB; beyond it there is no result. */
    private static final long MOST_NUMBERS = 4_000_000;

    private static final double EQUAL_WITHIN = 1e-9;

    private final int[] capacities;
    private final long[] scores;
    private final int[] sizes;
    private final long[] weights;
    private final int length;
    private final double[] logFactorials;
    private Map<Long, double[]> known = new HashMap<>();
    private long steps;

    /**
     * A table; the dimension with fewer entries gives the capacities.
     *
     * @param capacities sums of the smaller dimension, grades or periods
     * @param scores scores of these, from 0
     * @param sizes sums of the other dimension
     * @param weights weights of these, from 0
     */
    private ExactTrend(int[] capacities, long[] scores, int[] sizes, long[] weights) {
        this.capacities = capacities;
        this.scores = scores;
        this.sizes = sizes;
        this.weights = weights;
        long largest = 0;
        for (int i = 0; i < sizes.length; i++) {
            largest += sizes[i] * weights[i];
        }
        this.length = (int) Math.min(
                Integer.MAX_VALUE - 8L,
                1 + largest * Arrays.stream(scores).max().orElse(0));
        this.logFactorials = new double[Arrays.stream(sizes).sum() + 1];
        for (int i = 1; i < logFactorials.length; i++) {
            logFactorials[i] = logFactorials[i - 1] + Math.log(i);
        }
    }

    /**
     * Whether fewer than five cases are expected on either side in a period, with the grades split in two where that
     * divides the cases most evenly: with many grades, a rare one does not make the approximation worse.
     */
    static boolean isNeeded(long[][] table) {
        long[] grades = grades(table);
        long total = Arrays.stream(grades).sum();
        long smallestPeriod = Arrays.stream(table)
                .mapToLong(period -> Arrays.stream(period).sum())
                .min()
                .orElse(0);
        long better = 0;
        long smallerSide = 0;
        for (long grade : grades) {
            better += grade;
            smallerSide = Math.max(smallerSide, Math.min(better, total - better));
        }
        return (double) smallestPeriod * smallerSide < FEW_EXPECTED * total;
    }

    /**
     * The two-sided p of the trend.
     *
     * @param table cases by period and grade
     * @param times times of the periods
     * @param scores scores of the grades
     * @return null if it would take too long
     */
    static @Nullable Double p(long[][] table, long[] times, long[] scores) {
        int[] periods = Arrays.stream(table)
                .mapToInt(period -> Math.toIntExact(Arrays.stream(period).sum()))
                .toArray();
        int[] grades = Arrays.stream(grades(table)).mapToInt(Math::toIntExact).toArray();
        long firstTime = Arrays.stream(times).min().orElse(0);
        long firstScore = Arrays.stream(scores).min().orElse(0);
        long[] fromZero = Arrays.stream(times).map(time -> time - firstTime).toArray();
        long[] scored = Arrays.stream(scores).map(score -> score - firstScore).toArray();
        long observed = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < grades.length; j++) {
                observed += table[i][j] * fromZero[i] * scored[j];
            }
        }
        double expected = (double) sum(periods, fromZero)
                * sum(grades, scored)
                / Arrays.stream(grades).sum();
        double far = Math.abs(observed - expected) - EQUAL_WITHIN * Math.max(1, expected);
        double[] distribution = given(grades) <= given(periods)
                ? new ExactTrend(grades, scored, periods, fromZero).distribution()
                : new ExactTrend(periods, fromZero, grades, scored).distribution();
        if (distribution == null) {
            return null;
        }
        double p = 0;
        for (int i = 0; i < distribution.length; i++) {
            p += Math.abs(i - expected) >= far ? distribution[i] : 0;
        }
        return Math.min(1, p);
    }

    private static long given(int[] sums) {
        return Arrays.stream(sums).filter(sum -> sum > 0).count();
    }

    private static long[] grades(long[][] table) {
        long[] grades = new long[table[0].length];
        for (long[] period : table) {
            Arrays.setAll(grades, j -> grades[j] + period[j]);
        }
        return grades;
    }

    private static long sum(int[] counts, long[] values) {
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * values[i];
        }
        return sum;
    }

    /** The probability of every sum from 0; null if it would take too long. */
    private double @Nullable [] distribution() {
        double states = Arrays.stream(capacities)
                .mapToDouble(capacity -> capacity + 1.0)
                .reduce(1, (one, other) -> one * other);
        if (length > MOST_NUMBERS || states > Long.MAX_VALUE) {
            return null;
        }
        double[] start = new double[length];
        start[0] = 1;
        known.put(0L, start);
        int left = logFactorials.length - 1;
        for (int i = 0; i < sizes.length && !isTooMuch(); i++) {
            Map<Long, double[]> before = known;
            known = new HashMap<>();
            double logAll = logChoices(left, sizes[i]);
            for (Map.Entry<Long, double[]> one : before.entrySet()) {
                new Filling(one.getValue(), used(one.getKey()), weights[i]).fill(0, sizes[i], -logAll, 0);
            }
            left -= sizes[i];
        }
        return isTooMuch() ? null : known.values().iterator().next();
    }

    private boolean isTooMuch() {
        return steps > MOST_STEPS || (long) known.size() * length > MOST_NUMBERS;
    }

    /** How much of each capacity is used up in a state. */
    private int[] used(long state) {
        int[] used = new int[capacities.length];
        long rest = state;
        for (int j = 0; j < used.length; j++) {
            used[j] = (int) (rest % (capacities[j] + 1L));
            rest /= capacities[j] + 1L;
        }
        return used;
    }

    private long state(int[] used) {
        long state = 0;
        for (int j = used.length - 1; j >= 0; j--) {
            state = state * (capacities[j] + 1L) + used[j];
        }
        return state;
    }

    /** Goes on from the distribution in one state with every way to take a size from the capacities. */
    private final class Filling {

        private final double[] from;
        private final int[] used;
        private final long weight;

        Filling(double[] from, int[] used, long weight) {
            this.from = from;
            this.used = used;
            this.weight = weight;
        }

        /** Takes the rest of the size from the capacities at and after a position. */
        void fill(int part, int left, double log, long score) {
            steps++;
            if (isTooMuch()) {
                return;
            }
            int free = capacities[part] - used[part];
            if (part == capacities.length - 1) {
                if (left <= free) {
                    used[part] += left;
                    add(Math.exp(log + logChoices(free, left)), (score + scores[part] * left) * weight);
                    used[part] -= left;
                }
                return;
            }
            for (int taken = 0; taken <= Math.min(free, left); taken++) {
                used[part] += taken;
                fill(part + 1, left - taken, log + logChoices(free, taken), score + scores[part] * taken);
                used[part] -= taken;
            }
        }

        private void add(double probability, long by) {
            double[] to = known.computeIfAbsent(state(used), any -> new double[length]);
            steps += length;
            for (int i = 0; i + by < length; i++) {
                to[i + (int) by] += from[i] * probability;
            }
        }
    }

    private double logChoices(int of, int taken) {
        return logFactorials[of] - logFactorials[taken] - logFactorials[of - taken];
    }
}
