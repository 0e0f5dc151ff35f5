package uk.fpw.statistics.period;

import org.jspecify.annotations.Nullable;

/**
 * How much the later of two periods differs from the earlier, and what chance does.
 *
 * @param size the difference or ratio; null if it is undefined
 * @param low lower end of its 95 % interval; null if it has none
 * @param high upper end; infinite if there is no bound
 * @param log10P base-10 logarithm of the probability, without any change, of a difference at least this large
 * @param detectable difference, or ratio above 1, that would have been found at the 5 % level in 80 of 100 such
 *     comparisons; null if unknown
 */
public record Comparison(
        @Nullable Double size,
        double low,
        double high,
        double log10P,
        @Nullable Double detectable) {

    /** Normal quantile for two-sided 5 %. */
    static final double Z = 1.959963984540054;

    private static final double LOG10_OF_LEVEL = Math.log10(0.05);

    /** The same plus that for a power of 80 %. */
    static final double Z_OF_80 = Z + 0.8416212335729143;

    /**
     * Whether both have a p below 0.05, in opposite directions: fewer cases with more items each.
     *
     * @param none the size of no difference: 1 of ratios, 0 of differences
     */
    public boolean contradicts(Comparison other, double none) {
        return size != null
                && other.size != null
                && (size - none) * (other.size - none) < 0
                && Math.max(log10P, other.log10P) < LOG10_OF_LEVEL;
    }

    /** The ratio above 1 that would have been found in 80 of 100, given the standard error of its logarithm. */
    public static double detectableRatio(double standardError) {
        return Math.exp(Z_OF_80 * standardError);
    }
}
