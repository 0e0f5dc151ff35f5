package uk.fpw.warehouse.store.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

class TableMaintenanceIT {

    private static final LockGuard HELD = () -> {};
    private static final String RAW = "raw.devices";
    private static final String SPELL = "core.spell";
    private static final Types.NestedField KEY = Types.NestedField.required(1, "_key", Types.StringType.get());

    @TempDir
    private Path folder;

    private final Feed feed = new Feed(
            "devices",
            "property",
            "Test.",
            new Feed.Input(
                    "drop",
                    new Origin.DroppedFile("devices.csv", new Origin.Format("csv", Map.of()), Set.of()),
                    Feed.Extract.FULL),
            new Feed.Rows(
                    List.of(new Feed.Column(
                            "id",
                            "id",
                            Feed.Type.TEXT,
                            Feed.TextFormat.PLAIN,
                            false,
                            Feed.Privacy.NOT_PERSONAL,
                            "Test.")),
                    List.of("id"),
                    Set.of(),
                    "id",
                    null),
            FeedLimits.atLeast(0));
    private TestDatabase database;
    private WarehouseCatalog catalog;
    private TableMaintenance maintenance;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.embedded(folder);
        database.baseline();
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        maintenance = new TableMaintenance(catalog, HELD);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void snapshotOfAKeptReleaseCanBeReadAndThatOfADroppedOneIsGoneWithItsFiles() throws IOException {
        // Three nights overwrite a whole table, as with core and mart.
        long kept = overwrite("A");
        long dropped = overwrite("B");
        long current = overwrite("C");
        assertThat(dataFiles(SPELL)).hasSize(3);

        assertThat(maintenance.expire(SPELL, Set.of(kept), later())).isEqualTo(1);

        assertThat(snapshots(SPELL)).containsExactly(kept, current);
        assertThat(dataFiles(SPELL)).hasSize(2);
        assertThat(keys(SPELL, kept)).containsExactly("A");
        assertThat(keys(SPELL, current)).containsExactly("C");
        assertThat(maintenance.expire(SPELL, Set.of(kept), later())).isZero();
        assertThat(dropped).isNotIn(snapshots(SPELL));
    }

    @Test
    void snapshotsYoungerThanTheMomentStayNeededOrNot() {
        overwrite("A");
        overwrite("B");
        assertThat(maintenance.expire(SPELL, Set.of(), Instant.now().minus(Duration.ofDays(1))))
                .isZero();
        assertThat(snapshots(SPELL)).hasSize(2);
    }

    @Test
    void recordOfALoadStaysUntilOpsHasConfirmedIt() {
        long first = load("A");
        long second = load("B");
        long third = load("C");
        long fourth = load("D");

        // The first and third are confirmed, the fourth is the latest.
        assertThat(maintenance.expireRaw("devices", Set.of("load-A", "load-C", "load-D")::contains, later()))
                .isEqualTo(2);

        assertThat(snapshots(RAW)).contains(second, fourth).doesNotContain(first, third);
        assertThat(keys(RAW, fourth)).containsExactlyInAnyOrder("A", "B", "C", "D");
    }

