package uk.fpw.metrics.grading;

import org.apache.commons.numbers.gamma.Erfc;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether grades change in one direction from period to period.
 *
 * @param z positive if the tested quantity rises
 * @param p two-sided probability of a trend this strong if there were none
 */
record GradeTrend(double z, double p) {

    /**
     * The trend of a share: Cochran (1954) and Armitage (1955), with the binomial variance (R's
     * {@code prop.trend.test}, whose chi-square is {@code z^2}).
     *
     * @param counted cases counted in each period
     * @param totals all cases in each period
     * @param times times of the periods; equal steps for consecutive periods
     * @return null if none or all cases are counted, or all are in one period
     */
    static @Nullable GradeTrend ofShare(long[] counted, long[] totals, double[] times) {
        double total = 0;
        double part = 0;
        double meanTime = 0;
        for (int i = 0; i < totals.length; i++) {
            total += totals[i];
            part += counted[i];
            meanTime += totals[i] * times[i];
        }
        double share = part / total;
        meanTime /= total;
        double trend = 0;
        double spread = 0;
        for (int i = 0; i < totals.length; i++) {
            double time = times[i] - meanTime;
            trend += time * (counted[i] - totals[i] * share);
            spread += totals[i] * time * time;
        }
        double variance = share * (1 - share) * spread;
        return variance > 0 ? of(trend / Math.sqrt(variance)) : null;
    }

    /**
     * The trend of all grades, each by its rank: the linear-by-linear association of Mantel (1963), {@code z^2 = (N -
     * 1) r^2} with the correlation r of rank and time (Agresti, <em>Categorical Data Analysis</em>, section 3.4).
     * Rising ranks mean worse grades.
     *
     * @param table cases by period and grade, best first
     * @return null if all cases got the same grade, or all are in one period
     */
    static @Nullable GradeTrend ofRanks(long[][] table, double[] times) {
        double total = 0;
        double meanTime = 0;
        double meanRank = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[i].length; j++) {
                total += table[i][j];
                meanTime += table[i][j] * times[i];
                meanRank += (double) table[i][j] * (j + 1);
            }
        }
        meanTime /= total;
        meanRank /= total;
        double both = 0;
        double ofTime = 0;
        double ofRank = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[i].length; j++) {
                double time = times[i] - meanTime;
                double rank = j + 1 - meanRank;
                both += table[i][j] * time * rank;
                ofTime += table[i][j] * time * time;
                ofRank += table[i][j] * rank * rank;
            }
        }
        double spread = Math.sqrt(ofTime) * Math.sqrt(ofRank);
        return spread > 0 ? of(Math.sqrt(total - 1) * both / spread) : null;
    }

    private static GradeTrend of(double z) {
        return new GradeTrend(z, Erfc.value(Math.abs(z) / Math.sqrt(2)));
    }
}
