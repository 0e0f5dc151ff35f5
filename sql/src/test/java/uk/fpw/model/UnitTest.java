package uk.fpw.model;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An example of a view for BI tools, of a ready-made query or of a query of the audit, from the {@code unit_tests}
 * beside its SQL: rows in, rows out. Values are texts as {@link #text} makes them.
 *
 * @param subject name of the view or of the query
 * @param place the file and the name of the example, for messages
 * @param parameters of a query, {@code NAME=VALUE} each
 * @param rows of each table, with the columns that matter
 * @param expected the rows that is expected, each with every column that any of them names
 */
public record UnitTest(
        String subject,
        String place,
        List<String> parameters,
        Map<String, List<Map<String, @Nullable String>>> rows,
        List<Map<String, @Nullable String>> expected) {

    public UnitTest {
        Set<String> columns = new LinkedHashSet<>();
        expected.forEach(row -> columns.addAll(row.keySet()));
        expected = expected.stream().map(row -> of(columns, row)).toList();
    }

    /** A row that resulted, with the columns that are expected; all of them if nothing is. */
    public Map<String, @Nullable String> compared(Map<String, @Nullable String> row) {
        return expected.isEmpty() ? row : of(expected.get(0).keySet(), row);
    }

    /** A value of any database as examples have it: a number without trailing zeros, a point of time in UTC. */
    public static @Nullable String text(@Nullable Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        return value == null ? null : value.toString();
    }

    private static Map<String, @Nullable String> of(Set<String> columns, Map<String, @Nullable String> row) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        columns.forEach(column -> all.put(column, row.get(column)));
        return all;
    }

    @Override
    public String toString() {
        return place;
    }
}
