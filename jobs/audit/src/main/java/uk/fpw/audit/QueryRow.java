package uk.fpw.audit;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row that a query has returned. */
record QueryRow(List<@Nullable Object> values) {

    /** A text that is there. */
    String text(int place) {
        return Objects.requireNonNull(textOrNull(place));
    }

    @Nullable
    String textOrNull(int place) {
        Object value = values.get(place);
        return value == null ? null : value.toString();
    }

    /** A whole number that is there. */
    long number(int place) {
        return ((Number) Objects.requireNonNull(values.get(place))).longValue();
    }

    /** A share that is there. */
    double share(int place) {
        return ((Number) Objects.requireNonNull(values.get(place))).doubleValue();
    }
}
