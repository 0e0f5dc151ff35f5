package uk.fpw.audit.session;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of a query's result; positions count from 0. */
public record QueryRow(List<@Nullable Object> values) {

    public String text(int place) {
        return Objects.requireNonNull(textOrNull(place));
    }

    /** The text at a position; null if the value is null. */
    @Nullable
    public String textOrNull(int place) {
        Object value = values.get(place);
        return value == null ? null : value.toString();
    }

    /** The list at a position, each value as text; neither the list nor a value may be null. */
    public List<String> texts(int place) {
        if (!(values.get(place) instanceof Array list)) {
            throw new IllegalStateException("not a list: " + values.get(place));
        }
        try {
            return Arrays.stream((Object[]) list.getArray())
                    .map(value -> Objects.requireNonNull(value).toString())
                    .toList();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public long number(int place) {
        return ((Number) Objects.requireNonNull(values.get(place))).longValue();
    }

    public double share(int place) {
        return ((Number) Objects.requireNonNull(values.get(place))).doubleValue();
    }
}
