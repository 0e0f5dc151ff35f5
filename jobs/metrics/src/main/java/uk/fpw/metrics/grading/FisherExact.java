package uk.fpw.metrics.grading;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fisher's exact test of a table of counts, two-sided: the probability, given the sums of rows and columns, of all
 * tables that are at most as probable as this one (Freeman and Halton 1951; R's {@code fisher.test}).
 *
 * <p>Goes column by column. Tables with the same beginning are counted together if bounds on how probable the
 * remaining columns can be show that all or none of them count (Mehta and Patel, JASA 1983).
 */
final class FisherExact {

    /** Probabilities that differ by less are equal, as in R. */
    private static final double EQUAL_WITHIN = 1e-7;

    /** Maximum number of beginnings of tables, some seconds; beyond it there is no result. */
    private static final long MOST_STEPS = 2_000_000;

    private final long[] columns;
    private final double[] logFactorials;
    private final double limit;

    /** By column, for the remaining sums of the rows in ascending order. */
    private final List<Map<LongBuffer, Bounds>> bounds;

    private final long mostSteps;
    private double sum;
    private long steps;

    /** Logarithms of the smallest and largest product of the multinomial coefficients of the remaining columns. */
    private record Bounds(double least, double most) {}

    private FisherExact(long[][] table, long mostSteps) {
        this.mostSteps = mostSteps;
        this.columns = new long[table[0].length];
        long total = 0;
        for (long[] row : table) {
            for (int j = 0; j < columns.length; j++) {
                columns[j] += row[j];
                total += row[j];
            }
        }
        this.logFactorials = logFactorials(Math.toIntExact(total));
        double observed = 0;
        for (int j = 0; j < columns.length; j++) {
            double column = logFactorial(columns[j]);
            for (long[] row : table) {
                column -= logFactorial(row[j]);
            }
            observed += column;
        }
        this.limit = observed + Math.log1p(EQUAL_WITHIN);
        this.bounds = Stream.<Map<LongBuffer, Bounds>>generate(HashMap::new)
                .limit(columns.length + 1L)
                .toList();
    }

    /**
     * The two-sided p.
     *
     * @param table counts by row and column; all rows have the same length
     * @return 1 if only one table has these sums; null if there are too many tables to visit
     */
    static @Nullable Double p(long[][] table) {
        return p(table, MOST_STEPS);
    }

    /** As {@link #p(long[][])}, with a maximum number of steps. */
    static @Nullable Double p(long[][] table, long mostSteps) {
        FisherExact test = new FisherExact(table, mostSteps);
        long[] rows =
                Arrays.stream(table).mapToLong(row -> Arrays.stream(row).sum()).toArray();
        double all = test.coefficient(rows);
        test.follow(0, rows, 0, all);
        return test.steps > mostSteps ? null : (Double) Math.min(1, test.sum);
    }

    private static double[] logFactorials(int most) {
        double[] logs = new double[most + 1];
        for (int i = 1; i <= most; i++) {
            logs[i] = logs[i - 1] + Math.log(i);
        }
        return logs;
    }

    private double logFactorial(long of) {
        return logFactorials[(int) of];
    }

    /** Logarithm of the number of ways to fill the remaining columns, or one column, from these rows. */
    private double coefficient(long[] rows) {
        long sum = 0;
        for (long row : rows) {
            sum += row;
        }
        double log = logFactorial(sum);
        for (long row : rows) {
            log -= logFactorial(row);
        }
        return log;
    }

    /** Adds the tables that have a beginning of this probability and continue with a column. */
    private void follow(int column, long[] rows, double log, double all) {
        if (++steps > mostSteps) {
            return;
        }
        Bounds rest = bounds(column, rows);
        if (log + rest.most <= limit) {
            sum += Math.exp(log + coefficient(rows) - all);
        } else if (log + rest.least <= limit) {
            fill(
                    column,
                    new long[rows.length],
                    rows,
                    0,
                    columns[column],
                    (filled, remaining) -> follow(column + 1, remaining, log + coefficient(filled), all));
        }
    }

    /** Receives a filled column and what remains of the rows. */
    @FunctionalInterface
    private interface Visitor {
        void visit(long[] filled, long[] remaining);
    }

    /** Visits every way to fill a column with what remains of the rows, until the maximum number of steps. */
    private void fill(int column, long[] filled, long[] rows, int row, long left, Visitor visitor) {
        if (row == rows.length - 1) {
            if (left <= rows[row]) {
                filled[row] = left;
                long[] remaining = new long[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    remaining[i] = rows[i] - filled[i];
                }
                visitor.visit(filled, remaining);
            }
            return;
        }
        long fewest = left;
        for (int later = row + 1; later < rows.length; later++) {
            fewest -= rows[later];
        }
        for (long of = Math.max(0, fewest); of <= Math.min(left, rows[row]) && steps <= mostSteps; of++) {
            filled[row] = of;
            fill(column, filled, rows, row + 1, left - of, visitor);
        }
    }

    private Bounds bounds(int column, long[] rows) {
        if (column == columns.length) {
            return new Bounds(0, 0);
        }
        long[] sorted = rows.clone();
        Arrays.sort(sorted);
        LongBuffer rest = LongBuffer.wrap(sorted);
        Bounds known = bounds.get(column).get(rest);
        if (known != null) {
            return known;
        }
        double[] found = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        fill(column, new long[rows.length], sorted, 0, columns[column], (filled, remaining) -> {
            steps++;
            if (steps <= mostSteps) {
                double here = coefficient(filled);
                Bounds next = bounds(column + 1, remaining);
                found[0] = Math.min(found[0], here + next.least);
                found[1] = Math.max(found[1], here + next.most);
            }
        });
        Bounds computed = new Bounds(found[0], found[1]);
        bounds.get(column).put(rest, computed);
        return computed;
    }
}
