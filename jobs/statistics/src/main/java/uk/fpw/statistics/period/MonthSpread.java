package uk.fpw.statistics.period;

import java.util.Arrays;

/**
 * By which factor the counts of months vary more than independent events would, once each year has its own level and
 * each month of the year its own: what is left when a rate goes up and down around one level, which neither
 * contributors nor days show. The rates of a two-way layout (month and year), each month weighted by its days of
 * service; Pearson's chi-squared over its degrees of freedom, as a quasi-Poisson model of R has it ({@code glm(n ~ year
 * + month + offset(log( days)), quasipoisson)}, with additive effects).
 *
 * @param factor at least 0; below 1 if months vary less than chance
 * @param degrees of freedom; 0 if there are too few months
 */
public record MonthSpread(double factor, int degrees) {

    /** Too few months. */
    public static final MonthSpread UNKNOWN = new MonthSpread(1, 0);

    /** With fewer, a month of the year has no year to be compared with. */
    public static final int FEWEST_MONTHS = 24;

    private static final int YEAR = 12;
    private static final int ROUNDS = 200;

    /**
     * Of successive months; years are counted back from the last one.
     *
     * @param counts items by month, the earliest first
     * @param served days of service by month, all positive
     */
    public static MonthSpread of(long[] counts, int[] served) {
        int months = counts.length;
        double mean = (double) Arrays.stream(counts).sum()
                / Math.max(1, Arrays.stream(served).sum());
        if (months < FEWEST_MONTHS || mean == 0) {
            return UNKNOWN;
        }
        int years = (months + YEAR - 1) / YEAR;
        double[] ofYear = new double[years];
        double[] ofMonth = new double[YEAR];
        for (int round = 0; round < ROUNDS; round++) {
            fit(counts, served, ofYear, ofMonth, true);
            fit(counts, served, ofMonth, ofYear, false);
        }
        double squares = 0;
        for (int i = 0; i < months; i++) {
            int back = months - 1 - i;
            double residual = (double) counts[i] / served[i] - ofYear[back / YEAR] - ofMonth[back % YEAR];
            squares += served[i] * residual * residual;
        }
        int degrees = months - years - YEAR + 1;
        return new MonthSpread(squares / mean / degrees, degrees);
    }

    /** Sets the effects of one kind to the weighted means of what the other kind leaves. */
    private static void fit(long[] counts, int[] served, double[] set, double[] given, boolean isOfYears) {
        double[] sums = new double[set.length];
        double[] weights = new double[set.length];
        for (int i = 0; i < counts.length; i++) {
            int back = counts.length - 1 - i;
            int at = isOfYears ? back / YEAR : back % YEAR;
            int other = isOfYears ? back % YEAR : back / YEAR;
            sums[at] += counts[i] - served[i] * given[other];
            weights[at] += served[i];
        }
        for (int at = 0; at < set.length; at++) {
            set[at] = sums[at] / weights[at];
        }
    }
}
