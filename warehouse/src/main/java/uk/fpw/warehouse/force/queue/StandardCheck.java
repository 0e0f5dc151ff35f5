package uk.fpw.warehouse.force.queue;

import java.util.Set;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the standards of one queue beyond their structure. */
public record StandardCheck(DefinitionFile queue) {

    public void check() {
        DefinitionFile.Entry.requireDistinct(queue.texts("standards", "standard"));
        Set<String> slices = queue.set("slices");
        for (DefinitionFile.Part standard : queue.parts("standards")) {
            oneLimit(standard);
            standard.at("when").fieldNames().forEachRemaining(slice -> {
                if (!slices.contains(slice)) {
                    standard.error(
                            "when." + slice,
                            "'" + slice + "' is not among the slices of the queue",
                            Suggestions.remedy(slice, slices, "slices") + (slices.isEmpty() ? "; add it to them" : ""));
                }
            });
        }
    }

    private void oneLimit(DefinitionFile.Part standard) {
        boolean inHours = standard.has("within_hours");
        boolean inDays = standard.has("within_days");
        if (inHours && inDays) {
            standard.error(
                    "within_days",
                    "cannot be combined with within_hours",
                    "keep one of them; add a second standard if you need both");
        } else if (!inHours && !inDays && standard.tree().isObject() && queue.isValid()) {
            standard.error("within_hours", "is missing, as is within_days", "set the maximum number of hours or days");
        }
    }
}
