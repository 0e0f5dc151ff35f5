package uk.fpw.statistics;

import org.apache.commons.statistics.distribution.FDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Whether the months of the year differ in a series of consecutive months: the F test of twelve months in a two-way
 * layout of months and years without interaction (analysis of variance; Scheffe, The Analysis of Variance, 1959,
 * chapter 4). A year is twelve months counted back from the latest one, so that only the earliest may be incomplete;
 * sums of squares then have a closed form.
 *
 * <p>A straight trend also makes the months of every such year differ: with a rise of two standard deviations of a
 * month in a year, half of the series of 60 months would have p &lt; 0.01. The test is therefore made a second time
 * with a straight trend in the smaller model, and the larger p counts.
 *
 * @param months number of months
 * @param residualDegrees degrees of freedom of what months and years leave
 * @param f mean square of the months over that of the residuals, with 11 degrees of freedom
 * @param fBeyondTrend the same for what a straight trend leaves of the months, with 10
 * @param log10P logarithm to base 10 of the larger of the two probabilities of so large an F without a season
 * @param size standard deviation of the effects of the twelve months, in standard deviations of the residuals; 0 if the
 *     months differ less than chance makes them
 */
public record MonthSeason(int months, int residualDegrees, double f, double fBeyondTrend, double log10P, double size) {

    /** With fewer months there is no test. */
    public static final int FEWEST_MONTHS = 24;

    private static final int YEAR = 12;

    /** A residual below this part of the whole variation is rounding. */
    private static final double ROUNDING = 1e-12;

    /** Below p = 0.01. */
    private static final double EVIDENT = -2;

    /** Whether a season is evident. */
    public boolean isEvident() {
        return log10P < EVIDENT;
    }

    /**
     * The test; null with fewer than {@link #FEWEST_MONTHS} months, or if the months leave no variation.
     *
     * @param values one for each month, without gaps, the latest last
     */
    public static @Nullable MonthSeason of(double[] values) {
        if (values.length < FEWEST_MONTHS) {
            return null;
        }
        Squares squares = new Squares(values);
        int degrees = values.length - squares.years - (YEAR - 1);
        double residual = squares.residual();
        if (residual <= ROUNDING * squares.withinYears) {
            return null;
        }
        double meanSquare = residual / degrees;
        double season = squares.withinYears - residual;
        double f = season / (YEAR - 1) / meanSquare;
        double fBeyondTrend = Math.max(0, season - squares.trend()) / (YEAR - 2) / meanSquare;
        double p = Math.max(probability(YEAR - 1, degrees, f), probability(YEAR - 2, degrees, fBeyondTrend));
        return new MonthSeason(
                values.length,
                degrees,
                f,
                fBeyondTrend,
                Math.log10(Math.max(p, Double.MIN_NORMAL)),
                Math.sqrt(Math.max(0, season - (YEAR - 1) * meanSquare) / values.length / meanSquare));
    }

    private static double probability(int numerator, int denominator, double f) {
        return FDistribution.of(numerator, denominator).survivalProbability(f);
    }

    /** Sums of squares of a series. */
    private static final class Squares {

        private final double[] values;

        /** Months of the earliest year if it is incomplete, otherwise 0. */
        private final int first;

        private final int years;

        /** About the mean of each year. */
        private final double withinYears;

        private final double timeSquares;
        private final double timeProducts;

        Squares(double[] values) {
            this.values = values;
            this.first = values.length % YEAR;
            this.years = values.length / YEAR + (first > 0 ? 1 : 0);
            double within = 0;
            double squares = 0;
            double products = 0;
            for (int from = first > 0 ? first - YEAR : 0; from < values.length; from += YEAR) {
                int begin = Math.max(0, from);
                int end = from + YEAR;
                double mean = mean(begin, end);
                double middle = (begin + end - 1) / 2.0;
                for (int month = begin; month < end; month++) {
                    within += square(values[month] - mean);
                    squares += square(month - middle);
                    products += (month - middle) * (values[month] - mean);
                }
            }
            this.withinYears = within;
            this.timeSquares = squares;
            this.timeProducts = products;
        }

        /** What a straight trend explains within years. */
        double trend() {
            return timeProducts * timeProducts / timeSquares;
        }

        /**
         * What months and years leave: in the complete years about the means of months and years, and of the months of
         * the incomplete one, as it differs from the means of their months in the complete ones.
         */
        double residual() {
            int complete = values.length / YEAR;
            double[] means = new double[YEAR];
            double[] yearMeans = new double[complete];
            for (int year = 0; year < complete; year++) {
                yearMeans[year] = mean(first + year * YEAR, first + (year + 1) * YEAR);
                for (int place = 0; place < YEAR; place++) {
                    means[place] += values[first + year * YEAR + place] / complete;
                }
            }
            double whole = mean(first, values.length);
            double sum = 0;
            for (int year = 0; year < complete; year++) {
                for (int place = 0; place < YEAR; place++) {
                    sum += square(values[first + year * YEAR + place] - means[place] - yearMeans[year] + whole);
                }
            }
            double difference = 0;
            for (int month = 0; month < first; month++) {
                difference += (values[month] - means[YEAR - first + month]) / first;
            }
            for (int month = 0; month < first; month++) {
                sum += complete * square(values[month] - means[YEAR - first + month] - difference) / (complete + 1);
            }
            return sum;
        }

        private double mean(int from, int to) {
            double sum = 0;
            for (int month = from; month < to; month++) {
                sum += values[month];
            }
            return sum / (to - from);
        }

        private static double square(double number) {
            return number * number;
        }
    }
}
