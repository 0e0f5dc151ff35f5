package uk.fpw.metrics.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Models;

/** Collects rows of tables as texts. */
public final class TextRows implements BiConsumer<String, Object[]> {

    private record Row(String table, List<@Nullable Object> values) {

        @Nullable
        Object get(String column) {
            int place = Models.find(table).orElseThrow().columnNames().indexOf(column);
            if (place < 0) {
                throw new IllegalArgumentException(table + " has no column " + column);
            }
            return values.get(place);
        }
    }

    private final List<Row> rows = new ArrayList<>();

    @Override
    public void accept(String table, Object[] values) {
        rows.add(new Row(table, Arrays.asList(values)));
    }

    /** Columns of the rows of a table, joined by a bar; numbers have at most twelve decimals. */
    public List<String> of(String table, String columns) {
        return of(table, columns, Map.of());
    }

    /** Columns of the rows with these values. */
    public List<String> of(String table, String columns, Map<String, Object> where) {
        return rows.stream()
                .filter(row -> row.table.equals(table))
                .filter(row -> where.entrySet().stream()
                        .allMatch(wanted -> Objects.equals(row.get(wanted.getKey()), wanted.getValue())))
                .map(row -> Arrays.stream(columns.split(", "))
                        .map(row::get)
                        .map(TextRows::shown)
                        .collect(Collectors.joining("|")))
                .toList();
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Double number
                ? String.valueOf(Math.round(number * 1e12) / 1e12)
                : String.valueOf(value);
    }
}
