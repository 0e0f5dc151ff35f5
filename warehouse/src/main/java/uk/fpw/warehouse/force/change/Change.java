package uk.fpw.warehouse.force.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.Binding;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/**
 * A dated change: {@code changes/<name>.yml}. It marks a date in the series of its queues; it says nothing about what
 * followed from it.
 *
 * @param date first day on which it applied
 * @param decidedBy a role or a meeting; {@value #NOT_RECORDED} if nobody knows
 * @param queues names of the queues that it concerns, every queue of the force if it concerns all
 * @param rebase whether control charts of these queues begin new limits at the date
 * @param comparison what should differ after it; null if before and after are not compared
 */
public record Change(
        @JsonProperty("change") String name,
        LocalDate date,
        Kind kind,
        String what,
        String why,
        String decidedBy,
        List<String> queues,
        boolean rebase,
        @Nullable Comparison comparison) {

    /** Who decided, where nobody knows. */
    public static final String NOT_RECORDED = "not recorded";

    /** In place of a list of queues: every queue. */
    static final String ALL = "all";

    public Change {
        queues = List.copyOf(queues);
    }

    /**
     * The change of a definition.
     *
     * @param queues names of the queues of the force
     */
    public static Change of(DefinitionFile definition, Collection<String> queues) {
        ObjectNode change = definition.filled().deepCopy();
        if (change.path("queues").isTextual()) {
            ArrayNode every = change.putArray("queues");
            queues.forEach(every::add);
        }
        return Binding.bind(change, Change.class, Map.of());
    }

    /** What kind of change it is. */
    public enum Kind {
        PRACTICE,
        SYSTEM,
        RECORDING,
        DEFINITION,
        STAFFING,
        OUTSOURCING,
        OTHER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is compared. */
    public enum Outcome {
        RECEIVED,
        LEFT,
        NET,
        WAIT;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In which direction it should differ. */
    public enum Direction {
        LOWER,
        HIGHER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What should differ after a change, declared before anybody looks.
     *
     * @param declaredOn day on which it was written down
     * @param weeks complete weeks before the change that are compared with as many after it
     */
    public record Comparison(Outcome outcome, Direction direction, LocalDate declaredOn, int weeks) {}
}
