package uk.fpw.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control chart of single values and their moving ranges (XmR), as NHS England's <em>Making Data Count</em> draws
 * it. The limits are the mean and 2.66 mean moving ranges to either side (W. A. Shewhart; 2.66 is 3 / 1.128, the mean
 * range of two values of a normal distribution being 1.128 standard deviations); the near limits lie at two thirds of
 * that.
 *
 * <p>A chart can be divided into segments: each has a mean and limits of its own, and moving ranges and rules do not
 * reach across segments. Values are those of a process in order of time; gaps between them are ignored.
 */
public final class XmrChart {

    /** Mean moving ranges from the mean to a limit. */
    private static final double TO_LIMIT = 2.66;

    /**
     * A moving range above this many mean moving ranges is left out as an outlier: 3.267 is the upper limit of a
     * range of two.
     */
    private static final double OUTLIER = 3.267;

    /** Points that make a trend, or a shift. */
    private static final int RUN = 7;

    /** Relative difference within which two results of a calculation are equal. */
    private static final double ROUNDING = 1e-12;

    /** How the limits are computed. */
    public record Options(boolean screensOutliers) {

        /** Every moving range counts. */
        public static final Options DEFAULT = new Options(false);
    }

    /** The rule that a point breaks; the first in this order, if several. */
    public enum Signal {
        NONE("none"),
        ABOVE_LIMIT("above the upper limit"),
        BELOW_LIMIT("below the lower limit"),
        RISING("trend: 7 points rising"),
        FALLING("trend: 7 points falling"),
        NEAR_UPPER("2 of 3 near the upper limit"),
        NEAR_LOWER("2 of 3 near the lower limit"),
        ABOVE_MEAN("shift: 7 points above the mean"),
        BELOW_MEAN("shift: 7 points below the mean");

        private final String label;

        Signal(String label) {
            this.label = label;
        }

        /** As in the tables. */
        public String label() {
            return label;
        }
    }

    /**
     * The values shared by all points of a segment.
     *
     * @param number 1 for the first
     * @param points number of its points
     * @param movingRange mean moving range; null for a single point, as are the limits
     */
    public record Segment(
            int number,
            int points,
            double mean,
            @Nullable Double movingRange,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Double nearLower,
            @Nullable Double nearUpper) {}

    /**
     * One point.
     *
     * @param movingRange distance from the previous point; null for the first of a segment
     * @param side 1 above the mean, -1 below it, 0 on it
     * @param isOutside whether it lies outside the limits
     * @param isNear whether it lies beyond a near limit and within the limits
     * @param isTrend whether it is one of seven points that steadily rise, or fall
     * @param isTwoOfThree whether it is near a limit, as another of three points in a row on that side
     * @param isShift whether it is one of seven points in a row on one side of the mean
     */
    public record Point(
            Segment segment,
            double value,
            @Nullable Double movingRange,
            int side,
            boolean isOutside,
            boolean isNear,
            boolean isTrend,
            boolean isTwoOfThree,
            boolean isShift,
            Signal signal) {}

    private final double[] values;
    private final Segment segment;
    private final int[] side;
    private final int[] outside;
    private final int[] near;

