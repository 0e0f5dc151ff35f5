package uk.fpw.warehouse.force.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares expected with actual results of an example. Equal rows are not shown; rows of the same item and event or
 * queue are shown as different, others as missing or unexpected.
 */
public final class ExampleComparison {

    private ExampleComparison() {}

    /** The differences: one line each, plus one line per column for different rows. Empty if there are none. */
    public static List<String> differences(Example example, ExampleResult found) {
        List<String> lines = new ArrayList<>();
        example.expected().forEach((kind, rows) -> compare(example, kind, rows, rows(example, kind, found), lines));
        return lines;
    }

    private static List<Map<String, @Nullable String>> rows(Example example, Example.Kind kind, ExampleResult found) {
        return switch (kind) {
            case EVENTS -> found.events();
            case SPELLS -> of(example, "queue", found.spells());
            case GRADINGS -> of(example, "scheme", found.gradings());
            case EXCLUDED -> found.excluded();
        };
    }

    /** The rows of the queues or schemes that the example is about. */
    private static List<Map<String, @Nullable String>> of(
            Example example, String column, List<Map<String, @Nullable String>> rows) {
        return rows.stream()
                .filter(row -> example.definitions().isEmpty()
                        || example.definitions().contains(String.valueOf(row.get(column))))
                .toList();
    }

    private static void compare(
            Example example,
            Example.Kind kind,
            List<Example.ExpectedRow> expected,
            List<Map<String, @Nullable String>> found,
            List<String> lines) {
        Set<String> columns = new LinkedHashSet<>(ExampleColumns.identity(kind));
        expected.forEach(row -> columns.addAll(row.values().keySet()));
        List<Example.ExpectedRow> missing = new ArrayList<>(expected);
        List<Map<String, @Nullable String>> unexpected = found.stream()
                .map(row -> of(columns, row))
                .sorted(Comparator.comparing(String::valueOf))
                .collect(Collectors.toCollection(ArrayList::new));
        missing.removeIf(row -> unexpected.remove(of(columns, row.values())));
        for (Example.ExpectedRow row : List.copyOf(missing)) {
            Map<String, @Nullable String> wanted = of(columns, row.values());
            unexpected.stream()
                    .filter(other -> ExampleColumns.identity(kind).stream()
                            .allMatch(column -> Objects.equals(other.get(column), wanted.get(column))))
                    .min(Comparator.comparingLong(other -> columns.stream()
                            .filter(column -> !Objects.equals(other.get(column), wanted.get(column)))
                            .count()))
                    .ifPresent(other -> {
                        missing.remove(row);
                        unexpected.remove(other);
                        different(example, kind, row, wanted, other, lines);
                    });
        }
        missing.forEach(row -> lines.add(kind.field() + ", missing: " + shown(of(columns, row.values())) + " ("
                + example.file() + ":" + row.line() + ")"));
        unexpected.forEach(row -> lines.add(kind.field() + ", unexpected: " + shown(row)));
    }

    private static void different(
            Example example,
            Example.Kind kind,
            Example.ExpectedRow row,
            Map<String, @Nullable String> wanted,
            Map<String, @Nullable String> found,
            List<String> lines) {
        lines.add(kind.field() + ", different: " + shown(of(new LinkedHashSet<>(ExampleColumns.identity(kind)), wanted))
                + " (" + example.file() + ":" + row.line() + ")");
        wanted.forEach((column, value) -> {
            if (!Objects.equals(value, found.get(column))) {
                lines.add("  " + column + ": expected " + shown(value) + ", found " + shown(found.get(column)));
            }
        });
    }

    private static Map<String, @Nullable String> of(Set<String> columns, Map<String, @Nullable String> row) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, row.get(column)));
        return values;
    }

    /** The columns with a value. */
    private static String shown(Map<String, @Nullable String> row) {
        return row.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "no value" : value;
    }
}
