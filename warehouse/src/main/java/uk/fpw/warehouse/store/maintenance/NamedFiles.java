package uk.fpw.warehouse.store.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseFolder;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleasePointer;

/**
 * All files that the tables and releases of a warehouse need: metadata, manifest lists, manifests, data files, deletion
 * vectors, and {@code release.json}. For {@code raw} and {@code ledger} those of the branch heads, for {@code core} and
 * {@code mart} those of all snapshots, since these are kept for releases.
 */
final class NamedFiles {

    private static final Set<String> KEPT_FOR_RELEASES = Set.of(WarehouseCatalog.CORE, WarehouseCatalog.MART);

    private final WarehouseCatalog catalog;
    private final Map<Path, WrittenFile> files = new TreeMap<>();
    private final TableDigests digests = new TableDigests();
    private final List<WrittenFile.Comparison> unreadable = new ArrayList<>();

    private NamedFiles(WarehouseCatalog catalog) {
        this.catalog = catalog;
    }

    /** The files that the warehouse needs now. */
    static NamedFiles of(WarehouseCatalog catalog) {
        NamedFiles named = new NamedFiles(catalog);
        for (String namespace : WarehouseCatalog.NAMESPACES) {
            for (String name : catalog.tables(namespace)) {
                named.orDamaged(() ->
                        named.addTable(catalog.load(namespace + "." + name), KEPT_FOR_RELEASES.contains(namespace)));
            }
        }
        named.addReleases();
        return named;
    }

    /** The files that a table needs now; empty if there is no such table. */
    static NamedFiles of(WarehouseCatalog catalog, String name) {
        NamedFiles named = new NamedFiles(catalog);
        named.orDamaged(() -> {
            Table table = catalog.find(name);
            if (table != null) {
                named.addTable(table, false);
            }
        });
        return named;
    }

    /** The files by path, each with its digest if known. */
    Map<Path, WrittenFile> files() {
        return files;
    }

    /** Files that could not be read, so that files they refer to may be missing from {@link #files}. */
    List<WrittenFile.Comparison> unreadable() {
        return unreadable;
    }

    private void addTable(Table table, boolean everySnapshot) {
        add(((HasTableOperations) table).operations().current().metadataFileLocation(), -1);
        try {
            unreadable.addAll(TableDigests.damaged(catalog.storage().path(table.location())));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the digests of " + table.name() + ": " + failed, failed);
        }
        Set<Long> heads = new HashSet<>();
        table.refs().values().stream().map(SnapshotRef::snapshotId).forEach(heads::add);
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            if (!everySnapshot && !heads.contains(snapshot.snapshotId())) {
                continue;
            }
            add(snapshot.manifestListLocation(), -1);
            orDamaged(() -> {
                for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                    if (manifests.add(manifest.path())) {
                        add(manifest.path(), manifest.length());
                        orDamaged(() -> addContent(table, manifest));
                    }
                }
            });
        }
    }

    private void addContent(Table table, ManifestFile manifest) {
        try (CloseableIterable<? extends ContentFile<?>> content = manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, table.io(), table.specs())
                : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
            for (ContentFile<?> file : content) {
                add(file.location(), file.fileSizeInBytes());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + manifest.path() + ": " + failed.getMessage(), failed);
        }
    }

    private void add(String location, long bytes) {
        Path path = catalog.storage().path(location);
        try {
            FileDigest digest = digests.of(path);
            files.put(
                    path,
                    digest == null
                            ? new WrittenFile(path, bytes, null)
                            : new WrittenFile(path, bytes < 0 ? digest.bytes() : bytes, digest.crc32()));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the digests of " + path + ": " + failed, failed);
        }
    }

    /** Records damaged files and continues; other failures are thrown. */
    private void orDamaged(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException failed) {
            List<WrittenFile.Comparison> damaged = Damage.filesNamedBy(failed);
            if (damaged.isEmpty()) {
                throw failed;
            }
            unreadable.addAll(damaged);
        }
    }

    private void addReleases() {
        Path folder = new WarehouseFolder(catalog.warehouse()).releases();
        if (!Files.isDirectory(folder)) {
            return;
        }
        ReleaseId current = ReleasePointer.read(catalog.warehouse());
        if (current != null && !Files.exists(ReleaseFiles.path(catalog.warehouse(), current))) {
            unreadable.add(WrittenFile.Comparison.of(
                    new DamagedFileException(ReleaseFiles.path(catalog.warehouse(), current), "it is missing")));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                Path file = new ReleaseFolder(entry).releaseFile();
                if (ReleaseId.parse(entry.getFileName().toString()) != null && Files.exists(file)) {
                    addRelease(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + folder, failed);
        }
    }

    /** Digests in a release file are independent of the table files and cannot be lost with them. */
    private void addRelease(Path file) throws IOException {
        try {
            for (ReleaseFile.Table table : ReleaseFile.read(file).tables()) {
                table.writtenIn(catalog.warehouse()).stream()
                        .filter(written -> written.crc32() != null || !files.containsKey(written.path()))
                        .forEach(written -> files.put(written.path(), written));
            }
        } catch (DamagedFileException damaged) {
            unreadable.add(WrittenFile.Comparison.of(damaged));
        }
    }
}
