package uk.fpw.audit.change;

import java.util.List;
import java.util.stream.Stream;
import uk.fpw.audit.session.AuditQuery;

/**
 * What {@code mart.wait_summary} reads off a curve, from the counts of the curve, in SQL. Quantiles of waits with the
 * ends of their intervals: {@code S(t) = prod (1 -
 * d/n)} with late entry (Kaplan and Meier, JASA 1958), Greenwood's variance, 95 % bands on the scale of {@code log(-log
 * S)}, and from each of the three the smallest day on which it is at most 1 - p, or, where it is equal to 1 - p, the
 * middle between that day and the next step (Brookmeyer and Crowley, 1982; R's {@code quantile.survfit}). None where
 * that would need a day after the risk set has emptied while later items enter.
 *
 * <p>The restricted mean, the area under the curve from 0 to a horizon, and its standard error: the root of {@code sum
 * A(t)^2 d / (n (n - d))} with {@code A(t)} the area from {@code t} to the horizon (Miller, Survival Analysis, 1981, p.
 * 71; R's {@code survmean}). None where the curve cannot be read to the horizon, and no standard error where nobody has
 * left.
 */
public final class WaitStatistics {

    /** Columns of the mart with the statistics, in the order in which they are described there. */
    public static final List<String> MEASURES = Stream.concat(
                    Stream.of("p25", "median", "p75", "p90", "p95")
                            .flatMap(quantile -> Stream.of("_days", "_low_days", "_high_days")
                                    .map(end -> quantile + end)),
                    Stream.of("restricted_mean_days", "restricted_mean_standard_error"))
            .toList();

    /** Where the mart cuts waits for the restricted mean. */
    static final int HORIZON_DAYS = 365;

    private WaitStatistics() {}

    /**
     * A row for each cohort and statistic: {@code queue, slice, slice_value, cohort, measure, figure}, the measure one
     * of {@link #MEASURES}, with a null figure where there is none. Reads the tables {@code wait_curve} and {@code
     * cohort_spell} of the recount.
     *
     * @param horizonDays where waits are cut for the restricted mean
     */
    static AuditQuery query(int horizonDays) {
        return AuditQuery.named("wait_statistic").with("horizon_days", horizonDays);
    }
}
