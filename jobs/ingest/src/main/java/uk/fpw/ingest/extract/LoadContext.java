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
 * The input and resources of one load of a feed.
 *
 * @param sourceDate the date whose file, or state of the source, is read
 * @param businessDate known-on of its rows
 * @param loadId identity of the load, never used twice
 * @param memory of which the indexes of its keys are made
 * @param columnsInUse positions of the columns on which figures rest, see {@link ColumnsInUse}
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

    /** The same load, of what turned out to be of another date. */
    public LoadContext of(LocalDate date) {
        return new LoadContext(source, date, businessDate, runId, loadId, memory, columnsInUse, services);
    }

    /** The catalog that holds the table of the feed. */
    public WarehouseCatalog catalog() {
        return services.catalog();
    }

    /** What {@code ops} records of loads. */
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

    /** The clock of stamps, which decide nothing. */
    public Clock clock() {
        return services.clock();
    }

    /** Makes pseudonyms of the columns that require them. */
    public Pseudonymiser pseudonymiser() {
        return services.pseudonymiser();
    }

    /** How much is done at once. */
    public ParallelTasks.Limit sideBySide() {
        return services.sideBySide();
    }

    /** The feed that is loaded. */
    public Feed feed() {
        return source.feed();
    }

    /**
     * Folder for rows on their way, on the volume of the warehouse, which has room for them. Its files have no names
     * that outlive this process.
     */
    public Path scratch() {
        return new WarehouseFolder(catalog().warehouse()).scratch();
    }

    /** Cursor column for incremental reads; null if the feed has none. */
    public Origin.@Nullable Cursor cursor() {
        return feed().cursor();
    }

    /** How changes missed by the cursor are found; never, if not defined. */
    public Origin.Reconcile reconcile() {
        Origin.Reconcile declared = feed().reconcile();
        return declared == null ? new Origin.Reconcile(0) : declared;
    }

    /** Of the key by which the feed's values are pseudonymised; null if none are. */
    @Nullable
    public String keyFingerprint() {
        return feed().pseudonymises() ? pseudonymiser().fingerprint() : null;
    }
}
