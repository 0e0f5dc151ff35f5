package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the standards of one queue beyond their structure. */
public final class StandardCheck {

    private final DefinitionFile queue;
    private final ConfigErrors errors;

    public StandardCheck(DefinitionFile queue, ConfigErrors errors) {
        this.queue = queue;
        this.errors = errors;
    }

    public void check() {
        DefinitionFiles.checkDistinct(
                queue,
                queue.parts("standards"),
                standard -> standard.text("standard"),
                standard -> standard.path("standard"),
                errors);
        Set<String> slices =
                queue.texts("slices").stream().map(DefinitionFile.Entry::text).collect(Collectors.toSet());
        for (DefinitionFile.Part standard : queue.parts("standards")) {
            oneLimit(standard);
            JsonNode when = standard.tree().path("when");
            when.fieldNames().forEachRemaining(slice -> {
                if (!slices.contains(slice)) {
                    add(
                            standard.path("when") + "." + slice,
                            "'" + slice + "' is not among the slices of the queue",
                            Suggestions.remedy(slice, slices, "slices") + (slices.isEmpty() ? "; add it to them" : ""));
                }
            });
        }
    }

    private void oneLimit(DefinitionFile.Part standard) {
        boolean inHours = standard.tree().has("within_hours");
        boolean inDays = standard.tree().has("within_days");
        if (inHours && inDays) {
            add(
                    standard.path("within_days"),
                    "cannot be combined with within_hours",
                    "keep one of them; add a second standard if you need both");
        } else if (!inHours && !inDays && standard.tree().isObject() && queue.isValid()) {
            add(
                    standard.path("within_hours"),
                    "is missing, as is within_days",
                    "set the maximum number of hours or days");
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(queue.file(), queue.line(field), field, problem, remedy);
    }
}
