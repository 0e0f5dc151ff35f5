package uk.fpw.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be written. A value is null, a text, a boolean or a number; {@link DuckDbValues} converts everything else to
 * a map or list of these.
 *
 * @param headings one per column
 * @param rows each as long as the headings; can be read only once
 */
public record QueryResult(List<Heading> headings, Iterator<List<@Nullable Object>> rows) {

    /** Rows in memory. */
    static QueryResult of(List<Heading> headings, List<List<@Nullable Object>> rows) {
        return new QueryResult(headings, rows.iterator());
    }

    /** Rows from a source that returns null after the last one. */
    static Iterator<List<@Nullable Object>> rows(Supplier<@Nullable List<@Nullable Object>> source) {
        return new Iterator<>() {
            private @Nullable List<@Nullable Object> next = source.get();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public List<@Nullable Object> next() {
                List<@Nullable Object> row = next;
                if (row == null) {
                    throw new NoSuchElementException();
                }
                next = source.get();
                return row;
            }
        };
    }

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float
                || value instanceof BigDecimal
                || value instanceof BigInteger;
    }

    /** Name of a column, and whether it holds numbers. */
    public record Heading(String name, boolean isNumeric) {}
}
