package uk.fpw.statistics.wait;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The share still waiting by time since entry: Kaplan and Meier's product-limit estimate with late entry, for leaving
 * by any reason.
 *
 * <p>{@code S(t) = prod (1 - d/n)} over the times up to {@code t}, {@code d} leaving of {@code n} at risk (Kaplan and
 * Meier, JASA 1958; with late entry, Andersen, Borgan, Gill and Keiding, <em>Statistical Models Based on Counting
 * Processes</em>, IV.3). The share at {@code t} is that of items whose wait exceeds {@code t}. Agrees with R's
 * {@code survfit(Surv(first_day - 1, exit_day, left) ~ 1, start.time = 0, conf.type = "log-log")}.
 */
public final class SurvivalCurve {

    /** 97.5 % quantile of the normal distribution, to double precision. */
    static final double Z = 1.959963984540054;

    /**
     * How near a share must come to 1 - p to count as equal to it: the square root of the machine precision, as in R.
     */
    private static final double EQUAL_WITHIN = 1.5e-8;

    private final LifeTable table;
    private final List<Step> steps;
    private final @Nullable Double readableTo;
    private final @Nullable InfluenceSums byContributor;

    private SurvivalCurve(LifeTable table, List<Step> steps, @Nullable InfluenceSums byContributor) {
        this.table = table;
        this.steps = steps;
        this.byContributor = byContributor;
        this.readableTo = table.emptiesAt();
    }

    /**
     * The share still waiting at a time.
     *
     * @param share of all, between 0 and 1
     * @param standardError null if the share is 0
     * @param low lower end of the 95 % log-log interval; null if the share is 0 or 1
     * @param high upper end of it
     */
    public record Point(
            double share,
            @Nullable Double standardError,
            @Nullable Double low,
            @Nullable Double high) {}

    /** A time of an exit or a censoring; {@code point} holds from this time to the next. */
    public record Step(double time, long atRisk, long left, long censored, Point point) {}

