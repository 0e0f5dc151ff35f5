package uk.fpw.statistics;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * A number counted of a total, taken as a random sample.
 *
 * @param count from 0 to {@code total}
 * @param total at least 1: a share of nothing is undefined
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

    /** The 95 % Wilson score interval (Wilson 1927); its ends are exactly 0 or 1 if none or all are counted. */
    public Between interval() {
        Interval wilson = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, count, ERROR_RATE);
        return new Between(count == 0 ? 0 : wilson.getLowerBound(), count == total ? 1 : wilson.getUpperBound());
    }

    /**
     * The 95 % interval of this share minus another, from independent samples: Newcombe 1998, method 10, from the two
     * Wilson intervals.
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
