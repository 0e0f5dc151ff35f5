package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.Definition;
import uk.fpw.warehouse.force.yaml.Definitions;
import uk.fpw.warehouse.force.yaml.Mistakes;
import uk.fpw.warehouse.force.yaml.Nearest;

/** Checks the standards of one queue beyond their structure. */
public final class StandardCheck {

    private final Definition queue;
    private final Mistakes mistakes;

    public StandardCheck(Definition queue, Mistakes mistakes) {
        this.queue = queue;
        this.mistakes = mistakes;
    }

    public void check() {
        Definitions.checkDistinct(
                queue,
                queue.parts("standards"),
                standard -> standard.text("standard"),
                standard -> standard.path("standard"),
                mistakes);
        Set<String> slices =
                queue.texts("slices").stream().map(Definition.Entry::text).collect(Collectors.toSet());
        for (Definition.Part standard : queue.parts("standards")) {
            oneLimit(standard);
            JsonNode when = standard.tree().path("when");
            when.fieldNames().forEachRemaining(slice -> {
                if (!slices.contains(slice)) {
                    add(
                            standard.path("when") + "." + slice,
                            "'" + slice + "' is not among the slices of the queue",
                            Nearest.remedy(slice, slices, "slices") + (slices.isEmpty() ? "; add it to them" : ""));
                }
            });
        }
    }

    private void oneLimit(Definition.Part standard) {
        boolean inHours = standard.tree().has("within_hours");
        boolean inDays = standard.tree().has("within_days");
        if (inHours && inDays) {
            add(
                    standard.path("within_days"),
                    "is given beside within_hours",
                    "keep one of them; a standard for each may follow the other");
        } else if (!inHours && !inDays && standard.tree().isObject() && queue.sound()) {
            add(
                    standard.path("within_hours"),
                    "is missing, and so is within_days",
                    "say how many hours or how many days may pass");
        }
    }

    private void add(String field, String problem, String remedy) {
        mistakes.add(queue.file(), queue.line(field), field, problem, remedy);
    }
}
