package uk.fpw.warehouse.store.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.TableFolders;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Deletes snapshots and files of the warehouse's tables. The caller holds the lock, since files being written by
 * another run would look like orphans.
 */
public final class TableMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(TableMaintenance.class);

    private static final String LOAD_ID = "fpw.load-id";
    private static final String APPLIED_LOAD = "fpw.applied-load-id";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

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
        Path folder = TableFolders.file(table.location());
        if (!RealPath.of(folder).startsWith(catalog.dataFolder())) {
            throw new IllegalStateException(name + ": its files are in " + folder
                    + ", but this warehouse keeps its own in " + catalog.dataFolder() + "; it was left unchanged");
        }
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> old = files.filter(Files::isRegularFile)
                    .filter(file -> modified(file).isBefore(before))
                    .toList();
            if (old.isEmpty()) {
                return 0;
            }
            Set<Path> known = reachable(table);
            int moved = 0;
            for (Path file : old) {
                if (!known.contains(data(file)) && !TableDigests.isList(file)) {
                    guard.check();
                    Path target = moveToOrphans(file, movedOn);
                    LOG.info("{}: nothing refers to {}; moved to {}", name, file, target);
                    moved++;
                }
            }
            return moved;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + folder, failed);
        }
    }

    /**
     * Permanently deletes files quarantined before a day.
     *
     * @return number of deleted files
     */
    public int deleteMoved(LocalDate before) {
        Path orphans = orphans();
        if (!Files.isDirectory(orphans)) {
            return 0;
        }
        int deleted = 0;
        try (Stream<Path> days = Files.list(orphans)) {
            for (Path day : days.filter(Files::isDirectory).toList()) {
                if (DAY.matcher(day.getFileName().toString()).matches()
                        && LocalDate.parse(day.getFileName().toString()).isBefore(before)) {
                    guard.check();
                    int count = delete(day);
                    LOG.info("{}: {} files that no snapshot refers to were permanently deleted", day, count);
                    deleted += count;
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + orphans, failed);
        }
        return deleted;
    }

    /** Table folders below the data folder that are not in the catalog. They are never touched. */
    public List<Path> unknownTables() {
        Set<String> tables = new HashSet<>();
        for (String namespace : WarehouseCatalog.NAMESPACES) {
            catalog.tables(namespace).forEach(table -> tables.add(namespace + "." + table));
        }
        return TableFolders.unknown(catalog.dataFolder(), tables);
    }

    private Path moveToOrphans(Path file, LocalDate movedOn) throws IOException {
        Path relative = catalog.dataFolder().relativize(RealPath.of(file));
        if (relative.startsWith("..")) {
            throw new IllegalStateException(
                    file + " points outside " + catalog.dataFolder() + "; it was left unchanged");
        }
        Path target = orphans().resolve(movedOn.toString()).resolve(relative.toString());
        Files.createDirectories(target.getParent());
        // No option: never replace an existing file.
        return Files.move(file, target);
    }

    private Path orphans() {
        return new WarehouseFolder(catalog.warehouse()).orphans();
    }

    private static int delete(Path folder) throws IOException {
        int count = 0;
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                count += Files.isRegularFile(entry) ? 1 : 0;
                Files.deleteIfExists(entry);
            }
        }
        return count;
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

    private static Set<Path> reachable(Table table) {
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        Set<Path> known = new HashSet<>();
        known.add(TableFolders.file(metadata.metadataFileLocation()));
        metadata.previousFiles().forEach(version -> known.add(TableFolders.file(version.file())));
        metadata.statisticsFiles().forEach(file -> known.add(TableFolders.file(file.path())));
        metadata.partitionStatisticsFiles().forEach(file -> known.add(TableFolders.file(file.path())));
        Map<String, ManifestFile> manifests = new HashMap<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            known.add(TableFolders.file(snapshot.manifestListLocation()));
            snapshot.allManifests(table.io()).forEach(manifest -> manifests.put(manifest.path(), manifest));
        }
        for (ManifestFile manifest : manifests.values()) {
            known.add(TableFolders.file(manifest.path()));
            try (CloseableIterable<? extends ContentFile<?>> files = manifest.content() == ManifestContent.DATA
                    ? ManifestFiles.read(manifest, table.io(), table.specs())
                    : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                files.forEach(file -> known.add(TableFolders.file(file.location())));
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + manifest.path(), failed);
            }
        }
        return known;
    }

    /** For a checksum file ({@code .name.crc}) the file it belongs to, otherwise the file itself. */
    private static Path data(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(".crc")
                ? file.resolveSibling(name.substring(1, name.length() - ".crc".length()))
                : file;
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot examine " + file, failed);
        }
    }
}