    /**
     * The time by which a share of the items had left, and its 95 % interval.
     *
     * @param value null if that share did not leave under observation, or only after the risk set had emptied
     * @param low null if not reached by the lower band
     * @param high null if not reached by the upper band
     */
    public record Quantile(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * Mean wait when waits are cut at the horizon.
     *
     * @param mean area under the curve from 0 to the horizon; null if the risk set empties before the horizon while
     *     later items enter
     * @param standardError of the mean; null with it, and where it is withheld ({@link CurveVariance})
     * @param isHorizonBeyondFollowUp true if observation ended before the horizon with items still waiting: the area
     *     then extends the last share
     */
    public record RestrictedMean(
            @Nullable Double mean, @Nullable Double standardError, boolean isHorizonBeyondFollowUp) {}

    private static final Point START = new Point(1, 0.0, null, null);

    /**
     * Estimates the curve, with Greenwood's variance, as if all items were independent; an empty table gives a curve
     * without steps.
     */
    public static SurvivalCurve of(LifeTable table) {
        return of(table, null);
    }

    /**
     * Estimates the curve, with variances by contributor: all standard errors and intervals are those of the
     * infinitesimal jackknife, see {@link InfluenceSums}.
     *
     * @param byContributor sums over all contributors of the table; null for Greenwood's variance
     */
    public static SurvivalCurve of(LifeTable table, @Nullable InfluenceSums byContributor) {
        double @Nullable [] logVariances = null;
        if (byContributor != null) {
            byContributor.mustBeOf(table);
            logVariances = byContributor.logVariances();
        }
        List<Step> steps = new ArrayList<>();
        double share = 1;
        double logShare = 0;
        double greenwood = 0;
        for (int i = 0; i < table.size(); i++) {
            long n = table.atRiskAt(i);
            long d = table.leftAt(i);
            if (d > 0) {
                share *= (double) (n - d) / n;
                logShare += StrictMath.log1p(-(double) d / n);
                greenwood += (double) d / ((double) n * (n - d));
            }
            double variance = logVariances == null ? greenwood : logVariances[i];
            steps.add(new Step(table.time(i), n, d, table.censoredAt(i), point(share, logShare, variance)));
        }
        return new SurvivalCurve(table, List.copyOf(steps), byContributor);
    }

    /**
     * Variance by Greenwood (1926), {@code S^2 G} with {@code G = sum d / (n (n - d))}; interval on the scale of
     * {@code log(-log S)}, {@code S^exp(+-z sqrt(G) / |ln S|)} (Kalbfleisch and Prentice, 1980, section 1.3). By
     * contributor G is the variance of {@code ln S}.
     */
    private static Point point(double share, double logShare, double logVariance) {
        if (share == 0) {
            return new Point(0, null, null, null);
        }
        if (logShare == 0) {
            return START;
        }
        double spread = StrictMath.exp(Z * StrictMath.sqrt(logVariance) / -logShare);
        return new Point(
                share,
                share * StrictMath.sqrt(logVariance),
                StrictMath.exp(logShare * spread),
                StrictMath.exp(logShare / spread));
    }

    /** The curve's steps in order of time. */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Whether the curve can be read at a time: not after the risk set has emptied while later items enter
     * ({@link LifeTable#emptiesAt()}), because from then on it estimates nothing.
     */
    public boolean isReadableAt(double time) {
        return readableTo == null || time <= readableTo;
    }

    /**
     * The product-limit estimate at a time, readable or not; after the last step that of the last step, although
     * nothing is observed any more.
     */
    public Point at(double time) {
        int i = table.lastUpTo(time);
        return i < 0 ? START : steps.get(i).point();
    }

    /**
     * The smallest time by which a share {@code p} had left: {@code S(t) <= 1 - p}. If the curve equals 1 - p, it is
     * the midpoint between that time and the next decrease, or the last time if the curve ends there; the interval
     * follows from the same rule on the bands (Brookmeyer and Crowley, 1982; R's {@code quantile.survfit}). Null if
     * the rule would need a time at which the curve cannot be read, for which R returns a value.
     */
    public Quantile quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("quantile " + p + ": use a share between 0 and 1");
        }
        return new Quantile(crossing(p, Point::share), crossing(p, Point::low), crossing(p, Point::high));
    }

    private @Nullable Double crossing(double p, Function<Point, @Nullable Double> band) {
        Double reached = null;
        for (Step step : steps) {
            if (!isReadableAt(step.time())) {
                return null;
            }
            Double value = band.apply(step.point());
            if (value == null) {
                continue;
            }
            if (reached == null && value <= 1 - p + EQUAL_WITHIN) {
                reached = step.time();
            }
            if (reached != null && value <= 1 - p - EQUAL_WITHIN) {
                return (reached + step.time()) / 2;
            }
        }
        return reached == null ? null : (reached + table.lastTime()) / 2;
    }

    /**
     * Area under the curve on [0, horizon]. Variance {@code sum A(t)^2 d / (n (n - d))} with {@code A(t)} the area from
     * {@code t} to the horizon; a time at which everyone at risk leaves adds nothing (Miller, <em>Survival
     * Analysis</em>, 1981, p. 71; R's {@code survival:::survmean}), or by contributor. Both are null if
     * the curve cannot be read up to the horizon.
     */
    public RestrictedMean restrictedMean(double horizon) {
        if (!(horizon > 0)) {
            throw new IllegalArgumentException("horizon " + horizon + ": use a time greater than 0");
        }
        if (!isReadableAt(horizon)) {
            return new RestrictedMean(null, null, true);
        }
        double until = horizon;
        double area = 0;
        double variance = 0;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.time() > horizon) {
                continue;
            }
            area += step.point().share() * (until - step.time());
            until = step.time();
            long remaining = step.atRisk() - step.left();
            if (remaining > 0) {
                variance += area * area * step.left() / ((double) step.atRisk() * remaining);
            }
        }
        boolean isBeyond = steps.isEmpty()
                || (horizon > table.lastTime()
                        && steps.get(steps.size() - 1).point().share() > 0);
        if (byContributor != null) {
            variance = byContributor.restrictedMeanVariance(horizon);
        }
        return new RestrictedMean(area + until, StrictMath.sqrt(variance), isBeyond);
    }
}
