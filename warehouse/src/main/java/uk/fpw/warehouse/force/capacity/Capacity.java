package uk.fpw.warehouse.force.capacity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A unit or a provider that does the work of a queue: {@code capacity/<name>.yml}.
 *
 * @param queue of a unit, the queue that its work ends; of a provider, the queue of what is with it
 * @param slice of a provider, the slice of the queue by which several are told apart; null if there is one
 * @param staffingUnit what the staffing queries call it; null if its staff is not known
 */
public record Capacity(
        @JsonProperty("capacity") String name,
        Kind kind,
        String title,
        String description,
        String queue,
        @Nullable String slice,
        @Nullable String staffingUnit) {

    /** Who does the work. */
    public enum Kind {
        /** A team of the force. */
        UNIT,

        /** A contractor to whom items are sent. */
        PROVIDER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
