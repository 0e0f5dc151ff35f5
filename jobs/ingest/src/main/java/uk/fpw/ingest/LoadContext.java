package uk.fpw.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.ledger.Acceptances;
import uk.fpw.warehouse.ledger.ChangeLedger;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.load.IndexMemory;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/**
 * The input and resources of one load of a feed.
 *
 * @param sourceDate the date whose file, or state of the source, is read
 * @param businessDate known-on of its rows
 * @param loadId identity of the load, never used twice
 * @param memory of which the indexes of its keys are made
 * @param columnsInUse positions of the columns on which figures rest, see {@link ColumnsInUse}
 */
record LoadContext(
        RowSource source,
        LocalDate sourceDate,
        LocalDate businessDate,
        RunId runId,
        String loadId,
        IndexMemory memory,
        List<Integer> columnsInUse,
        LoadServices services) {

    /** The same load, of what turned out to be of another date. */
    LoadContext of(LocalDate date) {
        return new LoadContext(source, date, businessDate, runId, loadId, memory, columnsInUse, services);
    }

    WarehouseCatalog catalog() {
        return services.catalog();
    }

    LoadLedger ledger() {
        return services.ledger();
    }

    ChangeLedger changes() {
        return services.changes();
    }

    Acceptances acceptances() {
        return services.acceptances();
    }

    LockGuard guard() {
        return services.guard();
    }

    Clock clock() {
        return services.clock();
    }

    Pseudonymiser pseudonymiser() {
        return services.pseudonymiser();
    }

    ParallelTasks.Limit sideBySide() {
        return services.sideBySide();
    }

    Feed feed() {
        return source.feed();
    }

    /**
     * Folder for rows on their way, on the volume of the warehouse, which has room for them. Its files have no names
     * that outlive this process.
     */
    Path scratch() {
        return new WarehouseFolder(catalog().warehouse()).scratch();
    }

    /** Cursor column for incremental reads; null if the feed has none. */
    Origin.@Nullable Cursor cursor() {
        return feed().cursor();
    }

    /** How changes missed by the cursor are found; never, if not defined. */
    Origin.Reconcile reconcile() {
        Origin.Reconcile declared = feed().reconcile();
        return declared == null ? new Origin.Reconcile(0) : declared;
    }

    /** Of the key by which the feed's values are pseudonymised; null if none are. */
    @Nullable
    String keyFingerprint() {
        return feed().pseudonymises() ? pseudonymiser().fingerprint() : null;
    }
}
