package uk.fpw.warehouse.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.CurrentTable;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.LoadStamp;
import uk.fpw.warehouse.load.RawAppend;
import uk.fpw.warehouse.load.RawTable;
import uk.fpw.warehouse.load.RowVersion;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.testing.TestDatabase;

class TableUpkeepIT {

    private static final LockGuard HELD = () -> {};

    @TempDir
    private Path folder;

    private final Feed feed = new Feed(
            "devices",
            "property",
            "Test.",
            "drop",
            new Feed.DroppedFile(
                    "devices.csv", new Feed.CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("")), Set.of()),
            List.of(new Feed.Column(
                    "id", "id", Feed.Type.TEXT, null, null, null, false, Feed.Privacy.NOT_PERSONAL, "Test.")),
            List.of("id"),
            "id",
            Feed.Extract.FULL,
            null,
            new Feed.Limits(0, 1, 1, 1));
    private TestDatabase database;
    private WarehouseCatalog catalog;
    private TableUpkeep upkeep;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.embedded(folder);
        database.migrate("V0001__create_iceberg_catalog");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        upkeep = new TableUpkeep(catalog, HELD);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void snapshotOfAKeptReleaseCanBeReadAndThatOfADroppedOneIsGoneWithItsFiles() throws IOException {
        // Three nights overwrite a table as a whole, as the tables of core and mart are.
        long kept = load("A");
        long dropped = overwrite("B");
        long current = overwrite("C");
        assertThat(dataFiles()).hasSize(3);

        assertThat(upkeep.expire("raw.devices", Set.of(kept), later())).isEqualTo(1);

        assertThat(snapshots()).containsExactly(kept, current);
        assertThat(dataFiles()).hasSize(2);
        assertThat(keys(kept)).containsExactly("A");
        assertThat(keys(current)).containsExactly("C");
        assertThat(upkeep.expire("raw.devices", Set.of(kept), later())).isZero();
        assertThat(dropped).isNotIn(snapshots());
    }

    @Test
    void snapshotsYoungerThanTheMomentStayNeededOrNot() {
        load("A");
        overwrite("B");
        assertThat(upkeep.expire("raw.devices", Set.of(), Instant.now().minus(Duration.ofDays(1))))
                .isZero();
        assertThat(snapshots()).hasSize(2);
    }

    @Test
    void recordOfALoadStaysUntilOpsHasConfirmedItAndCurrentHasAppliedIt() {
        long first = load("A");
        long second = load("B");
        CurrentTable.open(catalog, feed, HELD).applyPending(RawTable.open(catalog, feed, HELD));
        long third = load("C");
        long fourth = load("D");

        // The first and third are confirmed, the third is not applied yet, the fourth is the latest.
        assertThat(upkeep.expireRaw("devices", Set.of("load-A", "load-C", "load-D")::contains, later()))
                .isEqualTo(1);

        assertThat(snapshots()).containsExactly(second, third, fourth).doesNotContain(first);
        assertThat(keys(fourth)).containsExactlyInAnyOrder("A", "B", "C", "D");
    }

    @Test
    void oldFileThatNoSnapshotRefersToIsMovedAsideAndNoOtherAndDeletedAfterItsDays() throws IOException {
        long kept = load("A");
        long current = overwrite("B");
        Path data = Path.of(catalog.load("raw.devices").location().replaceFirst("^file:/+", "/"))
                .resolve("data");
        Path orphan =
                Files.writeString(Files.createDirectories(data.resolve("month")).resolve("killed.parquet"), "x");
        Path young = Files.writeString(data.resolve("month").resolve("written-now.parquet"), "x");
        for (Path file : dataFiles()) {
            if (!file.equals(young)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
            }
        }

        LocalDate day = LocalDate.of(2026, 11, 1);
        assertThat(upkeep.moveOrphans("raw.devices", Instant.now().minus(Duration.ofDays(1)), day))
                .isEqualTo(1);

        Path aside = folder.resolve("orphans/2026-11-01/raw/devices/data/month/killed.parquet");
        assertThat(orphan).doesNotExist();
        assertThat(aside).hasContent("x");
        assertThat(young).exists();
        assertThat(keys(kept)).containsExactly("A");
        assertThat(keys(current)).containsExactly("B");

        assertThat(upkeep.deleteMoved(day)).isZero();
        assertThat(aside).exists();
        assertThat(upkeep.deleteMoved(day.plusDays(1))).isEqualTo(1);
        assertThat(folder.resolve("orphans/2026-11-01")).doesNotExist();
    }

    @Test
    void filesOfATableOutsideTheWarehousesOwnFolderOfDataAreNotTouched() throws Exception {
        load("A");
        Path foreign = Files.writeString(folder.resolve("data/raw/devices/data/of-another.parquet"), "x");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        catalog.close();
        // As a copied warehouse would be: the table's paths lead to the original.
        Path copy = folder.resolve("copy");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), copy);
        upkeep = new TableUpkeep(catalog, HELD);

        assertThatThrownBy(() -> upkeep.moveOrphans(
                        "raw.devices", Instant.now().minus(Duration.ofDays(1)), LocalDate.of(2026, 11, 1)))
                .hasMessage("raw.devices: its files are in " + folder.resolve("data/raw/devices/data")
                        + ", but this warehouse keeps its own in " + copy.resolve("data")
                        + "; nothing of it was touched");
        assertThat(foreign).exists();
    }

    @Test
    void folderOfATableThatTheCatalogDoesNotKnowIsNamedAndStays() throws IOException {
        load("A");
        Path unknown = Files.createDirectories(folder.resolve("data/raw/of_another/data"));
        assertThat(upkeep.unknownTables()).isEmpty();
        Path file = Files.writeString(unknown.resolve("a.parquet"), "x");
        assertThat(upkeep.unknownTables()).containsExactly(folder.resolve("data/raw/of_another"));
        assertThat(file).exists();
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofMinutes(1));
    }

    /** Appends a row as a load; answers the snapshot. */
    private long load(String key) {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        LoadStamp stamp = new LoadStamp(
                "load-" + key,
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                Instant.EPOCH,
                "devices.csv",
                "d".repeat(64),
                null);
        try (RawAppend append = raw.append(stamp)) {
            append.add(new RowVersion(key, key, "0".repeat(32), 2L, null, List.of(key)));
            append.commit(new LoadCounts(1, 1, 0, 0, 0, 0), null);
        }
        return head();
    }

    /** Leaves one row as the only one of the table; answers the snapshot. */
    private long overwrite(String key) {
        OverwriteFiles overwrite = catalog.load("raw.devices").newOverwrite();
        try (CloseableIterable<FileScanTask> files =
                catalog.load("raw.devices").newScan().planFiles()) {
            files.forEach(task -> overwrite.deleteFile(task.file()));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        long loaded = load(key);
        overwrite.commit();
        catalog.load("raw.devices")
                .expireSnapshots()
                .expireOlderThan(0)
                .expireSnapshotId(loaded)
                .commit();
        return head();
    }

    private long head() {
        return catalog.load("raw.devices").currentSnapshot().snapshotId();
    }

    private List<Long> snapshots() {
        List<Long> ids = new ArrayList<>();
        for (Snapshot snapshot : catalog.load("raw.devices").snapshots()) {
            ids.add(snapshot.snapshotId());
        }
        return ids;
    }

    private List<String> keys(long snapshot) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(catalog.load("raw.devices"))
                .useSnapshot(snapshot)
                .build()) {
            List<String> keys = new ArrayList<>();
            rows.forEach(row -> keys.add(String.valueOf(row.getField("_key"))));
            return keys;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/raw/devices/data"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }
}
