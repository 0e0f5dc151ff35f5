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
 * A unit test of a view for BI tools, a ready-made query or an audit query, from the {@code unit_tests} beside its SQL:
 * input rows and expected rows. Values are in the form of {@link #text}.
 *
 * @param subject name of the view or of the query
 * @param place file and name of the example, for messages
 * @param parameters parameters of a query, each {@code NAME=VALUE}
 * @param rows input rows of each table, with the relevant columns only
 * @param expected expected rows, each with all columns that any of them names
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

    /** The columns of an actual row that are compared: those of the expected rows, or all if none is expected. */
    public Map<String, @Nullable String> compared(Map<String, @Nullable String> row) {
        return expected.isEmpty() ? row : of(expected.get(0).keySet(), row);
    }

    /** The form of a value of any database: numbers without trailing zeros, points in time in UTC. */
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
