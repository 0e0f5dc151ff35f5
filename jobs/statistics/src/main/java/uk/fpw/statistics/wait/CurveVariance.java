package uk.fpw.statistics.wait;

import org.jspecify.annotations.Nullable;

/**
 * From what the intervals and standard errors of a curve are computed.
 *
 * @param byContributor sums over the contributors of the curve; null for Greenwood's variance
 * @param withheld why there are neither intervals nor standard errors; null if there are
 */
public record CurveVariance(
        @Nullable InfluenceSums byContributor, @Nullable String withheld) {

    /** As if all items were independent: Greenwood's variance. */
    public static final CurveVariance INDEPENDENT = new CurveVariance(null, null);

    /** By contributor, see {@link InfluenceSums}. */
    public static CurveVariance of(InfluenceSums sums) {
        return new CurveVariance(sums, null);
    }

    /** None, for this reason. */
    public static CurveVariance withheld(String reason) {
        return new CurveVariance(null, reason);
    }

    /** {@code ok}, or why there are no intervals. */
    public String status() {
        return withheld == null ? "ok" : withheld;
    }
}
