package uk.fpw.statistics.wait;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether the waits of two or more groups differ: the log-rank test with hypergeometric variance.
 *
 * <p>At each exit time the exits expected of a group are its part of those at risk (Mantel 1966; Peto and Peto 1972;
 * R's {@code survdiff}). Late entry is allowed. Groups are cohorts (received in) or windows (time at risk in): say
 * which next to the result.
 */
public final class LogRank {

    private LogRank() {}

    /**
     * Outcome of the test.
     *
     * @param observed exits of each group
     * @param expected exits of each group if all waited alike
     * @param variance covariance matrix of observed - expected
     * @param chiSquare NaN if fewer than two groups were ever at risk at the time of an exit
     * @param degreesOfFreedom groups with expected exits, minus one
     * @param p probability of a difference this large if all waited alike; NaN with {@code chiSquare}
     */
    public record Result(
            List<Double> observed,
            List<Double> expected,
            List<List<Double>> variance,
            double chiSquare,
            int degreesOfFreedom,
            double p) {}

    /** Compares groups. */
    public static Result compare(List<LifeTable> groups) {
        return compareWithin(List.of(groups));
    }

    /** Compares groups within strata: each stratum has the same groups in the same order; sums are over strata. */
    public static Result compareWithin(List<List<LifeTable>> strata) {
        int size = strata.get(0).size();
        double[] observed = new double[size];
        double[] expected = new double[size];
        double[][] variance = new double[size][size];
        for (List<LifeTable> groups : strata) {
            if (groups.size() != size) {
                throw new IllegalArgumentException("a stratum has " + groups.size() + " groups and another " + size
                        + "; include every group in each");
            }
            for (double time : LifeTable.exitTimes(groups)) {
                addTime(groups, time, observed, expected, variance);
            }
        }
        return result(observed, expected, variance);
    }

    /**
     * Logarithm to base 10 of the probability of a chi-square with one degree of freedom that is at least as large,
     * also where the probability is smaller than any double: {@code erfc(sqrt(x / 2))} is
     * {@code exp(-x / 2) erfcx(sqrt(x / 2))}.
     */
    public static double log10P(double chiSquare) {
        double half = chiSquare / 2;
        return (StrictMath.log(Erfcx.value(StrictMath.sqrt(half))) - half) / StrictMath.log(10);
    }

    private static void addTime(
            List<LifeTable> groups, double time, double[] observed, double[] expected, double[][] variance) {
        int size = groups.size();
        double n = 0;
        double d = 0;
        double[] part = new double[size];
        for (int g = 0; g < size; g++) {
            part[g] = groups.get(g).atRisk(time);
            long left = groups.get(g).left(time);
            observed[g] += left;
            n += part[g];
            d += left;
        }
        double factor = n > 1 ? d * (n - d) / (n - 1) : 0;
        for (int g = 0; g < size; g++) {
            part[g] /= n;
            expected[g] += d * part[g];
        }
        for (int g = 0; g < size; g++) {
            for (int h = 0; h < size; h++) {
                variance[g][h] += factor * part[g] * ((g == h ? 1 : 0) - part[h]);
            }
        }
    }

    private static Result result(double[] observed, double[] expected, double[][] variance) {
        // One group is implied by the others; groups that were never at risk say nothing.
        int[] used =
                IntStream.range(0, expected.length).filter(g -> expected[g] > 0).toArray();
        int df = Math.max(used.length - 1, 0);
        double[][] v = new double[df][df];
        double[] u = new double[df];
        for (int g = 0; g < df; g++) {
            u[g] = observed[used[g]] - expected[used[g]];
            for (int h = 0; h < df; h++) {
                v[g][h] = variance[used[g]][used[h]];
            }
        }
        double chiSquare = df == 0 ? Double.NaN : quadraticForm(v, u);
        double p = Double.isNaN(chiSquare)
                ? Double.NaN
                : ChiSquaredDistribution.of(df).survivalProbability(chiSquare);
        return new Result(
                boxed(observed),
                boxed(expected),
                Arrays.stream(variance).map(LogRank::boxed).toList(),
                chiSquare,
                df,
                p);
    }

    /** {@code u' V^-1 u} by Cholesky's decomposition; NaN if V is singular. */
    private static double quadraticForm(double[][] v, double[] u) {
        int size = u.length;
        double[][] l = new double[size][size];
        double[] y = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double residual = u[i];
            for (int j = 0; j <= i; j++) {
                double rest = v[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? StrictMath.sqrt(rest) : rest / l[j][j];
                if (j < i) {
                    residual -= l[i][j] * y[j];
                }
            }
            y[i] = residual / l[i][i];
            sum += y[i] * y[i];
        }
        return Double.isFinite(sum) ? sum : Double.NaN;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
