package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that the stages of a queue can add up to it, and that a variant refers to its queue. */
public final class StageCheck {

    private final List<DefinitionFile> queues;
    private final ConfigErrors errors;

    public StageCheck(List<DefinitionFile> queues, ConfigErrors errors) {
        this.queues = queues;
        this.errors = errors;
    }

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
        if (name.equals(queue.text("queue"))) {
            add(queue, field, "'" + name + "' is this queue itself", "use another queue, or remove the line");
            return null;
        }
        for (DefinitionFile other : queues) {
            if (name.equals(other.text("queue"))) {
                return other;
            }
        }
        unknown(queue, field, name);
        return null;
    }

    private void checkVariant(DefinitionFile variant, DefinitionFile whole) {
        if (!variant.at("parent").isMissingNode()) {
            add(
                    variant,
                    "variant_of",
                    "the queue is also a stage (" + place(variant, "parent") + ")",
                    "a queue is either a stage or a variant: remove one of the lines");
        }
        if (!whole.at("variant_of").isMissingNode()) {
            add(
                    variant,
                    "variant_of",
                    "'" + whole.text("queue") + "' is itself a variant (" + place(whole, "variant_of") + ")",
                    "use the queue that is not a variant");
        }
        if (!variant.at("item_kind").equals(whole.at("item_kind")) && variant.isValid() && whole.isValid()) {
            add(
                    variant,
                    "item_kind",
                    "is " + shown(variant.at("item_kind")) + ", but " + shown(whole.at("item_kind")) + " in "
                            + place(whole, "item_kind") + ", of which it is a variant",
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
        add(stage, field, "there is no queue '" + name + "'", Suggestions.remedy(name, known, "queues"));
    }

    private void check(DefinitionFile stage, DefinitionFile parent) {
        if (!parent.at("parent").isMissingNode()) {
            add(
                    stage,
                    "parent",
                    "'" + parent.text("queue") + "' is itself a stage (" + place(parent, "parent") + ")",
                    "a stage cannot have stages: use the top-level queue, or remove one of them");
        }
        for (String field : List.of("item_kind", "item_unit", "observed_from", "earliest_entry")) {
            JsonNode here = stage.at(field);
            JsonNode there = parent.at(field);
            if (!here.equals(there) && stage.isValid() && parent.isValid()) {
                add(
                        stage,
                        field,
                        "is " + shown(here) + ", but " + shown(there) + " in its parent (" + place(parent, field) + ")",
                        "make both the same, otherwise the stages do not add up");
            }
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : "'" + value.asText() + "'";
    }

    private static String place(DefinitionFile definition, String field) {
        int line = definition.line(field);
        return definition.file() + (line > 0 ? ":" + line : "");
    }

    private void add(DefinitionFile stage, String field, String problem, String remedy) {
        errors.add(stage.file(), stage.line(field), field, problem, remedy);
    }
}
