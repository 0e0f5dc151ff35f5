package uk.fpw.warehouse.testing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.HeldKeys;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawWriter;
import uk.fpw.warehouse.store.load.Watermark;
import uk.fpw.warehouse.store.load.current.CurrentRow;
import uk.fpw.warehouse.store.load.row.RowVersion;

/** Writes versions by key, for tests that do not compare. Each replaces the current row of its key, if there is one. */
public final class Replacing {

    private final RawAppend append;
    private final Map<String, CurrentRow> current = new HashMap<>();
    private @Nullable RawWriter writer;
    private long written;

    /** The versions of a load. */
    public Replacing(RawAppend append) {
        this.append = append;
        append.current().forEach(row -> current.put(row.key(), row));
    }

    /** Adds a version; a deletion requires a current row. */
    public void add(RowVersion version) {
        CurrentRow row = current.get(version.key());
        if (!version.isDeleted()) {
            written++;
            writer().add(version, written);
            if (row != null) {
                append.supersede(row);
            }
        } else if (row == null) {
            throw new IllegalArgumentException(version.key() + " is not current");
        } else {
            written++;
            append.delete(row);
        }
    }

    private RawWriter writer() {
        RawWriter known = writer;
        if (known == null) {
            known = append.writer();
            writer = known;
        }
        return known;
    }

    /** Commits a load with only counts and watermark. */
    public static Load commit(RawAppend append, LoadCounts counts, @Nullable Watermark watermark) {
        return append.commit(counts, null, HeldKeys.none(), watermark, null);
    }
}
