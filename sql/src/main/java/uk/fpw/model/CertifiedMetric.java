package uk.fpw.model;

import java.util.List;

/**
 * A figure that a BI tool may offer of a view of schema {@code bi}: whatever somebody filters and groups by, it is
 * right, or null where it would mean nothing.
 *
 * @param name such as {@code received_count}
 * @param unit unit of the figure
 * @param description what it is, and what makes it null
 * @param figure how it is computed from the rows of a group
 */
public record CertifiedMetric(String name, String unit, String description, Figure figure) {

    /** How a figure is computed from the rows of a group. */
    public sealed interface Figure {

        /** The figure as the expression of a tool. */
        String in(Dialect dialect);
    }

    /** How a tool writes each kind of figure. */
    public interface Dialect {

        /** Writes a sum. */
        String sum(Sum sum);

        /** Writes the value of the latest period. */
        String last(Last last);

        /** Writes the value of a single row. */
        String onlyRow(OnlyRow row);

        /** Writes a number of different values. */
        String distinct(Distinct distinct);

        /** Writes one sum divided by another. */
        String ratio(Ratio ratio);
    }

    /**
     * The sum of a column. Null where a row has no value, since the sum of the others would be too small.
     *
     * @param one columns of which the rows must have a single value
     */
    public record Sum(String column, List<String> one) implements Figure {
        @Override
        public String in(Dialect dialect) {
            return dialect.sum(this);
        }
    }

    /**
     * The value of the latest period. Within a single period, that of its rows together, which is null as a sum is.
     *
     * @param on first day of the period
     * @param one columns of which the rows must have a single value
     * @param series columns of which the rows must have a single value where there are several periods: all of the
     *     grain, except the period
     */
    public record Last(String column, String on, List<String> one, List<String> series) implements Figure {
        @Override
        public String in(Dialect dialect) {
            return dialect.last(this);
        }
    }

    /** The value of a single row; null of several rows. */
    public record OnlyRow(String column) implements Figure {
        @Override
        public String in(Dialect dialect) {
            return dialect.onlyRow(this);
        }
    }

    /**
     * How many different values a column has.
     *
     * @param where a column that must be true of a row that counts; empty if every row counts
     */
    public record Distinct(String column, String where) implements Figure {
        @Override
        public String in(Dialect dialect) {
            return dialect.distinct(this);
        }
    }

    /**
     * One sum divided by another. Null if that is 0, or where a row lacks a value of either.
     *
     * @param part columns that are added up
     * @param whole columns that this is divided by
     * @param one columns of which the rows must have a single value
     */
    public record Ratio(List<String> part, List<String> whole, List<String> one) implements Figure {
        @Override
        public String in(Dialect dialect) {
            return dialect.ratio(this);
        }
    }
}
