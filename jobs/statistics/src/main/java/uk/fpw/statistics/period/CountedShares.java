package uk.fpw.statistics.period;

import org.apache.commons.numbers.gamma.LogGamma;
import uk.fpw.statistics.Proportion;

/** Shares of two periods, each of independent cases. */
public record CountedShares(Proportion later, Proportion earlier) {

    /** Fisher's exact test, two-sided, and the interval of Newcombe (1998, method 10) for later less earlier. */
    public Comparison compare() {
        Proportion.Between between = later.differenceFrom(earlier);
        return new Comparison(
                later.share() - earlier.share(), between.low(), between.high(), fisherLog10P(), detectable());
    }

    private double fisherLog10P() {
        int counted = Math.addExact(later.count(), earlier.count());
        int total = Math.addExact(later.total(), earlier.total());
        double constant = logChoose(total, counted);
        return new PointProbabilities(
                        Math.max(0, counted - earlier.total()),
                        Math.min(counted, later.total()),
                        (int) Math.floor((counted + 1.0) * (later.total() + 1.0) / (total + 2.0)),
                        count -> logChoose(later.total(), count)
                                + logChoose(earlier.total(), counted - count)
                                - constant)
                .log10P(later.count());
    }

    private static double logChoose(int from, int choose) {
        return LogGamma.value(from + 1.0) - LogGamma.value(choose + 1.0) - LogGamma.value(from - choose + 1.0);
    }

    /** By the normal approximation, with the share of both periods. */
    private double detectable() {
        double share = (double) (later.count() + earlier.count()) / (later.total() + earlier.total());
        return Comparison.Z_OF_80 * Math.sqrt(share * (1 - share) * (1.0 / later.total() + 1.0 / earlier.total()));
    }
}
