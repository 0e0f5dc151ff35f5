package uk.fpw.ingest.extract;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Input and resources of a load of a feed.
 *
 * @param sourceDate date of the file or state of the source
 * @param businessDate known-on date of its rows
 * @param loadId id of the load, never reused
 * @param memory memory for the indexes of keys
 * @param columnsInUse positions of the columns that figures depend on, see {@link ColumnsInUse}
 */
public record LoadContext(
        RowSource source,
        LocalDate sourceDate,
        LocalDate businessDate,
        RunId runId,
        String loadId,
        IndexMemory memory,
        List<Integer> columnsInUse,
        LoadServices services) {

    /** The same load with another source date. */
    public LoadContext of(LocalDate date) {
        return new LoadContext(source, date, businessDate, runId, loadId, memory, columnsInUse, services);
    }

    /** The catalog with the table of the feed. */
    public WarehouseCatalog catalog() {
        return services.catalog();
    }

    public LoadLedger ledger() {
        return services.ledger();
    }

    /** What earlier loads changed. */
    public ChangeLedger changes() {
        return services.changes();
    }

    /** What people have accepted. */
    public Acceptances acceptances() {
        return services.acceptances();
    }

    LockGuard guard() {
        return services.guard();
    }

    /** The clock for load times, which are for information only. */
    public Clock clock() {
        return services.clock();
    }

    /** Makes the pseudonyms of columns that require them. */
    public Pseudonymiser pseudonymiser() {
        return services.pseudonymiser();
    }

    /** The limit for parallel work. */
    public ParallelTasks.Limit sideBySide() {
        return services.sideBySide();
    }

    /** The feed to load. */
    public Feed feed() {
        return source.feed();
    }

    /**
     * Folder for temporary rows, on the volume of the warehouse, which has enough space. Its files are unlinked and so
     * do not outlive this process.
     */
    public Path scratch() {
        return new WarehouseFolder(catalog().warehouse()).scratch();
    }

    /** Cursor column for incremental reads; null if the feed has none. */
    public Origin.@Nullable Cursor cursor() {
        return feed().cursor();
    }

    /** How to find changes that the cursor misses; never, if not defined. */
    public Origin.Reconcile reconcile() {
        Origin.Reconcile declared = feed().reconcile();
        return declared == null ? new Origin.Reconcile(0) : declared;
    }

    /** Fingerprint of the key for the feed's pseudonyms; null if it has none. */
    @Nullable
    public String keyFingerprint() {
        return feed().pseudonymises() ? pseudonymiser().fingerprint() : null;
    }
}
