package uk.fpw.warehouse.force;

import java.util.Objects;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/**
 * Checks columns whose unreadable values are stored as null. A staging query cannot distinguish these from missing
 * values, and would omit events or whole items.
 */
final class UnreadableCheck {

    private final DefinitionFiles all;
    private final FolderFiles files;
    private final ConfigErrors errors;

    UnreadableCheck(DefinitionFiles all, FolderFiles files, ConfigErrors errors) {
        this.all = all;
        this.files = files;
        this.errors = errors;
    }

    /** Adds an error for each such column that a staging query reads. */
    void check() {
        for (DefinitionFile feed : all.feeds()) {
            for (DefinitionFile.Part column : feed.parts("columns")) {
                String name = column.text("name");
                if (name != null
                        && column.tree().has("unreadable")
                        && column.tree().path("unreadable").isNull()) {
                    check(feed, column, name);
                }
            }
        }
    }

    private void check(DefinitionFile feed, DefinitionFile.Part column, String name) {
        for (DefinitionFile staging : all.stagings()) {
            String query = "staging/" + staging.baseName() + ".sql";
            boolean isRead =
                    staging.texts("feeds").stream().anyMatch(read -> read.text().equals(feed.text("feed")));
            if (isRead && ColumnsInUse.isNamed(name, Objects.requireNonNullElse(files.text(query), ""))) {
                errors.add(
                        feed.file(),
                        feed.line(column.path("unreadable")),
                        column.path("unreadable"),
                        "is null, but " + query + " reads '" + name + "' and would treat an unreadable value "
                                + "as missing",
                        "write outcome if the column says how or when an item leaves; otherwise remove it, so that "
                                + "the row is refused");
            }
        }
    }
}
