package uk.fpw.statistics;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * So many of so many, as a sample of what might have been.
 *
 * @param count from 0 to {@code total}
 * @param total at least 1: of nothing there is no share
 */
public record Proportion(int count, int total) {

    private static final double ERROR_RATE = 0.05;

    /** Checks the numbers. */
    public Proportion {
        if (total < 1 || count < 0 || count > total) {
            throw new IllegalArgumentException(count + " of " + total + " is not a proportion");
        }
    }

    /** Lower and upper end. */
    public record Between(double low, double high) {}

    /** {@code count / total}. */
    public double share() {
        return (double) count / total;
    }

    /** The 95 % Wilson score interval (Wilson 1927); exactly 0 and 1 at its ends where none or all are counted. */
    public Between interval() {
        Interval wilson = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, count, ERROR_RATE);
        return new Between(count == 0 ? 0 : wilson.getLowerBound(), count == total ? 1 : wilson.getUpperBound());
    }

    /**
     * The 95 % interval of this share less another, from independent samples: Newcombe 1998, method 10, from the
     * two Wilson intervals.
     */
    public Between differenceFrom(Proportion other) {
        Between mine = interval();
        Between others = other.interval();
        double difference = share() - other.share();
        return new Between(
                difference - Math.hypot(share() - mine.low(), others.high() - other.share()),
                difference + Math.hypot(mine.high() - share(), other.share() - others.low()));
    }
}
