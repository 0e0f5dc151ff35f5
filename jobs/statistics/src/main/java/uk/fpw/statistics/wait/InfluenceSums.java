package uk.fpw.statistics.wait;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Variances of a curve whose items are not independent, because some are of one contributor: the infinitesimal
 * jackknife, the sum over contributors of the squared sum of what their items do to the figure
 * ({@link InfluenceWeights}). R: {@code survfit(Surv(first_day - 1, exit_day, left) ~ 1, id = item,
 * cluster = contributor, start.time = 0)}.
 *
 * <p>Between two days on which something happens to a contributor's own items, what they do to {@code -ln S(t)} is
 * {@code a - k A(t)}: {@code k} of them at risk, {@code a} what lies behind them. The sum of the squares over all
 * contributors is {@code sum a^2 - 2 A(t) sum ak + A(t)^2 sum k^2}, on every day {@code t}. So each contributor changes
 * three sums on its own days only, and the whole curve costs no more than one pass over the items, with memory for the
 * days of the curve, whatever the number of contributors. A share by reason has three sums more: what the items do to
 * it is {@code b - F a - k (C - F A)}.
 *
 * <p>One item for each contributor and nobody entering late: equal to Greenwood's variance.
 */
public final class InfluenceSums implements Serializable {

    /**
     * With fewer contributors the 95 % intervals of cases of up to ten devices hold less than 94 %, see
     * {@code docs/methods.md}. The arithmetic answers for any number; who publishes withholds.
     */
    public static final int FEWEST_CONTRIBUTORS = 150;

    private static final int ENTERS = 0;
    private static final int LAST_SEEN = 1;
    private static final int LEAVES = 2;

    private final InfluenceWeights weights;
    private final FixedSums aa;
    private final FixedSums ak;
    private final FixedSums kk;
    private final FixedSums[] ab;
    private final FixedSums[] bb;
    private final FixedSums[] bk;
    private final FixedSums mean = new FixedSums(1);
    private long contributors;

    // of the contributor that is added
    private long[] changes = new long[16];
    private final double[] b;

    /** No contributors yet. */
    public InfluenceSums(InfluenceWeights weights) {
        this.weights = weights;
        aa = new FixedSums(weights.size());
        ak = new FixedSums(weights.size());
        kk = new FixedSums(weights.size());
        ab = ofEachReason();
        bb = ofEachReason();
        bk = ofEachReason();
        b = new double[weights.reasons()];
    }

    private FixedSums[] ofEachReason() {
        FixedSums[] sums = new FixedSums[weights.reasons()];
        Arrays.setAll(sums, reason -> new FixedSums(weights.size()));
        return sums;
    }

    /** Adds a contributor with all its items of the curve; one without items is none. */
    public InfluenceSums add(ContributorWaits waits) {
        if (waits.size() == 0) {
            return this;
        }
        int count = sorted(waits);
        contributors++;
        int kinds = LEAVES + Math.max(weights.reasons(), 1);
        Arrays.fill(b, 0);
        double a = 0;
        double m = 0;
        long k = 0;
        for (int i = 0; i < count; ) {
            int at = (int) (changes[i] / kinds);
            addProducts(at, a, k, -1);
            for (; i < count && changes[i] / kinds == at; i++) {
                int kind = (int) (changes[i] % kinds);
                if (kind == ENTERS) {
                    k++;
                    if (at > 0) {
                        a += weights.atRisk[at - 1];
                        m += weights.atRiskMean[at - 1];
                        for (int reason = 0; reason < b.length; reason++) {
                            b[reason] += weights.atRiskShare[reason][at - 1];
                        }
                    }
                } else {
                    int left = kind - LEAVES;
                    k--;
                    a += (left < 0 ? 0 : weights.leaving[at]) - weights.atRisk[at];
                    m += (left < 0 ? 0 : weights.leavingMean[at]) - weights.atRiskMean[at];
                    for (int reason = 0; reason < b.length; reason++) {
                        b[reason] += (left < 0 ? 0 : weights.leavingShare[reason][at])
                                + (left == reason ? weights.leavingFor[at] : 0)
                                - weights.atRiskShare[reason][at];
                    }
                }
            }
            addProducts(at, a, k, 1);
        }
        mean.add(0, m * m);
        return this;
    }

