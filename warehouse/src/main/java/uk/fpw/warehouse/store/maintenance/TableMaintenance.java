package uk.fpw.warehouse.store.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.TableStorage;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Deletes snapshots and files of the warehouse's tables. The caller holds the lock, since files being written by
 * another run would look like orphans.
 */
public final class TableMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(TableMaintenance.class);

    private static final String LOAD_ID = "fpw.load-id";
    private static final String APPLIED_LOAD = "fpw.applied-load-id";

    private final WarehouseCatalog catalog;
    private final LockGuard guard;

    /** Maintenance of the tables in a catalog. */
    public TableMaintenance(WarehouseCatalog catalog, LockGuard guard) {
        this.catalog = catalog;
        this.guard = guard;
    }

    /**
     * Expires snapshots of a table that are older than a given time and not needed, with the files that no other
     * snapshot refers to. Branch heads are always kept.
     *
     * @return number of expired snapshots
     */
    public int expire(String name, Collection<Long> needed, Instant before) {
        return expire(name, before, snapshot -> needed.contains(snapshot.snapshotId()));
    }

    /**
     * Expires old records of loads in a feed's {@code raw} table. A record is kept until {@code ops} has confirmed the
     * load; those of the latest load and of withdrawn loads are always kept. No rows are deleted: all versions remain
     * in the table.
     *
     * @param confirmed whether {@code ops} has the load with that id as loaded or withdrawn
     * @return number of expired snapshots
     */
    public int expireRaw(String feed, Predicate<String> confirmed, Instant before) {
        String name = WarehouseCatalog.RAW + "." + feed;
        long latest = 0;
        for (Snapshot snapshot : catalog.load(name).snapshots()) {
            if (snapshot.summary().containsKey(LOAD_ID)) {
                latest = Math.max(latest, snapshot.sequenceNumber());
            }
        }
        long latestLoad = latest;
        return expire(name, before, snapshot -> {
            String loadId = snapshot.summary().get(LOAD_ID);
            return loadId == null // A withdrawal, a snapshot of current, or not ours.
                    || snapshot.sequenceNumber() >= latestLoad
                    || !confirmed.test(loadId);
        });
    }

    /**
     * Expires old snapshots of branch {@code current} of a feed's table, except its head. They are not records of
     * loads.
     *
     * @return number of expired snapshots
     */
    public int expireCurrent(String feed, Instant before) {
        return expire(
                WarehouseCatalog.RAW + "." + feed,
                before,
                snapshot -> !snapshot.summary().containsKey(APPLIED_LOAD)
                        || snapshot.summary().containsKey(LOAD_ID));
    }

    /**
     * Moves orphan files of a table that are older than a given time to {@code orphans/<day>} in the warehouse folder.
     * Killed processes and failed commits leave such files, which neither snapshots nor metadata refer to. Only touches
     * this warehouse's own data folder.
     *
     * @param movedOn day under which they are kept until {@link #deleteMoved}
     * @return number of moved files
     */
    public int moveOrphans(String name, Instant before, LocalDate movedOn) {
        Table table = catalog.load(name);
        TableStorage storage = catalog.storage();
        if (!storage.holds(table.location())) {
            throw new IllegalStateException(name + ": its files are in " + storage.name(table.location())
                    + ", but this warehouse keeps its own in " + storage.folder() + "; it was left unchanged");
        }
        List<TableStorage.StoredFile> old = storage.files(table.location()).stream()
                .filter(file -> file.modified().isBefore(before))
                .toList();
        if (old.isEmpty()) {
            return 0;
        }
        Set<String> known = reachable(table);
        int moved = 0;
        for (TableStorage.StoredFile file : old) {
            if (!known.contains(file.belongsTo())) {
                guard.check();
                String target = storage.moveAside(file.name(), movedOn);
                LOG.info("{}: nothing refers to {}; moved to {}", name, file.name(), target);
                moved++;
            }
        }
        return moved;
    }

    /**
     * Permanently deletes files quarantined before a day.
     *
     * @return number of deleted files
     */
    public int deleteMoved(LocalDate before) {
        int deleted = 0;
        for (LocalDate day : catalog.storage().daysAside().headSet(before)) {
            guard.check();
            int count = catalog.storage().deleteAside(day);
            LOG.info("{} files that no snapshot refers to, moved on {}, were permanently deleted", count, day);
            deleted += count;
        }
        return deleted;
    }

    /** Deletes local copies of files that were deleted, or that were not used for long. */
    public void tidyCopies() {
        catalog.storage().tidyCopies();
    }

    /** Folders with files of tables that are not in the catalog. They are never touched. */
    public List<String> unknownTables() {
        Map<String, String> unknown = catalog.storage().tableFolders();
        for (String namespace : WarehouseCatalog.NAMESPACES) {
            catalog.tables(namespace).forEach(table -> unknown.remove(namespace + "." + table));
        }
        return List.copyOf(unknown.values());
    }

    private int expire(String name, Instant before, Predicate<Snapshot> isNeeded) {
        Table table = catalog.load(name);
        limitVersions(table);
        Set<Long> heads =
                table.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
        // Without a time, Iceberg would also expire snapshots older than its default.
        ExpireSnapshots expiry = table.expireSnapshots().expireOlderThan(0);
        int count = 0;
        for (Snapshot snapshot : table.snapshots()) {
            if (!heads.contains(snapshot.snapshotId())
                    && snapshot.timestampMillis() < before.toEpochMilli()
                    && !isNeeded.test(snapshot)) {
                expiry = expiry.expireSnapshotId(snapshot.snapshotId());
                count++;
            }
        }
        if (count > 0) {
            guard.check();
            expiry.commit();
            LOG.info("{}: {} unused snapshots were expired", name, count);
        }
        return count;
    }

    /** Tables of earlier versions kept more metadata; this commit removes the excess. */
    private void limitVersions(Table table) {
        if (!table.properties().entrySet().containsAll(CatalogSettings.METADATA_VERSIONS.entrySet())) {
            UpdateProperties update = table.updateProperties();
            CatalogSettings.METADATA_VERSIONS.forEach(update::set);
            guard.check();
            update.commit();
        }
    }

    /** Names of all files that a table refers to. */
    private Set<String> reachable(Table table) {
        TableStorage storage = catalog.storage();
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        Set<String> known = new HashSet<>();
        known.add(storage.name(metadata.metadataFileLocation()));
        metadata.previousFiles().forEach(version -> known.add(storage.name(version.file())));
        metadata.statisticsFiles().forEach(file -> known.add(storage.name(file.path())));
        metadata.partitionStatisticsFiles().forEach(file -> known.add(storage.name(file.path())));
        Map<String, ManifestFile> manifests = new HashMap<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            known.add(storage.name(snapshot.manifestListLocation()));
            snapshot.allManifests(table.io()).forEach(manifest -> manifests.put(manifest.path(), manifest));
        }
        for (ManifestFile manifest : manifests.values()) {
            known.add(storage.name(manifest.path()));
            try (CloseableIterable<? extends ContentFile<?>> files = manifest.content() == ManifestContent.DATA
                    ? ManifestFiles.read(manifest, table.io(), table.specs())
                    : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                files.forEach(file -> known.add(storage.name(file.location())));
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + manifest.path(), failed);
            }
        }
        return known;
    }
}
