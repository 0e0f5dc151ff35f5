package uk.fpw.warehouse.store.maintenance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.EarlierMetadata;
import uk.fpw.warehouse.store.catalog.ReadableSnapshots;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.CandidateBranch;

/**
 * Recovers {@code core} and {@code mart} tables with damaged metadata, manifest lists or manifests, so that the next
 * run has a state to continue from. These tables are recomputed by every run. The caller holds the lock.
 */
public final class DerivedTables {

    private static final Logger LOG = LoggerFactory.getLogger(DerivedTables.class);

    private final WarehouseCatalog catalog;
    private final DataSource dataSource;
    private final LockGuard guard;

    public DerivedTables(WarehouseCatalog catalog, DataSource dataSource, LockGuard guard) {
        this.catalog = catalog;
        this.dataSource = dataSource;
        this.guard = guard;
    }

    /**
     * Rolls damaged tables back to the previous metadata or to the latest readable snapshot.
     *
     * @param needed the valid releases
     * @return why tables are still damaged, one sentence each; empty if none is
     */
    public List<String> rollBack(Collection<Release> needed) {
        List<String> left = new ArrayList<>();
        for (String namespace : List.of(WarehouseCatalog.CORE, WarehouseCatalog.MART)) {
            for (String name : catalog.tables(namespace)) {
                try {
                    rollBack(namespace + "." + name, needed);
                } catch (FpwException damaged) {
                    left.add(String.valueOf(damaged.getMessage()));
                }
            }
        }
        return left;
    }

    private void rollBack(String name, Collection<Release> needed) {
        EarlierMetadata earlier = EarlierMetadata.of(catalog.storage(), dataSource, name);
        if (earlier != null) {
            Set<Long> kept = new HashSet<>();
            earlier.table().snapshots().forEach(snapshot -> kept.add(snapshot.snapshotId()));
            List<ReleaseId> lost = releases(name, needed, kept, false);
            if (!lost.isEmpty()) {
                throw earlier.damage(name + " would lose its rows of " + lost + ": withdraw these too");
            }
            earlier.use(guard);
            LOG.warn("{}: its metadata was damaged; it was rolled back by one commit", name);
        }
        Table table = catalog.load(name);
        ReadableSnapshots readable = ReadableSnapshots.of(table, catalog.storage());
        if (readable.areAll()) {
            return;
        }
        List<ReleaseId> lost = releases(name, needed, readable.broken(), true);
        if (!lost.isEmpty()) {
            throw readable.damage(name + " would lose its rows of " + lost + ": withdraw these too");
        }
        guard.check();
        Transaction transaction = table.newTransaction();
        ManageSnapshots branches = transaction.manageSnapshots();
        Snapshot head = readable.main();
        if (head != null) {
            branches.setCurrentSnapshot(head.snapshotId());
        }
        if (table.refs().containsKey(CandidateBranch.NAME)) {
            branches.removeBranch(CandidateBranch.NAME);
        }
        branches.commit();
        readable.forget(transaction);
        transaction.commitTransaction();
        LOG.warn(
                "{}: manifests were damaged; it was rolled back to {}",
                name,
                head == null ? "no rows" : "snapshot " + head.snapshotId());
    }

    /** The releases whose rows of a table are, or are not, in one of those snapshots. */
    private static List<ReleaseId> releases(
            String name, Collection<Release> releases, Set<Long> snapshots, boolean areAmong) {
        return releases.stream()
                .filter(release -> {
                    Release.Table version = release.table(name);
                    return version != null
                            && version.snapshotId() >= 0
                            && snapshots.contains(version.snapshotId()) == areAmong;
                })
                .map(Release::releaseId)
                .toList();
    }
}
