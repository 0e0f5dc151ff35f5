package uk.fpw.metrics.comparison;

import java.util.SplittableRandom;

/**
 * Whether the weeks after a date differ from those before it by more than such weeks differ without a change.
 *
 * <p>The difference is the mean of the weeks after less that of as many weeks before. It is compared with the same
 * difference at every earlier date (placebo dates; in-time placebo tests, Abadie, Diamond and Hainmueller 2015). The
 * share of these that are as large describes it, but is no probability: neighbouring dates have most of their weeks in
 * common, so that a hundred of them are worth some ten. The probability is that of a permutation test (Fisher 1935;
 * Pitman 1937): the same weeks in random order, each with its own placebo dates, and the statistic
 * {@code (difference - mean of the placebo differences) / their standard deviation}. It is conditional on what the
 * verdict is conditional on: only orders count that pass {@link #isAutocorrelated}, {@link #isOuter} and
 * {@link #isAfterExtreme} too, and in the other direction {@link #isAfterOppositeExtreme}. Weeks in random order have
 * no memory; a series that has one gets no verdict.
 */
final class PlaceboDates {

    /** Fewer placebo dates give no verdict. */
    static final int FEWEST_DATES = 40;

    /** Largest share of placebo dates and probability at which a difference in the declared direction is called one. */
    static final double LEVEL = 0.05;

    /** Largest probability at which a difference in the other direction is called one: nobody expected it. */
    static final double OPPOSITE_LEVEL = 0.01;

    /** The weeks before a date that must not be unusual: three months. */
    static final int MONTHS_BEFORE_WEEKS = 13;

    /** Share of the earlier windows, at both ends together, that count as unusual. */
    private static final double OUTER_SHARE = 0.1;

    /** The weeks before a date of which the lowest, or highest, three months must not be the latest ones. */
    static final int YEAR_WEEKS = 52;

    /** A date fewer weeks after the lowest, or highest, months of the year before may have been chosen for them. */
    static final int WEEKS_AFTER_EXTREME = 8;

    private static final int ORDERS = 999;

    /** Of so many orders at most one must pass the conditions. */
    private static final int MOST_TRIES = 40;

    private static final double EQUAL_WITHIN = 1e-9;

    /** The same every night, so that the same weeks give the same probability. */
    private static final long SEED = 20_150_413;

    private final int before;
    private final int window;
    private final int gap;
    private final double sign;
    private final double[] weeks;

    /**
     * Weeks around a date.
     *
     * @param before values of the weeks before the date, the oldest first, without gaps
     * @param after values of the weeks after it; as many weeks before it are compared with them
     * @param gap weeks between them that are in neither; placebo dates leave out as many
     * @param isHigher whether the weeks after are expected to be higher
     */
    PlaceboDates(double[] before, double[] after, int gap, boolean isHigher) {
        if (before.length < after.length || after.length == 0) {
            throw new IllegalArgumentException(
                    "there are " + before.length + " weeks before and " + after.length + " after the date");
        }
        this.before = before.length;
        this.window = after.length;
        this.gap = gap;
        this.sign = isHigher ? 1 : -1;
        this.weeks = new double[before.length + after.length];
        System.arraycopy(before, 0, weeks, 0, before.length);
        System.arraycopy(after, 0, weeks, before.length, after.length);
    }

    /** Whether the weeks after are expected to be higher. */
    boolean isHigher() {
        return sign > 0;
    }

    /** Number of the weeks after. */
    int weeksAfter() {
        return window;
    }

    /** Mean of the weeks before that are compared. */
    double beforeMean() {
        return mean(weeks, before - window, before);
    }

    /** Mean of the weeks after. */
    double afterMean() {
        return mean(weeks, before, weeks.length);
    }

    /** Mean after less mean before. */
    double difference() {
        return afterMean() - beforeMean();
    }

    /** Number of earlier dates whose weeks after end before this date's weeks after begin. */
    int dateCount() {
        return Math.max(0, before - 2 * window - gap + 1);
    }