    @Test
    void ofBranchCurrentTheHeadAloneStays() {
        load("A");
        load("B");
        long third = load("A");
        List<Long> all = snapshots(RAW);

        assertThat(maintenance.expireCurrent("devices", Instant.now().minus(Duration.ofDays(1))))
                .isZero();
        assertThat(maintenance.expireCurrent("devices", later())).isEqualTo(2);

        Snapshot head = Objects.requireNonNull(FeedBranch.head(catalog, "current.devices"));
        assertThat(all).containsAll(snapshots(RAW));
        // The three records, the empty commit that created the branch, and its head.
        assertThat(snapshots(RAW)).hasSize(5).contains(third, head.snapshotId());
        assertThat(keys(RAW, third)).containsExactlyInAnyOrder("A", "A", "B");
        assertThat(keys(RAW, head.snapshotId())).containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void deletionVectorIsNoOrphan() throws IOException {
        load("A", "B");
        load("A");
        for (Path file : files(RAW, "")) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        assertThat(files(RAW, ".puffin")).hasSize(1);

        assertThat(maintenance.moveOrphans(RAW, Instant.now().minus(Duration.ofDays(1)), LocalDate.of(2026, 11, 1)))
                .isZero();
        assertThat(files(RAW, ".puffin")).hasSize(1);
    }

    @Test
    void oldFileThatNoSnapshotRefersToIsMovedAsideAndNoOtherAndDeletedAfterItsDays() throws IOException {
        long kept = overwrite("A");
        long current = overwrite("B");
        Path data = Path.of(catalog.load(SPELL).location().replaceFirst("^file:/+", "/"))
                .resolve("data");
        Path orphan =
                Files.writeString(Files.createDirectories(data.resolve("month")).resolve("killed.parquet"), "x");
        Path young = Files.writeString(data.resolve("month").resolve("written-now.parquet"), "x");
        for (Path file : dataFiles(SPELL)) {
            if (!file.equals(young)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
            }
        }

        LocalDate day = LocalDate.of(2026, 11, 1);
        assertThat(maintenance.moveOrphans(SPELL, Instant.now().minus(Duration.ofDays(1)), day))
                .isEqualTo(1);

        Path aside = folder.resolve("orphans/2026-11-01/core/spell/data/month/killed.parquet");
        assertThat(orphan).doesNotExist();
        assertThat(aside).hasContent("x");
        assertThat(young).exists();
        assertThat(keys(SPELL, kept)).containsExactly("A");
        assertThat(keys(SPELL, current)).containsExactly("B");

        assertThat(maintenance.deleteMoved(day)).isZero();
        assertThat(aside).exists();
        assertThat(maintenance.deleteMoved(day.plusDays(1))).isEqualTo(1);
        assertThat(folder.resolve("orphans/2026-11-01")).doesNotExist();
    }

    /** Left by a load whose process was killed or whose commit failed before the catalog was updated. */
    @Test
    void oldMetadataThatNothingNamesIsMovedAsideAndNoOther() throws IOException {
        load("A", "B");
        load("A");
        Path metadata = folder.resolve("data/raw/devices/metadata");
        List<Path> named = entries(metadata);
        List<String> left = List.of(
                ".00009-0a1b.metadata.json.crc", "00009-0a1b.metadata.json", "0a1b-m0.avro", "snap-1-1-0a1b.avro");
        for (String name : left) {
            Files.writeString(metadata.resolve(name), "x");
        }
        for (Path file : entries(metadata)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }

        assertThat(maintenance.moveOrphans(RAW, Instant.now().minus(Duration.ofDays(1)), LocalDate.of(2026, 11, 1)))
                .isEqualTo(left.size());

        assertThat(entries(metadata)).isEqualTo(named);
        assertThat(entries(folder.resolve("orphans/2026-11-01/raw/devices/metadata")))
                .extracting(file -> file.getFileName().toString())
                .isEqualTo(left);
    }

    @Test
    void tenEarlierVersionsOfMetadataStayAlsoOfATableThatKeptMore() throws IOException {
        Path metadata = folder.resolve("data/raw/devices/metadata");
        load("A");
        for (int change = 0; change < 15; change++) {
            describe(catalog.load(RAW), "comment", "change " + change);
        }
        assertThat(versions(metadata)).isEqualTo(11);

        describe(catalog.load(RAW), "write.metadata.previous-versions-max", "50");
        for (int change = 0; change < 15; change++) {
            describe(catalog.load(RAW), "comment", "another " + change);
        }
        assertThat(versions(metadata)).isEqualTo(27);
        maintenance.expireCurrent("devices", Instant.EPOCH);
        assertThat(versions(metadata)).isEqualTo(11);

        List<Path> before = entries(metadata);
        maintenance.expireCurrent("devices", Instant.EPOCH);
        assertThat(entries(metadata)).as("once only").isEqualTo(before);
        assertThat(keys(RAW, catalog.load(RAW).currentSnapshot().snapshotId())).containsExactly("A");
    }

    private static void describe(Table table, String property, String value) {
        table.updateProperties().set(property, value).commit();
    }

    private static long versions(Path metadata) throws IOException {
        return entries(metadata).stream()
                .filter(file -> file.toString().endsWith(".metadata.json"))
                .count();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void filesOfATableOutsideTheWarehousesOwnFolderOfDataAreNotTouched() throws Exception {
        load("A");
        Path foreign = Files.writeString(folder.resolve("data/raw/devices/data/of-another.parquet"), "x");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        catalog.close();
        // As in a copied warehouse, where the paths of the table lead to the original.
        Path copy = folder.resolve("copy");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), copy);
        maintenance = new TableMaintenance(catalog, HELD);

        assertThatThrownBy(() -> maintenance.moveOrphans(
                        "raw.devices", Instant.now().minus(Duration.ofDays(1)), LocalDate.of(2026, 11, 1)))
                .hasMessage("raw.devices: its files are in " + folder.resolve("data/raw/devices")
                        + ", but this warehouse keeps its own in " + copy.resolve("data")
                        + "; it was left unchanged");
        assertThat(foreign).exists();
    }

