package uk.fpw.warehouse.force.staging;

import java.util.Set;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;

/** Checks a staging query beyond its structure: names of its attributes, and their values at entry. */
public record StagingFileCheck(DefinitionFile staging) {

    private static final Set<String> FIXED =
            Set.of("item_key", "event", "occurred_on", "occurred_at", "event_order", "contributor_key");

    public void check(DefinitionFiles all) {
        for (DefinitionFile.Entry attribute : staging.texts("attributes")) {
            if (FIXED.contains(attribute.text())) {
                attribute.error(
                        "'" + attribute.text() + "' is a standard column of staging queries",
                        "remove it, or rename the attribute");
            } else if (attribute.text().equals("all")) {
                attribute.error("'all' is reserved for the total", "rename the attribute");
            }
        }
        new AtEntryCheck(staging, all).check();
    }
}
