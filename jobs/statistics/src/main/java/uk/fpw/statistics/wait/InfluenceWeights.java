package uk.fpw.statistics.wait;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an item does to a curve by being in it, in a form that can be read for any item: the derivatives of
 * {@code S(t)}, of the shares by reason and of the restricted mean by its weight.
 *
 * <p>With {@code d} leaving of {@code n} at risk and {@code h = d/n}, the derivative of {@code ln S(t)} is
 * {@code -sum_{u<=t} (dN - Y h) / (n - d)}, {@code dN} 1 where the item leaves and {@code Y} 1 while it is at risk
 * (Jaeckel's infinitesimal jackknife, 1972; Therneau and Grambsch, <em>Modeling Survival Data</em>, 2000, 7.1). For an
 * item at risk on {@code (start, stop]} the sum is {@code 1/(n-d)} of its exit day less {@code A(stop) - A(start)},
 * {@code A(t) = sum_{u<=t} d / (n (n - d))}. For the share that left for reason k it is
 *
 * <p>{@code sum_{u<=t} S(u-) (dN_k - Y d_k/n) / n - (F_k(t) - F_k(u)) (dN - Y h) / (n - d)},
 *
 * <p>and for the restricted mean that of {@code ln S} with the area under the curve from {@code u} to the horizon
 * within the sum. On a day on which all at risk leave, {@code n = d}, what is divided by {@code n - d} is 0: whatever
 * the weights, the curve is 0 after it.
 *
 * <p>All numbers are multiplied by the number of items, so that they are of the order of 1. Some kilobytes for a curve
 * of some hundred days; every task of a pass reads the same.
 */
public final class InfluenceWeights implements Serializable {

    private final long count;
    private final int reasons;
    private final double horizon;
    private final double[] times;

    /** At each time, for who leaves: {@code 1/(n-d)}. */
    final double[] leaving;

    /** At each time, for who is at risk from the beginning until then: {@code A}. */
    final double[] atRisk;

    /** At each time, by reason: its share. */
    final double[][] share;

    /** At each time, by reason, for who leaves for it: {@code S(u-)/n}. */
    final double[] leavingFor;

    /** At each time, by reason, for who leaves at all: {@code F_k(u)/(n-d)}. */
    final double[][] leavingShare;

    /** At each time, by reason, for who is at risk: the sum of {@code S(u-) d_k/n^2 + F_k(u) d/(n(n-d))}. */
    final double[][] atRiskShare;

    /** At each time up to the horizon, for who leaves: the area from then on by {@code n - d}. */
    final double[] leavingMean;

    /** At each time, for who is at risk: the sum of the same, times {@code d/n}. */
    final double[] atRiskMean;

    private InfluenceWeights(LifeTable table, List<String> reasons, double horizon) {
        int size = table.size();
        this.count = table.count();
        this.reasons = reasons.size();
        this.horizon = horizon;
        times = new double[size];
        leaving = new double[size];
        atRisk = new double[size];
        share = new double[this.reasons][size];
        leavingFor = new double[size];
        leavingShare = new double[this.reasons][size];
        atRiskShare = new double[this.reasons][size];
        leavingMean = new double[size];
        atRiskMean = new double[size];
        double[] still = new double[size];
        double s = 1;
        double a = 0;
        for (int i = 0; i < size; i++) {
            double n = table.atRiskAt(i);
            double d = table.leftAt(i);
            times[i] = table.time(i);
            leaving[i] = d > 0 && n > d ? count / (n - d) : 0;
            a += d > 0 ? leaving[i] * d / n : 0;
            atRisk[i] = a;
            leavingFor[i] = d > 0 ? count * s / n : 0;
            s *= d > 0 ? (n - d) / n : 1;
            still[i] = s;
        }
        for (int k = 0; k < this.reasons; k++) {
            shares(table, k, table.leftFor(reasons.get(k)));
        }
        means(table, still);
    }

    /**
     * The weights of a curve.
     *
     * @param table in whole days
     * @param reasons of which shares are wanted; positions in {@link ContributorWaits} are those of this list. Empty
     *     for the curve alone
     * @param horizon of the restricted mean
     */
    public static InfluenceWeights of(LifeTable table, List<String> reasons, double horizon) {
        return new InfluenceWeights(table, reasons, horizon);
    }

    private void shares(LifeTable table, int k, long @Nullable [] leftFor) {
        double f = 0;
        double c = 0;
        for (int i = 0; i < times.length; i++) {
            double n = table.atRiskAt(i);
            double d = table.leftAt(i);
            if (d > 0) {
                double dk = leftFor == null ? 0 : leftFor[i];
                f += leavingFor[i] * dk / count;
                leavingShare[k][i] = f * leaving[i];
                c += leavingFor[i] * dk / n + leavingShare[k][i] * d / n;
            }
            share[k][i] = f;
            atRiskShare[k][i] = c;
        }
    }

    private void means(LifeTable table, double[] still) {
        double area = 0;
        double until = horizon;
        for (int i = times.length - 1; i >= 0; i--) {
            if (times[i] <= horizon) {
                area += still[i] * (until - times[i]);
                until = times[i];
                leavingMean[i] = area * leaving[i];
            }
        }
        double m = 0;
        for (int i = 0; i < times.length; i++) {
            m += leavingMean[i] == 0 ? 0 : leavingMean[i] * table.leftAt(i) / table.atRiskAt(i);
            atRiskMean[i] = m;
        }
    }

    /** Number of distinct times. */
    int size() {
        return times.length;
    }

    /** Number of items of the curve. */
    long count() {
        return count;
    }

    /** Number of reasons. */
    int reasons() {
        return reasons;
    }

    double horizon() {
        return horizon;
    }

    /** Position of the first time after {@code start}. */
    int firstAfter(double start) {
        int i = Arrays.binarySearch(times, start);
        return i < 0 ? -i - 1 : i + 1;
    }

    /** Position of a time at which an item left or was last seen; fails if no item of the table did. */
    int position(double stop) {
        int i = Arrays.binarySearch(times, stop);
        if (i < 0) {
            throw new IllegalArgumentException(
                    "an item was last at risk on a day on which none of the curve was; both passes must see the same");
        }
        return i;
    }
}
