package uk.fpw.metrics.comparison;

import java.util.SplittableRandom;

/**
 * Tests whether the weeks after a date differ from those before it by more than such weeks differ without a change.
 *
 * <p>The difference is the mean of the weeks after minus the mean of as many weeks before. It is compared with the
 * same difference at every earlier date (placebo dates; in-time placebo tests, Abadie, Diamond and Hainmueller 2015).
 * The share of placebo dates with a difference at least as large is descriptive, not a probability: neighbouring
 * dates share most of their weeks, so a hundred of them carry as much information as about ten independent ones.
 *
 * <p>The probability is that of a permutation test (Fisher 1935; Pitman 1937): the same weeks in random order, each
 * order with its own placebo dates, and the statistic {@code (difference - mean of the placebo differences) / their
 * standard deviation}. It is conditional on the same things as the verdict: only orders count that also pass
 * {@link #isAutocorrelated}, {@link #isOuter} and {@link #isAfterExtreme}, and for the other direction
 * {@link #isAfterOppositeExtreme}. Weeks in random order are not autocorrelated, so an autocorrelated series gets no
 * verdict.
 */
final class PlaceboDates {

    /** With fewer placebo dates there is no verdict. */
    static final int FEWEST_DATES = 40;

    /** Maximum share of placebo dates, and maximum probability, for a verdict in the declared direction. */
    static final double LEVEL = 0.05;

    /** Maximum probability for a verdict in the other direction, which nobody expected. */
    static final double OPPOSITE_LEVEL = 0.01;

    /** Weeks before a date that must not be unusual: three months. */
    static final int MONTHS_BEFORE_WEEKS = 13;

    /** Share of the earlier windows, at both ends together, that count as unusual. */
    private static final double OUTER_SHARE = 0.1;

    /** Weeks before a date whose lowest, or highest, three months must not be the latest. */
    static final int YEAR_WEEKS = 52;

    /**
     * A date fewer weeks after the lowest, or highest, months of the preceding year may have been chosen because of
     * them.
     */
    static final int WEEKS_AFTER_EXTREME = 8;

    private static final int ORDERS = 999;

    /** If fewer than one in this many orders passes the conditions, there is no probability. */
    private static final int MOST_TRIES = 40;

    private static final double EQUAL_WITHIN = 1e-9;

    /** Fixed, so that the same weeks give the same probability every night. */
    private static final long SEED = 20_150_413;

    private final int before;
    private final int window;
    private final int gap;
    private final double sign;
    private final double[] weeks;

    /**
     * @param before values of the weeks before the date, oldest first and without gaps
     * @param after values of the weeks after it, which are compared with as many weeks before
     * @param gap weeks in between that are in neither; placebo dates leave out as many
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

    /** Mean of the compared weeks before. */
    double beforeMean() {
        return mean(weeks, before - window, before);
    }

    /** Mean of the weeks after. */
    double afterMean() {
        return mean(weeks, before, weeks.length);
    }

    /** Mean after minus mean before. */
    double difference() {
        return afterMean() - beforeMean();
    }

    /** Number of earlier dates whose weeks after end before this date's weeks after begin. */
    int dateCount() {
        return Math.max(0, before - 2 * window - gap + 1);
    }

    /**
     * Share of placebo dates whose difference is at least as large in the expected direction; NaN without placebo
     * dates.
     */
    double share() {
        return share(1);
    }

    /**
     * Share of placebo dates whose difference is at least as large in the other direction; NaN without placebo dates.
     */
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

    /** Lag-1 autocorrelation of the weeks before the date; NaN if they do not vary. */
    double autocorrelation() {
        return autocorrelation(weeks);
    }

    /** Beyond this value, positive or negative, weeks resemble or avoid their neighbours. */
    double autocorrelationBound() {
        return 2 / Math.sqrt(before);
    }

    /** Whether the weeks before the date are autocorrelated, so that chance cannot be told from what lasts. */
    boolean isAutocorrelated() {
        return isAutocorrelated(weeks);
    }

    /**
     * Share of the earlier windows of {@link #MONTHS_BEFORE_WEEKS} weeks with a lower mean than the window that ends
     * at the date, ties counted half; NaN without earlier windows.
     */
    double rankShare() {
        return rankShare(weeks);
    }

    /**
     * Whether the three months before the date were among the highest or lowest, so that more usual ones would have
     * followed anyway (regression to the mean).
     */
    boolean isOuter() {
        return isOuter(weeks);
    }

    /**
     * Weeks from the end of the most extreme {@link #MONTHS_BEFORE_WEEKS} of the {@link #YEAR_WEEKS} weeks before the
     * date to the date. Extreme means lowest if higher weeks are expected, otherwise highest: a return to usual weeks
     * would look like success.
     */
    int weeksSinceExtreme() {
        return weeksSinceExtreme(weeks, sign);
    }

    /** Whether the date soon follows these months. */
    boolean isAfterExtreme() {
        return isAfterExtreme(weeks);
    }

    /** Whether the date soon follows the months whose extreme makes the other direction look likely. */
    boolean isAfterOppositeExtreme() {
        return isAfterOppositeExtreme(weeks);
    }

    /** Whether the placebo differences do not vary, which leaves nothing to compare with. */
    boolean isConstant() {
        return Double.isNaN(statistic(weeks));
    }

    /**
     * Probability of a difference this large if the order of the weeks is random.
     *
     * @param declared in the expected direction
     * @param opposite in the other direction, among orders that pass its conditions; based on fewer orders if fewer
     *     are found
     */
    record Probabilities(double declared, double opposite) {}

    /** The probabilities of this difference; both NaN if hardly any order passes the conditions. */
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

    /** Differences at the placebo dates in the expected direction, oldest first. */
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

    /**
     * The difference minus the mean of the placebo differences, divided by their standard deviation; NaN if they are
     * equal.
     */
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
