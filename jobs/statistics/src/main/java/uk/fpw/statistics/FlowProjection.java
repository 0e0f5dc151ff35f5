package uk.fpw.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How many would wait some weeks from now if the flows stayed as they were: what waits, plus the mean weekly net change
 * for each of {@code h} weeks, with the 95 % prediction interval of a sum of {@code h} further values of a normal
 * distribution whose mean and spread are estimated from {@code n}: {@code t(n-1) s sqrt(h + h^2/n)} (G. J. Hahn and
 * W. Q. Meeker, <em>Statistical Intervals</em>, 1991, 4.7). None of them is below 0. No forecast: nothing is known of
 * what will change.
 *
 * @param closing the middle
 */
public record FlowProjection(double low, double closing, double high) {

    /** Complete weeks from which a projection is made. */
    public static final int WEEKS = 26;

    /** A projection of more weeks than half of those it is made from would be a claim. */
    public static final int MOST_WEEKS_AHEAD = 13;

    private static final double UPPER_TAIL = 0.975;

    private static final double T = TDistribution.of(WEEKS - 1.0).inverseCumulativeProbability(UPPER_TAIL);

    /** Beyond it, positive or negative, weeks resemble or avoid their neighbours. */
    private static final double AUTOCORRELATION_BOUND = 2 / Math.sqrt(WEEKS);

    /**
     * Projects a stock.
     *
     * @param waiting items waiting at the end of the last week
     * @param netChanges received and re-entered less left, in each of the last {@link #WEEKS} weeks
     * @param weeksAhead from 1 to {@link #MOST_WEEKS_AHEAD}
     */
    public static FlowProjection of(long waiting, long[] netChanges, int weeksAhead) {
        mustBeWhole(netChanges);
        if (weeksAhead < 1 || weeksAhead > MOST_WEEKS_AHEAD) {
            throw new IllegalArgumentException(weeksAhead + " weeks ahead: from 1 to " + MOST_WEEKS_AHEAD);
        }
        double mean = mean(netChanges);
        double spread = T
                * standardDeviation(netChanges)
                * Math.sqrt(weeksAhead + (double) weeksAhead * weeksAhead / netChanges.length);
        double closing = waiting + weeksAhead * mean;
        return new FlowProjection(Math.max(closing - spread, 0), Math.max(closing, 0), Math.max(closing + spread, 0));
    }

    /**
     * Why nothing is projected from these weeks; null if they go on alike: no week breaks a rule of a control chart of
     * them (a batch, a trend, a shift), and they do not resemble or avoid their neighbours.
     */
    public static @Nullable String refusal(long[] netChanges) {
        mustBeWhole(netChanges);
        double[] values = Arrays.stream(netChanges).asDoubleStream().toArray();
        int weeksAgo = values.length;
        for (XmrChart.Point point : XmrChart.of(values, new int[0], XmrChart.Options.DEFAULT)) {
            weeksAgo--;
            if (point.signal() != XmrChart.Signal.NONE) {
                return "the net change of the week " + (weeksAgo + 1) + " weeks before is a signal: "
                        + point.signal().label();
            }
        }
        return Math.abs(autocorrelation(netChanges)) > AUTOCORRELATION_BOUND
                ? "the net changes of neighbouring weeks are not independent of each other"
                : null;
    }

    /** Mean of the weekly net changes. */
    public static double mean(long[] netChanges) {
        return (double) Arrays.stream(netChanges).sum() / netChanges.length;
    }

    /** Their standard deviation, by {@code n - 1}. */
    public static double standardDeviation(long[] netChanges) {
        return Math.sqrt(squares(netChanges) / (netChanges.length - 1));
    }

    /** Lag-1 autocorrelation; 0 if the weeks do not vary. */
    static double autocorrelation(long[] netChanges) {
        double mean = mean(netChanges);
        double products = 0;
        for (int i = 1; i < netChanges.length; i++) {
            products += (netChanges[i] - mean) * (netChanges[i - 1] - mean);
        }
        double squares = squares(netChanges);
        return squares == 0 ? 0 : products / squares;
    }

    private static double squares(long[] netChanges) {
        double mean = mean(netChanges);
        return Arrays.stream(netChanges)
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
    }

    private static void mustBeWhole(long[] netChanges) {
        if (netChanges.length != WEEKS) {
            throw new IllegalArgumentException(netChanges.length + " weeks instead of " + WEEKS);
        }
    }

    /** Whether a stock lies within the interval. */
    public boolean covers(long waiting) {
        return low <= waiting && waiting <= high;
    }
}
