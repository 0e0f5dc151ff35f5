package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that the stages of a queue can add up to it, and that a variant refers to its queue. */
public record StageCheck(List<DefinitionFile> queues) {

    public void check() {
        for (DefinitionFile queue : queues) {
            DefinitionFile parent = named(queue, "parent");
            if (parent != null) {
                check(queue, parent);
            }
            DefinitionFile whole = named(queue, "variant_of");
            if (whole != null) {
                checkVariant(queue, whole);
            }
        }
    }

    /** The other queue named in a field; null if there is none. */
    private @Nullable DefinitionFile named(DefinitionFile queue, String field) {
        String name = queue.text(field);
        if (name == null) {
            return null;
        }
        if (queue.is("queue", name)) {
            queue.error(field, "'" + name + "' is this queue itself", "use another queue, or remove the line");
            return null;
        }
        for (DefinitionFile other : queues) {
            if (other.is("queue", name)) {
                return other;
            }
        }
        unknown(queue, field, name);
        return null;
    }

    private static void checkVariant(DefinitionFile variant, DefinitionFile whole) {
        if (variant.has("parent")) {
            variant.error(
                    "variant_of",
                    "the queue is also a stage (" + variant.place("parent") + ")",
                    "a queue is either a stage or a variant: remove one of the lines");
        }
        if (whole.has("variant_of")) {
            variant.error(
                    "variant_of",
                    "'" + whole.text("queue") + "' is itself a variant (" + whole.place("variant_of") + ")",
                    "use the queue that is not a variant");
        }
        if (!variant.at("item_kind").equals(whole.at("item_kind")) && variant.isValid() && whole.isValid()) {
            variant.error(
                    "item_kind",
                    "is " + shown(variant.at("item_kind")) + ", but " + shown(whole.at("item_kind")) + " in "
                            + whole.place("item_kind") + ", of which it is a variant",
                    "make both the same, or remove variant_of");
        }
    }

    private void unknown(DefinitionFile stage, String field, String name) {
        TreeSet<String> known = new TreeSet<>();
        for (DefinitionFile queue : queues) {
            String other = queue.text("queue");
            if (other != null && !other.equals(stage.text("queue"))) {
                known.add(other);
            }
            if (name.equals(queue.baseName())) {
                return;
            }
        }
        stage.error(field, "there is no queue '" + name + "'", Suggestions.remedy(name, known, "queues"));
    }

    private static void check(DefinitionFile stage, DefinitionFile parent) {
        if (parent.has("parent")) {
            stage.error(
                    "parent",
                    "'" + parent.text("queue") + "' is itself a stage (" + parent.place("parent") + ")",
                    "a stage cannot have stages: use the top-level queue, or remove one of them");
        }
        for (String field : List.of("item_kind", "item_unit", "observed_from", "earliest_entry")) {
            JsonNode here = stage.at(field);
            JsonNode there = parent.at(field);
            if (!here.equals(there) && stage.isValid() && parent.isValid()) {
                stage.error(
                        field,
                        "is " + shown(here) + ", but " + shown(there) + " in its parent (" + parent.place(field) + ")",
                        "make both the same, otherwise the stages do not add up");
            }
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : "'" + value.asText() + "'";
    }
}
