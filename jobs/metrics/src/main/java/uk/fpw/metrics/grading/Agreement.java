package uk.fpw.metrics.grading;

import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How two assessors graded the same cases, over the scheme's whole list of grades: an unused grade in the middle
 * counts as a step (Cohen 1960, 1968).
 *
 * @param expectedShare share of equal grades expected by chance, given how often each assessor gives each grade
 * @param kappa all disagreements weigh the same; null if chance alone would agree on every case
 * @param linear a disagreement weighs by the number of grades between; null with {@code kappa}
 * @param quadratic a disagreement weighs by the square of that number; null with {@code kappa}
 */
record Agreement(
        double expectedShare,
        @Nullable Double kappa,
        @Nullable Double linear,
        @Nullable Double quadratic) {

    /**
     * Computes the agreement from a square table of cases.
     *
     * @param table cases by the first assessor's grade (row) and the second's (column), best first; at least one case
     */
    static Agreement of(long[][] table) {
        int grades = table.length;
        double[] first = new double[grades];
        double[] second = new double[grades];
        double total = 0;
        for (int i = 0; i < grades; i++) {
            for (int j = 0; j < grades; j++) {
                first[i] += table[i][j];
                second[j] += table[i][j];
                total += table[i][j];
            }
        }
        if (total == 0) {
            throw new IllegalArgumentException("agreement needs at least one case");
        }
        double expected = 0;
        for (int i = 0; i < grades; i++) {
            expected += first[i] / total * (second[i] / total);
        }
        int steps = grades - 1;
        return new Agreement(
                expected,
                kappa(table, first, second, total, apart -> apart == 0 ? 0 : 1),
                kappa(table, first, second, total, apart -> (double) apart / steps),
                kappa(table, first, second, total, apart -> (double) apart * apart / (steps * steps)));
    }

    /** One minus observed over expected disagreement, both weighted by the distance of the grades. */
    private static @Nullable Double kappa(
            long[][] table, double[] first, double[] second, double total, IntToDoubleFunction weight) {
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table.length; j++) {
                double disagreement = weight.applyAsDouble(Math.abs(i - j));
                observed += disagreement * table[i][j] / total;
                expected += disagreement * (first[i] / total) * (second[j] / total);
            }
        }
        return expected == 0 ? null : Double.valueOf(1 - observed / expected);
    }
}
