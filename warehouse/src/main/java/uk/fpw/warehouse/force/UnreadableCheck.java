package uk.fpw.warehouse.force;

import java.util.Objects;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/**
 * Checks columns whose unreadable values are stored as null. A staging query cannot distinguish these from missing
 * values, and would omit events or whole items.
 */
record UnreadableCheck(DefinitionFiles all, FolderFiles files) {

    /** Adds an error for each such column that a staging query reads. */
    void check() {
        for (DefinitionFile feed : all.feeds()) {
            for (DefinitionFile.Part column : feed.parts("columns")) {
                String name = column.text("name");
                if (name != null && column.at("unreadable").isNull()) {
                    check(feed, column, name);
                }
            }
        }
    }

    private void check(DefinitionFile feed, DefinitionFile.Part column, String name) {
        for (DefinitionFile staging : all.stagings()) {
            String query = "staging/" + staging.baseName() + ".sql";
            boolean isRead = staging.set("feeds").stream().anyMatch(read -> feed.is("feed", read));
            if (isRead && ColumnsInUse.isNamed(name, Objects.requireNonNullElse(files.text(query), ""))) {
                column.error(
                        "unreadable",
                        "is null, but " + query + " reads '" + name + "' and would treat an unreadable value "
                                + "as missing",
                        "write outcome if the column says how or when an item leaves; otherwise remove it, so that "
                                + "the row is refused");
            }
        }
    }
}