    /** Share of the placebo dates whose difference is at least as large in the expected direction; NaN without any. */
    double share() {
        return share(1);
    }

    /** Share of the placebo dates whose difference is at least as large in the other direction; NaN without any. */
    double oppositeShare() {
        return share(-1);
    }

    private double share(int direction) {
        double real = direction * sign * difference();
        double tolerance = tolerance();
        int extreme = 0;
        for (double placebo : placebos(weeks)) {
            extreme += direction * placebo >= real - tolerance ? 1 : 0;
        }
        return dateCount() == 0 ? Double.NaN : (double) extreme / dateCount();
    }

    /** Correlation of each week before the date with the next; NaN if they do not vary. */
    double autocorrelation() {
        return autocorrelation(weeks);
    }

    /** Beyond it, in either direction, weeks resemble or avoid their neighbours. */
    double autocorrelationBound() {
        return 2 / Math.sqrt(before);
    }

    /** Whether the weeks before the date have a memory, so that chance cannot be told from it. */
    boolean isAutocorrelated() {
        return isAutocorrelated(weeks);
    }

    /**
     * Share of the earlier windows of {@link #MONTHS_BEFORE_WEEKS} weeks with a lower mean than the one that ends at
     * the date, ties counted half; NaN without any.
     */
    double rankShare() {
        return rankShare(weeks);
    }

    /**
     * Whether the three months before the date were among the highest or lowest, so that more usual ones would have
     * followed anyway.
     */
    boolean isOuter() {
        return isOuter(weeks);
    }

    /**
     * Weeks to the date from the end of those {@link #MONTHS_BEFORE_WEEKS} of the {@link #YEAR_WEEKS} weeks before it
     * that were lowest where higher ones are expected, and highest where lower ones are: what more usual weeks follow
     * looks like success.
     */
    int weeksSinceExtreme() {
        return weeksSinceExtreme(weeks, sign);
    }

    /** Whether the date follows soon after these months. */
    boolean isAfterExtreme() {
        return isAfterExtreme(weeks);
    }

    /** The same of the months that make the other direction look likely. */
    boolean isAfterOppositeExtreme() {
        return isAfterOppositeExtreme(weeks);
    }

    /** Whether the placebo differences do not vary, so that there is nothing to compare with. */
    boolean isConstant() {
        return Double.isNaN(statistic(weeks));
    }

    /**
     * Of so large a difference, if the order of the weeks is random.
     *
     * @param declared in the expected direction
     * @param opposite in the other direction, of orders of which this could be said; of fewer if fewer are found
     */
    record Probabilities(double declared, double opposite) {}

    /** The probabilities of such a difference; both NaN if hardly any order passes the conditions. */
    Probabilities probabilities() {
        double real = statistic(weeks);
        SplittableRandom random = new SplittableRandom(SEED);
        double[] order = weeks.clone();
        int counted = 0;
        int asLarge = 0;
        int oppositeCounted = 0;
        int asSmall = 0;
        for (int tries = 0; (counted < ORDERS || oppositeCounted < ORDERS) && tries < MOST_TRIES * ORDERS; tries++) {
            shuffle(order, random);
            if (isAutocorrelated(order) || isOuter(order) || isAfterExtreme(order)) {
                continue;
            }
            double statistic = statistic(order);
            if (Double.isNaN(statistic)) {
                continue;
            }
            if (counted < ORDERS) {
                counted++;
                asLarge += statistic >= real - EQUAL_WITHIN ? 1 : 0;
            }
            if (oppositeCounted < ORDERS && !isAfterOppositeExtreme(order)) {
                oppositeCounted++;
                asSmall += statistic <= real + EQUAL_WITHIN ? 1 : 0;
            }
        }
        return counted < ORDERS
                ? new Probabilities(Double.NaN, Double.NaN)
                : new Probabilities((1.0 + asLarge) / (1.0 + counted), (1.0 + asSmall) / (1.0 + oppositeCounted));
    }