    /** What happens to the items, by position of the day, as {@code position * kinds + kind}. */
    private int sorted(ContributorWaits waits) {
        int kinds = LEAVES + Math.max(weights.reasons(), 1);
        int count = 2 * waits.size();
        if (changes.length < count) {
            changes = new long[2 * count];
        }
        for (int i = 0; i < waits.size(); i++) {
            int reason = waits.reason(i);
            if (weights.reasons() > 0 && reason >= weights.reasons()) {
                throw new IllegalArgumentException("reason " + reason + " of " + weights.reasons());
            }
            int left = weights.reasons() == 0 ? Math.min(reason, 0) : reason;
            changes[2 * i] = (long) weights.firstAfter(waits.firstDay(i) - 1.0) * kinds + ENTERS;
            changes[2 * i + 1] = (long) weights.position(waits.exitDay(i)) * kinds
                    + (left == ContributorWaits.STILL_WAITING ? LAST_SEEN : LEAVES + left);
        }
        Arrays.sort(changes, 0, count);
        return count;
    }

    private void addProducts(int at, double a, long k, int sign) {
        if (a == 0 && k == 0) {
            return;
        }
        double signed = sign * a;
        aa.add(at, signed * a);
        ak.add(at, signed * k);
        kk.add(at, (double) sign * k * k);
        for (int reason = 0; reason < b.length; reason++) {
            ab[reason].add(at, signed * b[reason]);
            bb[reason].add(at, sign * b[reason] * b[reason]);
            bk[reason].add(at, sign * b[reason] * k);
        }
    }

    /** Adds the sums over other contributors, made with the same weights. */
    public InfluenceSums add(InfluenceSums other) {
        contributors += other.contributors;
        aa.add(other.aa);
        ak.add(other.ak);
        kk.add(other.kk);
        mean.add(other.mean);
        for (int reason = 0; reason < b.length; reason++) {
            ab[reason].add(other.ab[reason]);
            bb[reason].add(other.bb[reason]);
            bk[reason].add(other.bk[reason]);
        }
        return this;
    }

    /** Number of contributors that were added. */
    public long contributors() {
        return contributors;
    }

    /** Variance of {@code ln S} at each time of the table. */
    double[] logVariances() {
        double[] sumAa = aa.cumulated();
        double[] sumAk = ak.cumulated();
        double[] sumKk = kk.cumulated();
        double[] variances = new double[sumAa.length];
        for (int i = 0; i < variances.length; i++) {
            double atRisk = weights.atRisk[i];
            variances[i] = variance(sumAa[i] - 2 * atRisk * sumAk[i] + atRisk * atRisk * sumKk[i]);
        }
        return variances;
    }

    /** Variance of the share that left for a reason, at each time of the table. */
    double[] shareVariances(int reason) {
        double[] sumAa = aa.cumulated();
        double[] sumAk = ak.cumulated();
        double[] sumKk = kk.cumulated();
        double[] sumAb = ab[reason].cumulated();
        double[] sumBb = bb[reason].cumulated();
        double[] sumBk = bk[reason].cumulated();
        double[] variances = new double[sumAa.length];
        for (int i = 0; i < variances.length; i++) {
            double f = weights.share[reason][i];
            double c = weights.atRiskShare[reason][i] - f * weights.atRisk[i];
            variances[i] = variance(sumBb[i]
                    - 2 * f * sumAb[i]
                    + f * f * sumAa[i]
                    - 2 * c * (sumBk[i] - f * sumAk[i])
                    + c * c * sumKk[i]);
        }
        return variances;
    }

    /** Variance of the restricted mean; fails for another horizon than that of the weights. */
    double restrictedMeanVariance(double horizon) {
        if (horizon != weights.horizon()) {
            throw new IllegalArgumentException(
                    "the variance is that of a mean up to " + weights.horizon() + ", not " + horizon);
        }
        return variance(mean.value(0));
    }

    /** The weights are in multiples of one over the number of items; below 0 is rounding. */
    private double variance(double sum) {
        double count = weights.count();
        return Math.max(sum, 0) / (count * count);
    }

    /** Fails unless the sums are of this table's curve. */
    void mustBeOf(LifeTable table) {
        if (table.size() != weights.size() || table.count() != weights.count()) {
            throw new IllegalArgumentException("the sums are of a curve of " + weights.count() + " items with "
                    + weights.size() + " times, not of " + table.count() + " with " + table.size());
        }
    }
}
