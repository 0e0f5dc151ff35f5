package uk.fpw.statistics.wait;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The share that has left for each reason by a time since entry: Aalen and Johansen's estimate.
 *
 * <p>{@code F_k(t) = sum S(u-) d_k / n}; the shares of all reasons add up to 1 - S (Aalen and Johansen, Scand. J.
 * Statist. 1978; R's {@code survfit} with a factor as status). Not one curve per reason with the other
 * exits censored: that estimates the shares if there were no other exits.
 */
public final class CumulativeIncidence {

    private final LifeTable table;
    private final Map<String, double[]> shares = new LinkedHashMap<>();
    private final Map<String, double[]> standardErrors = new LinkedHashMap<>();

    private CumulativeIncidence(LifeTable table) {
        this.table = table;
    }

    /**
     * The share that left for one reason.
     *
     * @param share of all, between 0 and 1
     * @param standardError 0 while there are no such exits
     * @param low lower end of the 95 % interval; null if the share is 0 or 1
     * @param high upper end of it
     */
    public record Point(
            double share,
            double standardError,
            @Nullable Double low,
            @Nullable Double high) {

        /**
         * A share with its interval on the scale of {@code log(-log F)}: {@code F^exp(+-z se / (F |ln F|))}
         * (Kalbfleisch and Prentice, 1980; the default of SAS's {@code proc lifetest} and of lifelines).
         */
        static Point of(double share, double standardError) {
            if (share <= 0 || share >= 1) {
                return new Point(share, standardError, null, null);
            }
            double logShare = StrictMath.log(share);
            double spread = StrictMath.exp(SurvivalCurve.Z * standardError / (share * -logShare));
            // without spread the ends are the share, but for rounding
            return new Point(
                    share,
                    standardError,
                    Math.min(StrictMath.exp(logShare * spread), share),
                    Math.max(StrictMath.exp(logShare / spread), share));
        }
    }

    /** Estimates every reason, as if all items were independent; a reason without exits has shares of 0. */
    public static CumulativeIncidence of(LifeTable table, List<String> reasons) {
        return of(table, reasons, null);
    }

    /**
     * Estimates every reason.
     *
     * @param byContributor sums over all contributors of the table with the same reasons, for standard errors and
     *     intervals by contributor; null for Greenwood's
     */
    public static CumulativeIncidence of(LifeTable table, List<String> reasons, @Nullable InfluenceSums byContributor) {
        CumulativeIncidence all = new CumulativeIncidence(table);
        for (int k = 0; k < reasons.size(); k++) {
            all.estimate(reasons.get(k));
            if (byContributor != null) {
                byContributor.mustBeOf(table);
                double[] variances = byContributor.shareVariances(k);
                all.standardErrors.put(
                        reasons.get(k),
                        Arrays.stream(variances).map(StrictMath::sqrt).toArray());
            }
        }
        return all;
    }

    /**
     * Greenwood's variance {@code Var F_k(t) = sum_{u<=t} S(u-)^2/n {sum_j p_j g_j^2 - (sum_j p_j g_j)^2}},
     * {@code p_j = d_j/n}, {@code g_j = 1{j=k} - Q_k}, {@code Q_k = (F_k(t) - F_k(u)) / S(u)} (Andersen, Borgan, Gill
     * and Keiding, 1993, IV.4.1.3, discrete form), carried forward in time: with {@code F' = F + S p_k} and
     * {@code S' = S (1 - p)}, the variances and the covariance after a step follow from those before it and the
     * multinomial ones of {@code p_k, p}. The same sum, in one pass and without cancellation.
     */
    private void estimate(String reason) {
        int size = table.size();
        double[] share = new double[size];
        double[] standardError = new double[size];
        long[] leftFor = table.leftFor(reason);
        shares.put(reason, share);
        standardErrors.put(reason, standardError);
        if (leftFor == null) {
            return;
        }
        boolean othersLeft = false;
        double s = 1;
        double f = 0;
        double varS = 0;
        double varF = 0;
        double covariance = 0;
        for (int i = 0; i < size; i++) {
            if (table.leftAt(i) > 0) {
                double n = table.atRiskAt(i);
                double pk = leftFor[i] / n;
                double p = table.leftAt(i) / n;
                double stay = (n - table.leftAt(i)) / n;
                varF += 2 * pk * covariance + pk * pk * varS + s * s * pk * (1 - pk) / n;
                covariance = stay * (covariance + pk * varS - s * s * pk / n);
                varS = stay * (stay * varS + s * s * p / n);
                f += s * pk;
                s *= stay;
                othersLeft |= leftFor[i] < table.leftAt(i);
            }
            share[i] = f;
            // While there are no other exits F = 1 - S, and the variance of S has no rounding error where S is 0.
            standardError[i] = StrictMath.sqrt(othersLeft ? Math.max(varF, 0) : varS);
        }
    }

    /** The share of a reason at a time. */
    public Point at(String reason, double time) {
        double @Nullable [] share = shares.get(reason);
        double @Nullable [] standardError = standardErrors.get(reason);
        if (share == null || standardError == null) {
            throw new IllegalArgumentException("reason '" + reason + "' is not among " + shares.keySet());
        }
        int i = table.lastUpTo(time);
        // a sum of shares may exceed 1 by rounding
        return i < 0 ? Point.of(0, 0) : Point.of(Math.min(share[i], 1), standardError[i]);
    }
}