    private static void shuffle(double[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double value = order[i];
            order[i] = order[other];
            order[other] = value;
        }
    }

    /** Sums of counts are exact; rates are not. */
    private double tolerance() {
        return 1e-9 * Math.max(1e-6, Math.abs(beforeMean()) + Math.abs(afterMean()));
    }

    /** Differences at the placebo dates in the expected direction, the oldest first. */
    private double[] placebos(double[] order) {
        double[] placebos = new double[dateCount()];
        if (placebos.length == 0) {
            return placebos;
        }
        double difference = 0;
        for (int i = 0; i < window; i++) {
            difference += order[window + gap + i] - order[i];
        }
        for (int at = 0; at < placebos.length; at++) {
            placebos[at] = sign * difference / window;
            if (at + 1 < placebos.length) {
                difference += order[at] - order[at + window] - order[at + window + gap] + order[at + 2 * window + gap];
            }
        }
        return placebos;
    }

    /** The difference, less the mean of the placebo differences, by their standard deviation; NaN if they are equal. */
    private double statistic(double[] order) {
        double[] placebos = placebos(order);
        double mean = mean(placebos, 0, placebos.length);
        double squares = 0;
        for (double placebo : placebos) {
            squares += (placebo - mean) * (placebo - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, placebos.length - 1));
        double real = sign * (mean(order, before, order.length) - mean(order, before - window, before));
        return deviation <= tolerance() ? Double.NaN : (real - mean) / deviation;
    }

    private double autocorrelation(double[] order) {
        double mean = mean(order, 0, before);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < before; i++) {
            squares += (order[i] - mean) * (order[i] - mean);
            if (i > 0) {
                products += (order[i] - mean) * (order[i - 1] - mean);
            }
        }
        return squares == 0 ? Double.NaN : products / squares;
    }

    private boolean isAutocorrelated(double[] order) {
        return Math.abs(autocorrelation(order)) > autocorrelationBound();
    }

    private double rankShare(double[] order) {
        int last = before - MONTHS_BEFORE_WEEKS;
        if (last <= 0) {
            return Double.NaN;
        }
        double real = 0;
        for (int i = last; i < before; i++) {
            real += order[i];
        }
        double tolerance = MONTHS_BEFORE_WEEKS * tolerance();
        double sum = 0;
        for (int i = 0; i < MONTHS_BEFORE_WEEKS; i++) {
            sum += order[i];
        }
        double lower = 0;
        for (int at = 0; at < last; at++) {
            if (Math.abs(sum - real) <= tolerance) {
                lower += 0.5;
            } else if (sum < real) {
                lower++;
            }
            sum += order[at + MONTHS_BEFORE_WEEKS] - order[at];
        }
        return lower / last;
    }

    private boolean isOuter(double[] order) {
        double rank = rankShare(order);
        return rank < OUTER_SHARE / 2 || rank > 1 - OUTER_SHARE / 2;
    }

    private int weeksSinceExtreme(double[] order, double direction) {
        int end = Math.max(0, before - YEAR_WEEKS) + MONTHS_BEFORE_WEEKS;
        double tolerance = MONTHS_BEFORE_WEEKS * tolerance();
        double sum = 0;
        for (int i = end - MONTHS_BEFORE_WEEKS; i < Math.min(end, before); i++) {
            sum -= direction * order[i];
        }
        double most = sum;
        int latest = Math.min(end, before);
        for (; end < before; end++) {
            sum -= direction * (order[end] - order[end - MONTHS_BEFORE_WEEKS]);
            if (sum >= most - tolerance) {
                most = Math.max(most, sum);
                latest = end + 1;
            }
        }
        return before - latest;
    }

    private boolean isAfterExtreme(double[] order) {
        return weeksSinceExtreme(order, sign) < WEEKS_AFTER_EXTREME;
    }

    private boolean isAfterOppositeExtreme(double[] order) {
        return weeksSinceExtreme(order, -sign) < WEEKS_AFTER_EXTREME;
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }
}