    @Test
    void folderOfATableThatTheCatalogDoesNotKnowIsNamedAndStays() throws IOException {
        load("A");
        Path unknown = Files.createDirectories(folder.resolve("data/raw/of_another/data"));
        assertThat(maintenance.unknownTables()).isEmpty();
        Path file = Files.writeString(unknown.resolve("a.parquet"), "x");
        assertThat(maintenance.unknownTables())
                .containsExactly(folder.resolve("data/raw/of_another").toString());
        assertThat(file).exists();
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofMinutes(1));
    }

    /** Appends rows as a load named after the first key; returns the snapshot. */
    private long load(String... keys) {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        LoadMetadata metadata = new LoadMetadata(
                "load-" + keys[0],
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                Instant.EPOCH,
                "devices.csv",
                "d".repeat(64),
                null,
                null);
        try (RawAppend append = raw.append(metadata)) {
            Replacing replacing = new Replacing(append);
            for (String key : keys) {
                replacing.add(new RowVersion(key, key, "0".repeat(32), 2L, null, List.of(key)));
            }
            Replacing.commit(append, new LoadCounts(keys.length, keys.length, 0, 0, 0, 0), null);
        }
        return catalog.load(RAW).currentSnapshot().snapshotId();
    }

    /** Overwrites a table of core with a single row; returns the snapshot. */
    private long overwrite(String key) {
        Table found = catalog.find(SPELL);
        Table table =
                found == null ? catalog.create(SPELL, new Schema(KEY), PartitionSpec.unpartitioned(), Map.of()) : found;
        RollingDataWriter<Record> writer = new RollingDataWriter<>(
                new GenericFileWriterFactory.Builder(table)
                        .dataFileFormat(FileFormat.PARQUET)
                        .dataSchema(table.schema())
                        .build(),
                OutputFileFactory.builderFor(table, 0, 0)
                        .format(FileFormat.PARQUET)
                        .operationId(key)
                        .build(),
                table.io(),
                Long.MAX_VALUE,
                table.spec(),
                null);
        Record row = GenericRecord.create(table.schema());
        row.setField("_key", key);
        try (writer) {
            writer.write(row);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        writer.result().dataFiles().forEach(overwrite::addFile);
        overwrite.commit();
        return table.currentSnapshot().snapshotId();
    }

    private List<Long> snapshots(String table) {
        List<Long> ids = new ArrayList<>();
        for (Snapshot snapshot : catalog.load(table).snapshots()) {
            ids.add(snapshot.snapshotId());
        }
        return ids;
    }

    private List<String> keys(String table, long snapshot) {
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(catalog.load(table)).useSnapshot(snapshot).build()) {
            List<String> keys = new ArrayList<>();
            rows.forEach(row -> keys.add(String.valueOf(row.getField("_key"))));
            return keys;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<Path> dataFiles(String table) throws IOException {
        return files(table, ".parquet");
    }

    private List<Path> files(String table, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/" + table.replace('.', '/') + "/data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        }
    }
}
