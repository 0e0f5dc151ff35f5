package uk.fpw.statistics.period;

import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Counts of two periods as rates per day of service. Given their sum, the later count is binomial with the share of
 * the days that is the later period's, if the rates are equal.
 *
 * @param later count of the later period
 * @param laterDays its days of service, at least 1
 * @param earlier count of the earlier period
 * @param earlierDays its days of service, at least 1
 */
public record CountedRates(int later, int laterDays, int earlier, int earlierDays) {

    private static final double ERROR_RATE = 0.05;

    /** Checks the numbers. */
    public CountedRates {
        if (later < 0 || earlier < 0 || laterDays < 1 || earlierDays < 1) {
            throw new IllegalArgumentException(
                    later + " in " + laterDays + " days and " + earlier + " in " + earlierDays + " are not rates");
        }
    }

    private int total() {
        return Math.addExact(later, earlier);
    }

    private double expectedShare() {
        return (double) laterDays / (laterDays + earlierDays);
    }

    /** Later rate / earlier rate; null if the earlier is 0. */
    public @Nullable Double ratio() {
        return earlier == 0 ? null : (Double) ratioOf((double) later / total());
    }

    private double ratioOf(double share) {
        return share >= 1 ? Double.POSITIVE_INFINITY : share / (1 - share) * earlierDays / laterDays;
    }

    /**
     * The exact conditional test of independent events (Przyborowski and Wilenski 1940; R's {@code poisson.test}), with
     * the interval of Clopper and Pearson; null without any.
     */
    public @Nullable Comparison exact() {
        int total = total();
        if (total == 0) {
            return null;
        }
        double share = expectedShare();
        double constant = LogGamma.value(total + 1.0);
        PointProbabilities probabilities = new PointProbabilities(
                0,
                total,
                (int) Math.floor((total + 1.0) * share),
                count -> constant
                        - LogGamma.value(count + 1.0)
                        - LogGamma.value(total - count + 1.0)
                        + count * Math.log(share)
                        + (total - count) * Math.log1p(-share));
        return new Comparison(
                ratio(),
                later == 0
                        ? 0
                        : ratioOf(BetaDistribution.of(later, total - later + 1.0)
                                .inverseCumulativeProbability(ERROR_RATE / 2)),
                earlier == 0
                        ? Double.POSITIVE_INFINITY
                        : ratioOf(BetaDistribution.of(later + 1.0, earlier).inverseSurvivalProbability(ERROR_RATE / 2)),
                probabilities.log10P(later),
                detectable(1));
    }

    /**
     * The score test of counts whose variance is larger than that of independent events by a factor, with the interval
     * of ratios that it does not reject (Wilson's for the share of the later period, with the counts divided by the
     * factor); null without any.
     *
     * @param dispersion the factor, at least 1; see {@link OverDispersion}
     */
    public @Nullable Comparison scaled(double dispersion) {
        if (dispersion < 1) {
            throw new IllegalArgumentException(dispersion + " is no over-dispersion");
        }
        if (total() == 0) {
            return null;
        }
        double n = total() / dispersion;
        double expected = expectedShare();
        double share = (double) later / total();
        double z = (share - expected) / Math.sqrt(expected * (1 - expected) / n);
        double square = Comparison.Z * Comparison.Z;
        double centre = (share + square / (2 * n)) / (1 + square / n);
        double half = Comparison.Z / (1 + square / n) * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
        return new Comparison(
                ratio(),
                later == 0 ? 0 : ratioOf(centre - half),
                earlier == 0 ? Double.POSITIVE_INFINITY : ratioOf(centre + half),
                log10P(z),
                detectable(dispersion));
    }

    /** Base-10 logarithm of the two-sided p of a standard normal deviate. */
    static double log10P(double deviate) {
        double root = Math.abs(deviate) / Math.sqrt(2);
        return Math.min(0, (Math.log(Erfcx.value(root)) - root * root) / Math.log(10));
    }

    private @Nullable Double detectable(double dispersion) {
        if (later == 0 || earlier == 0) {
            return null;
        }
        return Comparison.detectableRatio(Math.sqrt(dispersion * (1.0 / later + 1.0 / earlier)));
    }
}
