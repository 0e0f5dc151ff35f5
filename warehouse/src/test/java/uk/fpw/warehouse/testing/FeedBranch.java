package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/** The rows of a feed's table: {@code raw.<feed>} means branch main, {@code current.<feed>} branch current. */
public final class FeedBranch {

    private FeedBranch() {}

    /** The rows in no particular order, with all present columns of the table. */
    public static List<Record> rows(WarehouseCatalog catalog, String name) {
        Table table = table(catalog, name);
        Snapshot head = head(catalog, name);
        List<Record> found = new ArrayList<>();
        if (head == null) {
            return found;
        }
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .useSnapshot(head.snapshotId())
                .project(table.schema())
                .build()) {
            rows.forEach(found::add);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return found;
    }

    /** The head of the branch; null if there is none, for example if the table was never loaded. */
    public static @Nullable Snapshot head(WarehouseCatalog catalog, String name) {
        return table(catalog, name).snapshot(isCurrent(name) ? WarehouseCatalog.CURRENT : "main");
    }

    /** The snapshots of the branch created by loads, withdrawals or compaction, oldest first. */
    public static List<Snapshot> snapshots(WarehouseCatalog catalog, String name) {
        List<Snapshot> found = new ArrayList<>();
        for (Snapshot snapshot : table(catalog, name).snapshots()) {
            boolean isOfCurrent = snapshot.summary().containsKey("fpw.applied-load-id");
            boolean isOfMain = snapshot.summary().containsKey("fpw.load-id")
                    || snapshot.summary().containsKey("fpw.withdrawn-load-id");
            if (isCurrent(name) ? isOfCurrent : isOfMain) {
                found.add(snapshot);
            }
        }
        return found;
    }

    private static Table table(WarehouseCatalog catalog, String name) {
        return catalog.load(WarehouseCatalog.RAW + name.substring(name.indexOf('.')));
    }

    private static boolean isCurrent(String name) {
        return name.startsWith(WarehouseCatalog.CURRENT + ".");
    }
}
