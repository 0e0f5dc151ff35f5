package uk.fpw.statistics.period;

import org.apache.commons.numbers.gamma.LogGamma;
import org.jspecify.annotations.Nullable;
import uk.fpw.statistics.Proportion;

/** Shares of two periods, each of independent cases. */
public record CountedShares(Proportion later, Proportion earlier) {

    /** Fisher's exact test, two-sided, and the interval of Newcombe (1998, method 10) for later less earlier. */
    public Comparison compare() {
        Proportion.Between between = later.differenceFrom(earlier);
        return new Comparison(
                later.share() - earlier.share(), between.low(), between.high(), fisherLog10P(), detectable());
    }

    /**
     * The score test of shares whose variance is larger than that of independent items by a factor, with the interval
     * of the same standard error, as far as shares can differ; null if all or none are counted, which have no such
     * error.
     *
     * @param dispersion the factor, at least 1; see {@link ShareSpread}
     */
    public @Nullable Comparison scaled(double dispersion) {
        if (dispersion < 1) {
            throw new IllegalArgumentException(dispersion + " is no over-dispersion");
        }
        double size = later.share() - earlier.share();
        double error = Math.sqrt(dispersion) * error();
        return error == 0
                ? null
                : new Comparison(
                        size,
                        Math.max(size - Comparison.Z * error, -1),
                        Math.min(size + Comparison.Z * error, 1),
                        CountedRates.log10P(size / error),
                        Comparison.Z_OF_80 * error);
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

    /** By the normal approximation, with the share of both periods; null if that is 0 or 1. */
    private @Nullable Double detectable() {
        double error = error();
        return error == 0 ? null : (Double) (Comparison.Z_OF_80 * error);
    }

    private double error() {
        double share = (double) (later.count() + earlier.count()) / (later.total() + earlier.total());
        return Math.sqrt(share * (1 - share) * (1.0 / later.total() + 1.0 / earlier.total()));
    }
}
