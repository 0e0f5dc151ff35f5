package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.Definition;
import uk.fpw.warehouse.force.yaml.Mistakes;
import uk.fpw.warehouse.force.yaml.Nearest;

/** Checks that the stages of a queue can add up to it, and that a variant names what it is one of. */
public final class StageCheck {

    private final List<Definition> queues;
    private final Mistakes mistakes;

    public StageCheck(List<Definition> queues, Mistakes mistakes) {
        this.queues = queues;
        this.mistakes = mistakes;
    }

    public void check() {
        for (Definition queue : queues) {
            Definition parent = named(queue, "parent");
            if (parent != null) {
                check(queue, parent);
            }
            Definition whole = named(queue, "variant_of");
            if (whole != null) {
                checkVariant(queue, whole);
            }
        }
    }

    /** The other queue that a field names; null if it names none. */
    private @Nullable Definition named(Definition queue, String field) {
        String name = queue.text(field);
        if (name == null) {
            return null;
        }
        if (name.equals(queue.text("queue"))) {
            add(queue, field, "'" + name + "' is the queue itself", "name another queue, or remove the line");
            return null;
        }
        for (Definition other : queues) {
            if (name.equals(other.text("queue"))) {
                return other;
            }
        }
        unknown(queue, field, name);
        return null;
    }

    private void checkVariant(Definition variant, Definition whole) {
        if (!variant.at("parent").isMissingNode()) {
            add(
                    variant,
                    "variant_of",
                    "the queue is a stage too (" + place(variant, "parent") + ")",
                    "a queue is a stage or a variant: remove one of the two lines");
        }
        if (!whole.at("variant_of").isMissingNode()) {
            add(
                    variant,
                    "variant_of",
                    "'" + whole.text("queue") + "' is itself a variant (" + place(whole, "variant_of") + ")",
                    "name the queue that is none");
        }
        if (!variant.at("item_kind").equals(whole.at("item_kind")) && variant.sound() && whole.sound()) {
            add(
                    variant,
                    "item_kind",
                    "is " + shown(variant.at("item_kind")) + ", but " + shown(whole.at("item_kind")) + " in "
                            + place(whole, "item_kind") + ", of which it is a variant",
                    "let both agree, or remove variant_of");
        }
    }

    private void unknown(Definition stage, String field, String name) {
        TreeSet<String> known = new TreeSet<>();
        for (Definition queue : queues) {
            String other = queue.text("queue");
            if (other != null && !other.equals(stage.text("queue"))) {
                known.add(other);
            }
            if (name.equals(queue.baseName())) {
                return;
            }
        }
        add(stage, field, "there is no queue '" + name + "'", Nearest.remedy(name, known, "queues"));
    }

    private void check(Definition stage, Definition parent) {
        if (!parent.at("parent").isMissingNode()) {
            add(
                    stage,
                    "parent",
                    "'" + parent.text("queue") + "' is itself a stage (" + place(parent, "parent") + ")",
                    "a stage has no stages of its own: name the queue at the top, or remove one of the two");
        }
        for (String field : List.of("item_kind", "item_unit", "observed_from", "earliest_entry")) {
            JsonNode here = stage.at(field);
            JsonNode there = parent.at(field);
            if (!here.equals(there) && stage.sound() && parent.sound()) {
                add(
                        stage,
                        field,
                        "is " + shown(here) + ", but " + shown(there) + " in its parent (" + place(parent, field) + ")",
                        "let both agree, or the stages do not add up");
            }
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : "'" + value.asText() + "'";
    }

    private static String place(Definition definition, String field) {
        int line = definition.line(field);
        return definition.file() + (line > 0 ? ":" + line : "");
    }

    private void add(Definition stage, String field, String problem, String remedy) {
        mistakes.add(stage.file(), stage.line(field), field, problem, remedy);
    }
}
