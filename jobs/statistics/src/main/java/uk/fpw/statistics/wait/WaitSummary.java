package uk.fpw.statistics.wait;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of {@code mart.wait_summary} for one cohort; the columns are described in {@code mart/wait_summary.yml}.
 *
 * @param quantiles of leaving for any reason, in the order of {@link #SHARES}
 * @param intervalStatus {@code ok}, or why there are neither intervals nor standard errors
 */
public record WaitSummary(
        long spellCount,
        long leftCount,
        long stillWaitingCount,
        int longestObservedDays,
        List<SurvivalCurve.Quantile> quantiles,
        SurvivalCurve.RestrictedMean restrictedMean,
        String curveStatus,
        String intervalStatus,
        @Nullable Double completedOnlyMedianDays) {

    /** Shares of the quantiles: the share that had left by each. */
    public static final List<Double> SHARES = List.of(0.25, 0.5, 0.75, 0.9, 0.95);

    /** Names of the quantiles in columns, in the order of {@link #SHARES}. */
    private static final List<String> QUANTILES = List.of("p25", "median", "p75", "p90", "p95");

    /** Horizon of the restricted mean. */
    public static final int HORIZON_DAYS = 365;

    /** Figures of a table in whole days, as if all items were independent; it must not be empty. */
    public static WaitSummary of(LifeTable table) {
        return of(table, CurveVariance.INDEPENDENT);
    }

    /** Figures of a table in whole days; it must not be empty. */
    public static WaitSummary of(LifeTable table, CurveVariance variance) {
        SurvivalCurve curve = SurvivalCurve.of(table, variance.byContributor());
        boolean isWithheld = variance.withheld() != null;
        return new WaitSummary(
                table.count(),
                table.leftCount(),
                table.count() - table.leftCount(),
                (int) table.lastTime(),
                SHARES.stream()
                        .map(curve::quantile)
                        .map(quantile ->
                                isWithheld ? new SurvivalCurve.Quantile(quantile.value(), null, null) : quantile)
                        .toList(),
                isWithheld ? withoutError(curve.restrictedMean(HORIZON_DAYS)) : curve.restrictedMean(HORIZON_DAYS),
                status(table),
                variance.status(),
                completedOnlyMedian(table));
    }

    /** The quantiles and the restricted mean with their errors, by column; null where there is none. */
    public Map<String, @Nullable Double> figures() {
        Map<String, @Nullable Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < QUANTILES.size(); i++) {
            SurvivalCurve.Quantile quantile = quantiles.get(i);
            figures.put(QUANTILES.get(i) + "_days", quantile.value());
            figures.put(QUANTILES.get(i) + "_low_days", quantile.low());
            figures.put(QUANTILES.get(i) + "_high_days", quantile.high());
        }
        figures.put("restricted_mean_days", restrictedMean.mean());
        // where nobody has left nothing is known of it
        figures.put("restricted_mean_standard_error", leftCount == 0 ? null : restrictedMean.standardError());
        return figures;
    }

    private static SurvivalCurve.RestrictedMean withoutError(SurvivalCurve.RestrictedMean mean) {
        return new SurvivalCurve.RestrictedMean(mean.mean(), null, mean.isHorizonBeyondFollowUp());
    }

    /** What a reader of the curve must know; {@code ok} if there is nothing. */
    private static String status(LifeTable table) {
        List<String> notes = new ArrayList<>();
        int firstDay = (int) table.starts()[0] + 1;
        if (firstDay > 0) {
            notes.add("nobody observed before day " + firstDay + ": shares are of those still waiting then");
        }
        Double empties = table.emptiesAt();
        if (empties != null) {
            notes.add("risk set empties on day " + empties.intValue() + " while later items enter: read only up to day "
                    + empties.intValue());
        }
        if (table.leftCount() == 0) {
            notes.add("no exits");
        }
        return notes.isEmpty() ? "ok" : String.join("; ", notes);
    }

    /** Plain median of the completed waits; the mean of the middle two if their number is even. */
    private static @Nullable Double completedOnlyMedian(LifeTable table) {
        long all = table.leftCount();
        if (all == 0) {
            return null;
        }
        return (endedWait(table, (all - 1) / 2) + endedWait(table, all / 2)) / 2;
    }

    /** The wait at a rank among those that ended; rank 0 is the shortest. */
    private static double endedWait(LifeTable table, long rank) {
        long upTo = 0;
        for (int i = 0; i < table.size(); i++) {
            upTo += table.leftAt(i);
            if (upTo > rank) {
                return table.time(i);
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + upTo + " ended waits");
    }
}
