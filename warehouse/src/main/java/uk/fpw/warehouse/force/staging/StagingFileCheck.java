package uk.fpw.warehouse.force.staging;

import java.util.Set;
import uk.fpw.warehouse.force.sql.QueryCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/** Checks the staging queries beyond their structure: references, and the SQL file beside each. */
public final class StagingFileCheck {

    private static final Set<String> FIXED =
            Set.of("item_key", "event", "occurred_on", "occurred_at", "event_order", "contributor_key");

    private final QueryCheck queries;
    private final DefinitionFiles all;
    private final ConfigErrors errors;

    public StagingFileCheck(DefinitionFiles all, FolderFiles files, ConfigErrors errors) {
        this.all = all;
        this.queries = new QueryCheck("staging", "staging query", all, files, errors);
        this.errors = errors;
    }

    public void check(DefinitionFile staging) {
        queries.checkFeeds(staging);
        for (DefinitionFile.Entry attribute : staging.texts("attributes")) {
            if (FIXED.contains(attribute.text())) {
                add(
                        staging,
                        attribute.path(),
                        "'" + attribute.text() + "' is a standard column of staging queries",
                        "remove it, or rename the attribute");
            } else if (attribute.text().equals("all")) {
                add(staging, attribute.path(), "'all' is reserved for the total", "rename the attribute");
            }
        }
        new AtEntryCheck(staging, all, errors).check();
    }

    /** Checks that every staging query has a SQL file and vice versa. */
    public void checkPairs() {
        queries.checkPairs();
    }

    private void add(DefinitionFile staging, String field, String problem, String remedy) {
        errors.add(staging.file(), staging.line(field), field, problem, remedy);
    }
}
