package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * Reads the tables of a release at their snapshots, and lists their files for plain Parquet readers. Snapshots do not
 * change, so each table is looked up and its files are listed only once.
 */
public final class ReleaseSnapshots {

    private static final long NONE = -1;

    private static final String RELEASE_ID = "release_id";

    private final WarehouseCatalog catalog;
    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    private final Map<Snapshot, List<InputFile>> files = new ConcurrentHashMap<>();

    private record Snapshot(String table, long id) {}

    public ReleaseSnapshots(WarehouseCatalog catalog) {
        this.catalog = catalog;
    }

    /** The rows of a release as readers see them, in no particular order. */
    public CloseableIterable<Record> rows(Release release, Release.Table version) {
        return CloseableIterable.transform(read(version, Expressions.alwaysTrue()), row -> {
            // In rows added by an earlier release, it is the id of that release.
            row.setField(RELEASE_ID, release.releaseId().value());
            return row;
        });
    }

    /** The rows that the release itself added; in most tables these are all rows. */
    public CloseableIterable<Record> ownRows(ReleaseId releaseId, Release.Table version) {
        return read(
                version,
                Models.history().contains(version.name())
                        ? Expressions.equal(RELEASE_ID, releaseId.value())
                        : Expressions.alwaysTrue());
    }

    /** The number of rows that each release added, among those that readers of a release see. */
    public Map<ReleaseId, Long> countByRelease(Release release, Release.Table version) {
        if (!Models.history().contains(version.name())) {
            return Map.of(release.releaseId(), version.rowCount());
        }
        Map<ReleaseId, Long> counts = new TreeMap<>();
        try (CloseableIterable<Record> rows = read(version, Expressions.alwaysTrue())) {
            rows.forEach(row -> counts.merge(ReleaseId.of((String) row.getField(RELEASE_ID)), 1L, Long::sum));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + version.name(), failed);
        }
        return counts;
    }

    private CloseableIterable<Record> read(Release.Table version, Expression condition) {
        if (hasNone(version)) {
            return CloseableIterable.empty();
        }
        return IcebergGenerics.read(tableWith(new Snapshot(version.name(), version.snapshotId())))
                .useSnapshot(version.snapshotId())
                .where(condition)
                .build();
    }

    /** The Parquet files of the table; empty if it has no rows. */
    public List<InputFile> files(Release.Table version) {
        return files(version.name(), version.snapshotId());
    }

    /** The same for a table of a candidate; snapshot -1 means that there is none. */
    public List<InputFile> files(String name, long snapshotId) {
        return snapshotId == NONE ? List.of() : files.computeIfAbsent(new Snapshot(name, snapshotId), this::listed);
    }

    private List<InputFile> listed(Snapshot snapshot) {
        Table table = tableWith(snapshot);
        List<InputFile> found = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshot.id()).planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new IllegalStateException(snapshot.table() + ", snapshot " + snapshot.id()
                            + ": it has delete files, which plain Parquet "
                            + "readers ignore; raw is append-only, core and mart tables are "
                            + "overwritten as a whole");
                }
                found.add(table.io().newInputFile(task.file().location()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list the files of " + snapshot.table(), failed);
        }
        found.sort(Comparator.comparing(InputFile::location));
        return List.copyOf(found);
    }

    private Table tableWith(Snapshot snapshot) {
        Table known = tables.get(snapshot.table());
        if (known == null || known.snapshot(snapshot.id()) == null) {
            known = catalog.load(snapshot.table());
            tables.put(snapshot.table(), known);
        }
        return known;
    }

    /** The Parquet files of the present state of a table; empty if the table does not exist or never had rows. */
    public List<InputFile> latestFiles(String name) {
        Table table = catalog.find(name);
        return table == null || table.currentSnapshot() == null
                ? List.of()
                : files(name, table.currentSnapshot().snapshotId());
    }

    /** Verifies the files of tables of a release, see {@link ReleaseFiles#requireWhole}. */
    public void requireWhole(ReleaseId releaseId, Collection<String> names) {
        ReleaseFiles.requireWhole(catalog, releaseId, names);
    }

    /** A file of a table, for readers of local files. */
    public Path local(InputFile file) {
        return catalog.storage().local(file.location());
    }

    /** Absolute paths of files of tables, for readers of local files. */
    public List<String> local(List<InputFile> ofTables) {
        return catalog
                .storage()
                .local(ofTables.stream().map(InputFile::location).toList())
                .stream()
                .map(Path::toString)
                .toList();
    }

    /** Path of a file relative to the warehouse folder, with slashes. */
    public String relative(Path warehouse, InputFile file) {
        Path path = local(file);
        if (path.startsWith(warehouse)) {
            return warehouse.relativize(path).toString();
        }
        path = RealPath.of(path);
        Path folder = RealPath.of(warehouse);
        if (!path.startsWith(folder)) {
            throw new IllegalStateException(
                    "the data file " + file.location() + " is not in the warehouse folder " + warehouse);
        }
        return folder.relativize(path).toString();
    }

    private static boolean hasNone(Release.Table version) {
        return version.snapshotId() == NONE;
    }
}
