package uk.fpw.audit.session;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row that a query has returned. */
public record QueryRow(List<@Nullable Object> values) {

    /** The text at a position; not null. */
    public String text(int place) {
        return Objects.requireNonNull(textOrNull(place));
    }

    /** The text at a place, from 0; null where the row has none. */
    @Nullable
    public String textOrNull(int place) {
        Object value = values.get(place);
        return value == null ? null : value.toString();
    }

    /** The list at a position, each value as text; not null, nor is any value. */
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

    /** The whole number at a position; not null. */
    public long number(int place) {
        return ((Number) Objects.requireNonNull(values.get(place))).longValue();
    }

    /** The share at a position; not null. */
    public double share(int place) {
        return ((Number) Objects.requireNonNull(values.get(place))).doubleValue();
    }
}
