package uk.fpw.warehouse.force.capacity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A unit or provider that does the work of a queue: {@code capacity/<name>.yml}.
 *
 * @param queue for a unit, the queue that its work ends; for a provider, the queue of items sent to it
 * @param slice for a provider, the slice of the queue that distinguishes providers; null if there is only one
 * @param staffingUnit name in the staffing queries; null if its staff is unknown
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

        /** A contractor that items are sent to. */
        PROVIDER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
