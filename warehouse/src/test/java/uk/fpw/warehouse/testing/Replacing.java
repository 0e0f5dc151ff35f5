package uk.fpw.warehouse.testing;

import java.util.HashMap;
import java.util.Map;
import uk.fpw.warehouse.load.CurrentRow;
import uk.fpw.warehouse.load.RawAppend;
import uk.fpw.warehouse.load.RowVersion;

/**
 * Writes versions by key, for tests that do not compare: each in the place of the current row of its key, where there
 * is one.
 */
public final class Replacing {

    private final RawAppend append;
    private final Map<String, CurrentRow> current = new HashMap<>();

    /** The versions of that load. */
    public Replacing(RawAppend append) {
        this.append = append;
        append.current().forEach(row -> current.put(row.key(), row));
    }

    /** Adds a version; one that says that its row is deleted needs a current row. */
    public void add(RowVersion version) {
        CurrentRow row = current.get(version.key());
        if (!version.isDeleted()) {
            append.add(version);
            if (row != null) {
                append.supersede(row);
            }
        } else if (row == null) {
            throw new IllegalArgumentException(version.key() + " is not current");
        } else {
            append.delete(row);
        }
    }
}
