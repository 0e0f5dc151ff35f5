package uk.fpw.report.data;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.SafeText;

/** One row of a query, with values by column name. */
public final class Row {

    private final Map<String, @Nullable Object> values;

    Row(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** A text that is safe to show on a page, see {@link SafeText#within}; null if the value is null. */
    public @Nullable String textOrNull(String column) {
        Object value = value(column);
        return value == null ? null : SafeText.within(value.toString());
    }

    /** A text that is never null. */
    public String text(String column) {
        return Objects.requireNonNull(textOrNull(column), column);
    }

    /** A whole number; null if the value is null. */
    public @Nullable Long countOrNull(String column) {
        Object value = value(column);
        return value == null ? null : ((Number) value).longValue();
    }

    /** A whole number that is never null. */
    public long count(String column) {
        return Objects.requireNonNull(countOrNull(column), column);
    }

    /** A number; null if the value is null. */
    public @Nullable Double numberOrNull(String column) {
        Object value = value(column);
        return value == null ? null : ((Number) value).doubleValue();
    }

    /** A number that is never null. */
    public double number(String column) {
        return Objects.requireNonNull(numberOrNull(column), column);
    }

    /** A local date; null if the value is null. */
    public @Nullable LocalDate dateOrNull(String column) {
        Object value = value(column);
        return value == null ? null : LocalDate.parse(value.toString());
    }

    /** A local date that is never null. */
    public LocalDate date(String column) {
        return Objects.requireNonNull(dateOrNull(column), column);
    }

    /** Whether the value is true; null counts as false. */
    public boolean flag(String column) {
        return Boolean.TRUE.equals(value(column));
    }

    /** Names of its columns, in order. */
    public List<String> columns() {
        return List.copyOf(values.keySet());
    }

    /** A value as the query returned it, which is not safe to show; null if it is null. */
    public @Nullable Object valueOrNull(String column) {
        return value(column);
    }

    private @Nullable Object value(String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("no column '" + column + "' among " + values.keySet());
        }
        return values.get(column);
    }
}