    private XmrChart(double[] values, Segment segment) {
        this.values = values;
        this.segment = segment;
        this.side = new int[values.length];
        this.outside = new int[values.length];
        this.near = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            side[i] = compare(values[i], segment.mean());
            outside[i] = beyond(values[i], segment.lower(), segment.upper());
            near[i] = outside[i] != 0 ? 0 : beyond(values[i], segment.nearLower(), segment.nearUpper());
        }
    }

    /**
     * Draws a chart.
     *
     * @param values in order of time; never NaN
     * @param segmentStarts positions, ascending, of the points at which a segment begins, besides the first point
     * @return the points in order; empty without values
     */
    public static List<Point> of(double[] values, int[] segmentStarts, Options options) {
        List<Point> points = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= segmentStarts.length; i++) {
            int end = i < segmentStarts.length ? segmentStarts[i] : values.length;
            if (end > values.length || end < start || (i < segmentStarts.length && end == start)) {
                throw new IllegalArgumentException("segments of " + values.length + " points cannot begin at "
                        + Arrays.toString(segmentStarts) + ": the positions must ascend, from 1 on");
            }
            if (end > start) {
                double[] part = Arrays.copyOfRange(values, start, end);
                points.addAll(new XmrChart(part, segment(part, i + 1, options)).points());
            }
            start = end;
        }
        return points;
    }

    /**
     * Compares later values with the limits of a segment that has ended, while there are too few of them for limits
     * of their own. They are a segment of their own: moving ranges and rules do not reach into it from before.
     *
     * @param limits segment whose mean and limits are used
     * @param number of the segment of the values
     * @param values in order of time; never NaN
     */
    public static List<Point> against(Segment limits, int number, double[] values) {
        Segment segment = new Segment(
                number,
                values.length,
                limits.mean(),
                limits.movingRange(),
                limits.lower(),
                limits.upper(),
                limits.nearLower(),
                limits.nearUpper());
        return new XmrChart(values, segment).points();
    }

    private static Segment segment(double[] values, int number, Options options) {
        double mean = Arrays.stream(values).sum() / values.length;
        if (values.length == 1) {
            return new Segment(number, 1, mean, null, null, null, null, null);
        }
        double[] ranges = new double[values.length - 1];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = Math.abs(values[i + 1] - values[i]);
        }
        double range = Arrays.stream(ranges).average().orElseThrow();
        if (options.screensOutliers()) {
            double most = OUTLIER * range;
            range = Arrays.stream(ranges)
                    .filter(one -> compare(one, most) <= 0)
                    .average()
                    .orElseThrow();
        }
        double toLimit = TO_LIMIT * range;
        double toNear = toLimit * 2 / 3;
        return new Segment(
                number, values.length, mean, range, mean - toLimit, mean + toLimit, mean - toNear, mean + toNear);
    }

    private List<Point> points() {
        int[] trend = trends();
        boolean[] shift = shifts();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            boolean isTwoOfThree = isTwoOfThree(i);
            points.add(new Point(
                    segment,
                    values[i],
                    i == 0 ? null : Math.abs(values[i] - values[i - 1]),
                    side[i],
                    outside[i] != 0,
                    near[i] != 0,
                    trend[i] != 0,
                    isTwoOfThree,
                    shift[i],
                    signal(outside[i], trend[i], isTwoOfThree ? near[i] : 0, shift[i] ? side[i] : 0)));
        }
        return points;
    }

    private static Signal signal(int outside, int trend, int twoOfThree, int shift) {
        if (outside != 0) {
            return outside > 0 ? Signal.ABOVE_LIMIT : Signal.BELOW_LIMIT;
        }
        if (trend != 0) {
            return trend > 0 ? Signal.RISING : Signal.FALLING;
        }
        if (twoOfThree != 0) {
            return twoOfThree > 0 ? Signal.NEAR_UPPER : Signal.NEAR_LOWER;
        }
        if (shift != 0) {
            return shift > 0 ? Signal.ABOVE_MEAN : Signal.BELOW_MEAN;
        }
        return Signal.NONE;
    }

    /**
     * The direction of the trend to which each point belongs, 0 for none. A point at which one trend ends and the
     * opposite one begins belongs to the second.
     */
    private int[] trends() {
        int[] trend = new int[values.length];
        for (int first = 0; first + RUN <= values.length; first++) {
            int direction = Double.compare(values[first + 1], values[first]);
            boolean isTrend = direction != 0;
            for (int i = first + 1; i < first + RUN; i++) {
                isTrend &= Double.compare(values[i], values[i - 1]) == direction;
            }
            if (isTrend) {
                Arrays.fill(trend, first, first + RUN, direction);
            }
        }
        return trend;
    }

    private boolean[] shifts() {
        boolean[] shift = new boolean[values.length];
        for (int first = 0; first + RUN <= values.length; first++) {
            boolean isShift = side[first] != 0;
            for (int i = first + 1; i < first + RUN; i++) {
                isShift &= side[i] == side[first];
            }
            if (isShift) {
                Arrays.fill(shift, first, first + RUN, true);
            }
        }
        return shift;
    }

    /** Whether a point and another of three points in a row are near a limit, and all three are on that side. */
    private boolean isTwoOfThree(int point) {
        boolean found = false;
        for (int first = Math.max(0, point - 2); first <= point && first + 2 < values.length; first++) {
            int others = 0;
            boolean isOneSide = true;
            for (int i = first; i < first + 3; i++) {
                others += i != point && near[i] == near[point] ? 1 : 0;
                isOneSide &= side[i] == near[point];
            }
            found |= near[point] != 0 && others >= 1 && isOneSide;
        }
        return found;
    }

    private static int beyond(double value, @Nullable Double lower, @Nullable Double upper) {
        if (lower == null || upper == null) {
            return 0;
        }
        return compare(value, upper) > 0 ? 1 : compare(value, lower) < 0 ? -1 : 0;
    }

    /** -1, 0 or 1; 0 if they differ by no more than rounding. */
    private static int compare(double one, double other) {
        double difference = one - other;
        return Math.abs(difference) <= ROUNDING * Math.max(Math.abs(one), Math.abs(other))
                ? 0
                : (int) Math.signum(difference);
    }
}
