package uk.fpw.warehouse.force;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;

/** Checks that the stages of a queue can add up to it. */
final class StageCheck {

    private final List<Definition> queues;
    private final Mistakes mistakes;

    StageCheck(List<Definition> queues, Mistakes mistakes) {
        this.queues = queues;
        this.mistakes = mistakes;
    }

    void check() {
        for (Definition stage : queues) {
            String name = stage.text("parent");
            if (name == null) {
                continue;
            }
            List<Definition> parents = queues.stream()
                    .filter(queue -> name.equals(queue.text("queue")))
                    .toList();
            if (name.equals(stage.text("queue"))) {
                add(stage, "parent", "'" + name + "' is the queue itself", "name another queue, or remove the line");
            } else if (parents.isEmpty()) {
                unknown(stage, name);
            } else {
                check(stage, parents.get(0));
            }
        }
    }

    private void unknown(Definition stage, String name) {
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
        add(stage, "parent", "there is no queue '" + name + "'", Nearest.remedy(name, known, "queues"));
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
