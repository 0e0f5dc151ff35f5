package uk.fpw.warehouse.store.release;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Iceberg's branch {@code main} of the tables of {@code core} and {@code mart}: the current release, for programs that
 * read the stored tables by name. Our own read the snapshots that a release names, so a table that lags shows nothing
 * wrong to them. The caller holds the lock.
 */
public final class ReleasedBranches {

    private static final Logger LOG = LoggerFactory.getLogger(ReleasedBranches.class);

    private final WarehouseCatalog catalog;
    private final LockGuard guard;

    /** The branches of a catalog's tables. */
    public ReleasedBranches(WarehouseCatalog catalog, LockGuard guard) {
        this.catalog = catalog;
        this.guard = guard;
    }

    /**
     * Moves {@code main} of every table to a release. A table that is not in it has no rows afterwards. One that cannot
     * be written, because its metadata is damaged, is logged and left as it is. If the machine or the store fails, none
     * is tried after that: each would wait as long.
     *
     * @param current the current release; null if all were withdrawn
     */
    public void follow(@Nullable Release current) {
        List<String> names = Stream.of(WarehouseCatalog.CORE, WarehouseCatalog.MART)
                .flatMap(namespace -> catalog.tables(namespace).stream().map(table -> namespace + "." + table))
                .toList();
        forEach(
                names,
                catalog.warehouse(),
                guard,
                name -> follow(catalog.load(name), current == null ? null : current.table(name)));
    }

    /** Logs failures; one that all tables would have is the last. */
    static void forEach(List<String> names, Path warehouse, LockGuard guard, Consumer<String> action) {
        for (String name : names) {
            guard.check();
            try {
                action.accept(name);
            } catch (RuntimeException failed) {
                boolean isLast = Exhaustion.causeOf(failed, warehouse) != null;
                LOG.warn(
                        "{}: Iceberg's branch main does not show the current release{}",
                        name,
                        isLast ? "; those after it were not tried" : "",
                        failed);
                if (isLast) {
                    return;
                }
            }
        }
    }

    private static void follow(Table table, Release.@Nullable Table released) {
        Snapshot main = table.currentSnapshot();
        if (released != null && released.snapshotId() >= 0) {
            if (main == null || main.snapshotId() != released.snapshotId()) {
                table.manageSnapshots()
                        .setCurrentSnapshot(released.snapshotId())
                        .commit();
            }
        } else if (main != null && !"0".equals(main.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP))) {
            table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue()).commit();
        }
    }
}
