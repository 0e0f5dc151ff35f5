package uk.fpw.statistics.wait;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an item does to the log-rank test of two groups by being in it: the derivative of observed less expected exits
 * of the first group by its weight,
 *
 * <p>{@code sum_u (z - n1/n) (dN - Y d/n)},
 *
 * <p>{@code z} 1 in the first group and 0 in the second, {@code dN} 1 where it leaves and {@code Y} 1 while it is at
 * risk: its own observed less expected, less its share in what each exit day expects (Lin and Wei, JASA 1989; R's score
 * residual of {@code coxph} at 0 with Breslow's likelihood, which has the same form where several exits share a day).
 */
public final class LogRankWeights implements Serializable {

    private final double observedLessExpected;
    private final List<Stratum> strata;

    private static final class Stratum implements Serializable {

        private final double[] times;
        private final double[] firstShare;
        private final double[] atRiskInFirst;
        private final double[] atRiskInSecond;

        private Stratum(double[] times, double[] firstShare, double[] atRiskInFirst, double[] atRiskInSecond) {
            this.times = times;
            this.firstShare = firstShare;
            this.atRiskInFirst = atRiskInFirst;
            this.atRiskInSecond = atRiskInSecond;
        }

        static Stratum of(List<LifeTable> both) {
            double[] times = LifeTable.exitTimes(both);
            double[] firstShare = new double[times.length];
            double[] atRiskInFirst = new double[times.length];
            double[] atRiskInSecond = new double[times.length];
            double inFirst = 0;
            double inSecond = 0;
            for (int i = 0; i < times.length; i++) {
                double first = both.get(0).atRisk(times[i]);
                double second = both.get(1).atRisk(times[i]);
                double left = both.get(0).left(times[i]) + both.get(1).left(times[i]);
                double all = first + second;
                inFirst += second / all * left / all;
                inSecond -= first / all * left / all;
                firstShare[i] = first / all;
                atRiskInFirst[i] = inFirst;
                atRiskInSecond[i] = inSecond;
            }
            return new Stratum(times, firstShare, atRiskInFirst, atRiskInSecond);
        }

        double influence(int group, double start, double stop, boolean isLeft) {
            int last = lastUpTo(stop);
            if (isLeft && (last < 0 || times[last] != stop)) {
                throw new IllegalArgumentException(
                        "an item left on a day on which none of the groups did; both passes must see the same");
            }
            double[] atRisk = group == 0 ? atRiskInFirst : atRiskInSecond;
            int before = lastUpTo(start);
            double share = (last < 0 ? 0 : atRisk[last]) - (before < 0 ? 0 : atRisk[before]);
            return (isLeft ? (group == 0 ? 1 : 0) - firstShare[last] : 0) - share;
        }

        private int lastUpTo(double time) {
            int i = Arrays.binarySearch(times, time);
            return i < 0 ? -i - 2 : i;
        }
    }

    private LogRankWeights(double observedLessExpected, List<Stratum> strata) {
        this.observedLessExpected = observedLessExpected;
        this.strata = strata;
    }

    /** The weights of two groups, in whole days, by stratum; see {@link LogRank#compareWithin}. */
    public static LogRankWeights of(List<List<LifeTable>> strata) {
        List<Stratum> weights = new ArrayList<>();
        for (List<LifeTable> both : strata) {
            if (both.size() != 2) {
                throw new IllegalArgumentException("the robust log-rank test compares two groups, not " + both.size());
            }
            weights.add(Stratum.of(both));
        }
        LogRank.Result result = LogRank.compareWithin(strata);
        return new LogRankWeights(result.observed().get(0) - result.expected().get(0), weights);
    }

    /** Observed less expected exits of the first group. */
    double observedLessExpected() {
        return observedLessExpected;
    }

    /** What a part of an item does to it. */
    double influence(ComparedWaits waits, int i) {
        return strata.get(waits.stratum(i))
                .influence(waits.group(i), waits.firstDay(i) - 1.0, waits.lastDay(i), waits.isLeft(i));
    }
}
