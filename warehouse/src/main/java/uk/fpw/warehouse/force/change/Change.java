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
 * A dated change: {@code changes/<name>.yml}. It marks a date in the series of its queues and makes no claim about
 * effects.
 *
 * @param date first day on which it applied
 * @param decidedBy a role or meeting; {@value #NOT_RECORDED} if unknown
 * @param queues names of the queues concerned; all queues of the force if it concerns all
 * @param rebase whether control charts of these queues start new limits at the date
 * @param comparison what should differ afterwards; null if before and after are not compared
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

    /** Value of decided_by if nobody knows who decided. */
    public static final String NOT_RECORDED = "not recorded";

    /** Stands for all queues, in place of a list. */
    static final String ALL = "all";

    public Change {
        queues = List.copyOf(queues);
    }

    /**
     * Reads a change from its file.
     *
     * @param queues names of all queues of the force
     */
    public static Change of(DefinitionFile definition, Collection<String> queues) {
        ObjectNode change = definition.filled().deepCopy();
        if (change.path("queues").isTextual()) {
            ArrayNode every = change.putArray("queues");
            queues.forEach(every::add);
        }
        return Binding.bind(change, Change.class, Map.of());
    }

    /** The kind of change. */
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

    /** The measure to compare. */
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

    /** The direction in which it should differ. */
    public enum Direction {
        LOWER,
        HIGHER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What should differ after a change, declared before looking at the data.
     *
     * @param declaredOn day on which it was written down
     * @param weeks number of complete weeks to compare before the change and after it
     */
    public record Comparison(Outcome outcome, Direction direction, LocalDate declaredOn, int weeks) {}
}
