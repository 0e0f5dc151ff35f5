package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.RecordingDatabaseFile;
import uk.fpw.warehouse.store.files.RecordingFileSystem;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.SyncedFiles;
import uk.fpw.warehouse.testing.TestDatabase;

/** A power failure after a load loses nothing that was committed. */
class DurableLoadIT {

    private static final LockGuard HELD = () -> {};

    @TempDir
    private Path folder;

    private final Feed feed = feed();
    private TestDatabase database;
    private WarehouseCatalog catalog;

    @BeforeEach
    void oneLoad() throws Exception {
        RecordingFileSystem.install();
        folder = folder.toRealPath();
        TestDatabase embedded = TestDatabase.embedded(folder);
        database = new TestDatabase(
                RecordingDatabaseFile.url(embedded.url()) + ";WRITE_DELAY=0", embedded.user(), embedded.password());
        database.baseline();
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        load("load-1", row("A", 1), row("B", 1));
    }

    @AfterEach
    void close() throws IOException {
        catalog.close();
        RecordingFileSystem.uninstall();
    }

    @Test
    void everyFileIsSyncedWithItsFolderBeforeTheCatalogNamesIt() throws Exception {
        Set<String> before = new HashSet<>(named());
        List<String> metadataInCatalog = new ArrayList<>();
        SyncedFiles.begin(path -> {
            if (path.toString().endsWith(".metadata.json")) {
                metadataInCatalog.addAll(catalogRows());
            }
        });

        load("load-2", row("A", 2), row("C", 1));

        Set<String> added = new HashSet<>(named());
        added.removeAll(before);
        assertThat(added).anyMatch(file -> file.endsWith(".parquet"));
        assertThat(added).anyMatch(file -> file.endsWith(".puffin"));
        assertThat(added).anyMatch(file -> file.endsWith(".avro"));
        assertThat(SyncedFiles.all())
                .containsAll(added.stream().map(Path::of).toList())
                .containsAll(added.stream().map(Path::of).map(Path::getParent).toList());
        TableDigests digests = new TableDigests();
        for (String file : added) {
            assertThat(digests.ofWritten(Path.of(file))).isEqualTo(FileDigest.ofContent(Path.of(file)));
        }
        assertThat(metadataInCatalog).hasSize(1).doesNotContainAnyElementsOf(catalogRows());
    }

    @Test
    void catalogIsSyncedBeforeACommitReturns() throws Exception {
        load("load-2", row("A", 2));

        assertThat(RecordingDatabaseFile.unsyncedWrites()).isZero();
    }

    @Test
    void embeddedDatabaseDoesNotSyncACommitByItself() throws Exception {
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            TestDatabase.execute(connection, "update iceberg_tables set catalog_name = catalog_name");
            connection.commit();
            assertThat(RecordingDatabaseFile.unsyncedWrites()).isPositive();

            DurableCommit.sync(connection);
            assertThat(RecordingDatabaseFile.unsyncedWrites()).isZero();
        }
    }

    @Test
    void failedSyncFailsTheLoadAndLeavesTheTableAsItWas() throws Exception {
        List<String> before = rows();
        List<String> catalogBefore = catalogRows();
        SyncedFiles.begin(path -> {
            if (path.toString().endsWith(".parquet")) {
                throw new IOException(path + " could not be synced to the disk: No space left on device");
            }
        });

        assertThatThrownBy(() -> load("load-2", row("A", 2)))
                .hasRootCauseInstanceOf(IOException.class)
                .rootCause()
                .hasMessageEndingWith(".parquet could not be synced to the disk: No space left on device");
        assertThat(catalogRows()).isEqualTo(catalogBefore);
        assertThat(rows()).isEqualTo(before);

        SyncedFiles.begin(null);
        load("load-2", row("A", 2));
        assertThat(rows()).containsExactly("A load-2", "B load-1");
    }

    private void load(String loadId, RowVersion... versions) {
        LocalDate date = LocalDate.of(2024, 5, 1);
        LoadMetadata metadata =
                new LoadMetadata(loadId, date, date, Instant.EPOCH, "devices.csv", "d".repeat(64), null, null);
        try (RawAppend append = RawTable.open(catalog, feed, HELD).append(metadata)) {
            add(append, versions);
            Replacing.commit(append, new LoadCounts(versions.length, versions.length, 0, 0, 0, 0), null);
        }
    }

    private List<String> rows() {
        return FeedBranch.rows(catalog, "current.devices").stream()
                .map(row -> row.getField("_key") + " " + row.getField("_load_id"))
                .sorted()
                .toList();
    }

    private List<String> catalogRows() {
        try {
            return database.query("select metadata_location from iceberg_tables");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** All files that the catalog refers to. */
    private Set<String> named() throws IOException {
        Table table = catalog.load("raw.devices");
        Set<String> locations = new HashSet<>();
        locations.add(((HasTableOperations) table).operations().current().metadataFileLocation());
        for (Snapshot snapshot : table.snapshots()) {
            locations.add(snapshot.manifestListLocation());
            snapshot.allManifests(table.io()).stream().map(ManifestFile::path).forEach(locations::add);
            try (CloseableIterable<FileScanTask> files =
                    table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
                for (FileScanTask file : files) {
                    locations.add(file.file().location());
                    file.deletes().stream().map(ContentFile::location).forEach(locations::add);
                }
            }
        }
        Set<String> paths = new HashSet<>();
        for (String location : locations) {
            paths.add(LocalStorage.file(location).toString());
        }
        return paths;
    }
}
