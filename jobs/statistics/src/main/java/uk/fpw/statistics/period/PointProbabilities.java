package uk.fpw.statistics.period;

import java.util.function.IntToDoubleFunction;

/**
 * The two-sided p of an exact test: the sum of the probabilities of all outcomes that are no more probable than the
 * observed one, as in R's {@code binom.test} and {@code fisher.test}. The probabilities rise to one mode and fall.
 * Sums in logarithms, so that a p smaller than any double has its logarithm.
 */
final class PointProbabilities {

    /** Probabilities that differ by less are equal, as in R. */
    private static final double EQUAL_WITHIN = 1e-7;

    /** Terms smaller than this part of a sum no longer change it. */
    private static final double NEGLIGIBLE = 1e-18;

    private final int lowest;
    private final int highest;
    private final int mode;
    private final IntToDoubleFunction logProbability;

    /**
     * @param lowest lowest possible outcome
     * @param highest highest possible outcome
     * @param mode an outcome than which none is more probable
     * @param logProbability natural logarithm of the probability of an outcome
     */
    PointProbabilities(int lowest, int highest, int mode, IntToDoubleFunction logProbability) {
        this.lowest = lowest;
        this.highest = highest;
        this.mode = Math.max(lowest, Math.min(highest, mode));
        this.logProbability = logProbability;
    }

    /** Base-10 logarithm of the two-sided p of an outcome; 0 if all outcomes count. */
    double log10P(int observed) {
        double limit = logProbability.applyAsDouble(observed) + Math.log1p(EQUAL_WITHIN);
        if (logProbability.applyAsDouble(mode) <= limit) {
            return 0;
        }
        // below the mode the last outcome that counts, above it the first
        int below = mode;
        int low = lowest - 1;
        while (below - low > 1) {
            int middle = low + (below - low) / 2;
            if (logProbability.applyAsDouble(middle) <= limit) {
                low = middle;
            } else {
                below = middle;
            }
        }
        int above = mode;
        int high = highest + 1;
        while (high - above > 1) {
            int middle = above + (high - above) / 2;
            if (logProbability.applyAsDouble(middle) <= limit) {
                high = middle;
            } else {
                above = middle;
            }
        }
        double sum = add(tail(low, -1), tail(high, 1));
        return Math.min(0, sum / Math.log(10));
    }

    /** Natural logarithm of the sum from an outcome away from the mode. */
    private double tail(int from, int step) {
        if (from < lowest || from > highest) {
            return Double.NEGATIVE_INFINITY;
        }
        double largest = logProbability.applyAsDouble(from);
        double sum = 1;
        double before = 1;
        for (int outcome = from + step; outcome >= lowest && outcome <= highest; outcome += step) {
            double term = Math.exp(logProbability.applyAsDouble(outcome) - largest);
            sum += term;
            // the rest is at most that of a geometric series with this ratio
            double ratio = term / before;
            if (term == 0 || term * ratio < NEGLIGIBLE * sum * (1 - ratio)) {
                break;
            }
            before = term;
        }
        return largest + Math.log(sum);
    }

    private static double add(double one, double other) {
        double larger = Math.max(one, other);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + Math.log(Math.exp(one - larger) + Math.exp(other - larger));
    }
}
