package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.load.LoadTesting.add;
import static uk.fpw.warehouse.load.LoadTesting.feed;
import static uk.fpw.warehouse.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.identity.IdentityCheck;
import uk.fpw.warehouse.identity.Relocation;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.maintenance.TableMaintenance;
import uk.fpw.warehouse.recovery.LoadRecovery;
import uk.fpw.warehouse.recovery.LoadWithdrawals;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * The upgrade of a warehouse whose current rows are in a table of their own, as the version before branches left it:
 * {@code raw} by month in Iceberg's format 2.
 */
class CurrentUpgradeIT {

    private static final LockGuard HELD = () -> {};
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC);
    private static final LocalDate APRIL_29 = LocalDate.of(2024, 4, 29);

    /**
     * A changed twice, B deleted and there again, C deleted by a load that was withdrawn, D deleted, E changed by the
     * load that the old table of current rows lacks.
     */
    private static final List<String> CURRENT =
            List.of("A 2 load-2 5", "B 4 load-4 11", "C 1 load-1 3", "E 5 load-5 13", "G 5 load-5 14");

    @TempDir
    Path folder;

    private Path warehouse;
    private final Feed feed = feed();
    private TestDatabase database;
    private WarehouseCatalog catalog;
    private long lastRow;

    /** The database of the warehouse in that folder. */
    TestDatabase database(Path warehouse) {
        return TestDatabase.embedded(warehouse);
    }

    @BeforeEach
    void oldWarehouse() throws Exception {
        folder = folder.toRealPath();
        warehouse = folder.resolve("first/kent");
        database = database(warehouse);
        for (String migration : List.of(
                "V0001__create_iceberg_catalog",
                "V0002__create_ops",
                "V0007__add_watermark",
                "V0011__release_without_a_feed",
                "V0015__withdraw",
                "V0016__count_empty_and_held_keys",
                "V0030__count_repeated_rows",
                "V0017__add_reconcile")) {
            database.migrate(migration);
        }
        open();
        Schema columns = FeedTables.schema(feed);
        Schema old = new Schema(columns.columns().subList(0, columns.columns().size() - 1));
        Table raw = catalog.create(
                "raw.devices",
                old,
                PartitionSpec.builderFor(old).month("_known_on").build(),
                Map.of());
        ((SupportsNamespaces) catalog.iceberg()).createNamespace(Namespace.of("current"));
        catalog.create(
                "current.devices",
                old,
                PartitionSpec.builderFor(old).bucket("_key", 4).build(),
                Map.of());
        append(raw, 1, row("A", 1), row("B", 1), row("C", 1), row("D", 1));
        append(raw, 2, row("A", 2), RowVersion.deleted("B", "B"), row("E", 2));
        append(raw, 3, row("A", 3), RowVersion.deleted("C", "C"), row("F", 3));
        withdraw(raw, "load-3", "load-2");
        append(raw, 4, row("B", 4), RowVersion.deleted("D", "D"));
        append(raw, 5, row("E", 5), row("G", 5));
    }

    @AfterEach
    void close() {
        if (catalog != null) { // no Docker, nothing was opened
            catalog.close();
        }
    }

    @Test
    void tableIsUpgradedInPlaceAndNoRowIsWritten() throws Exception {
        List<String> raw = rows("raw.devices");
        Snapshot head = FeedBranch.head(catalog, "raw.devices");

        RawTable upgraded = RawTable.open(catalog, feed, HELD);

        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        assertThat(rows("raw.devices")).isEqualTo(raw).hasSize(14);
        assertThat(FeedBranch.head(catalog, "raw.devices")).isEqualTo(head);
        Table table = catalog.load("raw.devices");
        assertThat(((HasTableOperations) table).operations().current().formatVersion())
                .isEqualTo(3);
        assertThat(table.spec().isUnpartitioned()).isTrue();
        assertThat(table.properties()).containsAllEntriesOf(FeedTables.PROPERTIES);
        assertThat(upgraded.loads()).extracting(Load::loadId).containsExactly("load-1", "load-2", "load-4", "load-5");
        assertThat(FeedBranch.snapshots(catalog, "current.devices"))
                .extracting(snapshot -> snapshot.summary().get("fpw.applied-load-id"))
                .containsExactly("load-5");
        RawTable.open(catalog, feed, HELD);
        assertThat(FeedBranch.snapshots(catalog, "current.devices")).hasSize(1);
    }

    @Test
    void nightsGoOnFromThere() throws Exception {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        load(raw, 6, row("A", 6), row("B", 6), RowVersion.deleted("C", "C"), row("H", 6));
        assertThat(rows("current.devices"))
                .containsExactly("A 6 load-6 15", "B 6 load-6 16", "E 5 load-5 13", "G 5 load-5 14", "H 6 load-6 18");

        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        new LoadRecovery(ledger).recover(raw);
        LoadWithdrawals withdrawals = new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK);
        withdrawals.withdraw("load-6", "wrong file", "fpw");
        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        withdrawals.withdraw("load-5", "wrong file", "fpw");
        assertThat(rows("current.devices"))
                .containsExactly("A 2 load-2 5", "B 4 load-4 11", "C 1 load-1 3", "E 2 load-2 7");

        TableMaintenance maintenance = new TableMaintenance(catalog, HELD);
        assertThat(maintenance.dropCurrentTables(APRIL_29)).isEqualTo(1);
        maintenance.expireRaw("devices", load -> true, Instant.now().plusSeconds(60));
        maintenance.expireCurrent("devices", Instant.now().plusSeconds(60));
        load(raw, 7, row("A", 7));
        CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
        assertThat(rows("current.devices"))
                .containsExactly("A 7 load-7 19", "B 4 load-4 11", "C 1 load-1 3", "E 2 load-2 7");
        assertThat(catalog.tables("current")).isEmpty();
    }

    @Test
    void loadThatAnEarlierVersionAppendedToMainAloneIsCorrected() throws Exception {
        RawTable.open(catalog, feed, HELD);
        append(catalog.load("raw.devices"), 6, row("A", 6), RowVersion.deleted("B", "B"));
        assertThat(rows("current.devices")).isEqualTo(CURRENT);

        RawTable.open(catalog, feed, HELD);
        assertThat(rows("current.devices"))
                .containsExactly("A 6 load-6 15", "C 1 load-1 3", "E 5 load-5 13", "G 5 load-5 14");
    }

    /** The lock is asked for before the rows are looked at and before the commit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void upgradeThatWasKilledIsMadeByTheNext(int step) throws Exception {
        List<String> raw = rows("raw.devices");
        int[] asked = {0};
        LockGuard killed = () -> {
            if (++asked[0] == step) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> RawTable.open(catalog, feed, killed)).hasMessage("killed");
        assertThat(catalog.load("raw.devices").refs()).containsOnlyKeys("main");
        assertThat(rows("raw.devices")).isEqualTo(raw);

        new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK).recoverAll();
        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        assertThat(rows("raw.devices")).isEqualTo(raw);
    }

    @Test
    void tableThatWasNeverLoadedIsUpgradedToo() {
        Schema old = FeedTables.schema(feed);
        catalog.iceberg().dropTable(TableIdentifier.parse("raw.devices"), false);
        catalog.create(
                "raw.devices",
                old,
                PartitionSpec.builderFor(old).month("_known_on").build(),
                Map.of());

        RawTable raw = RawTable.open(catalog, feed, HELD);
        assertThat(rows("current.devices")).isEmpty();
        lastRow = 0;
        load(raw, 6, row("A", 6));
        assertThat(rows("current.devices")).containsExactly("A 6 load-6 1");
        assertThat(rows("raw.devices")).containsExactly("A 6 load-6 1");
    }

    /** The snapshots from before the upgrade have no row ids, in whatever format the table is now. */
    @Test
    void upgradedWarehouseIsRelocatedAgainAndAgain() throws Exception {
        RawTable.open(catalog, feed, HELD);
        List<String> raw = rows("raw.devices");
        try {
            database.execute("create role fpw_analyst");
        } catch (SQLException isThere) {
            // Roles of PostgreSQL belong to its server.
        }
        database.migrate("V0014__create_warehouse_identity");
        Path forceFolder = Files.createDirectories(folder.resolve("forces/kent"));
        new IdentityCheck(database::open, database.url(), warehouse, "kent", forceFolder)
                .establish(true, CLOCK.instant());

        relocate("second", forceFolder);

        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        assertThat(rows("raw.devices")).isEqualTo(raw);
        assertThat(RawTable.open(catalog, feed, HELD).loads())
                .extracting(Load::loadId)
                .containsExactly("load-1", "load-2", "load-4", "load-5");
        List<String> after =
                List.of("A 6 load-6 15", "B 4 load-4 11", "E 5 load-5 13", "G 5 load-5 14", "H 6 load-6 17");
        load(RawTable.open(catalog, feed, HELD), 6, row("A", 6), RowVersion.deleted("C", "C"), row("H", 6));
        assertThat(rows("current.devices")).isEqualTo(after);

        relocate("third", forceFolder);

        assertThat(rows("current.devices")).isEqualTo(after);
        assertThat(rows("raw.devices")).hasSize(17).containsAll(raw);
        for (Snapshot snapshot : catalog.load("raw.devices").snapshots()) {
            assertThat(rowCount(snapshot)).isEqualTo(snapshot.summary().get("total-records"));
        }
        new LoadRecovery(new LoadLedger(database.dataSource(), CLOCK)).recover(RawTable.open(catalog, feed, HELD));
        new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK).withdraw("load-6", "wrong file", "fpw");
        assertThat(rows("current.devices")).isEqualTo(CURRENT);
    }

    private void relocate(String place, Path forceFolder) throws Exception {
        catalog.close();
        Path target = folder.resolve(place).resolve("kent");
        Files.createDirectories(target.getParent());
        Files.move(warehouse, target);
        warehouse = target;
        database = database.isPostgres() ? database : database(target);
        new Relocation(database::open, database.url(), target, "kent", forceFolder, HELD).run(true, CLOCK.instant());
        open();
    }

    private void open() {
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), warehouse);
    }

    /** Rows in the data files of a snapshot, whether a deletion vector marks them or not. */
    private String rowCount(Snapshot snapshot) throws IOException {
        long count = 0;
        Table table = catalog.load("raw.devices");
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
            for (FileScanTask file : files) {
                count += file.file().recordCount();
            }
        }
        return Long.toString(count);
    }

    /** As the version before wrote a load. */
    private void append(Table raw, int night, RowVersion... versions) throws IOException {
        LoadMetadata metadata = metadata(night);
        Map<PartitionKey, RollingDataWriter<Record>> writers = new LinkedHashMap<>();
        PartitionKey partition = new PartitionKey(raw.spec(), raw.schema());
        InternalRecordWrapper wrapper = new InternalRecordWrapper(raw.schema().asStruct());
        OutputFileFactory files = OutputFileFactory.builderFor(raw, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(metadata.loadId())
                .build();
        for (RowVersion version : versions) {
            Record row = GenericRecord.create(raw.schema());
            for (int index = 0; index < version.values().size(); index++) {
                row.set(index, version.values().get(index));
            }
            row.setField("_key", version.key());
            row.setField("_item", version.item());
            row.setField("_row_hash", version.rowHash());
            row.setField("_op", version.isDeleted() ? "delete" : "upsert");
            row.setField("_seq", ++lastRow);
            row.setField("_load_id", metadata.loadId());
            row.setField("_known_on", metadata.businessDate());
            row.setField("_loaded_at", OffsetDateTime.ofInstant(metadata.loadedAt(), ZoneOffset.UTC));
            partition.partition(wrapper.wrap(row));
            writers.computeIfAbsent(
                            partition.copy(),
                            own -> new RollingDataWriter<>(
                                    new GenericFileWriterFactory.Builder(raw)
                                            .dataFileFormat(FileFormat.PARQUET)
                                            .dataSchema(raw.schema())
                                            .build(),
                                    files,
                                    raw.io(),
                                    Long.MAX_VALUE,
                                    raw.spec(),
                                    own))
                    .write(row);
        }
        AppendFiles append = raw.newAppend();
        for (RollingDataWriter<Record> writer : writers.values()) {
            writer.close();
            writer.result().dataFiles().forEach(append::appendFile);
        }
        Map<String, String> summary =
                Load.summary("devices", metadata, counts(versions), null, HeldKeys.none(), null, null, lastRow);
        Withdrawal.carry(RawTable.withdrawn(raw), summary);
        summary.forEach(append::set);
        append.commit();
    }

    private void withdraw(Table raw, String loadId, String restored) {
        AppendFiles nothing = raw.newFastAppend();
        Withdrawal.summary(
                        recorded(raw, loadId),
                        recorded(raw, restored),
                        "wrong file",
                        "fpw",
                        CLOCK.instant(),
                        List.of(loadId),
                        lastRow)
                .forEach(nothing::set);
        nothing.commit();
    }

    private static Withdrawal.Recorded recorded(Table raw, String loadId) {
        Snapshot found = null;
        for (Snapshot snapshot : raw.snapshots()) {
            if (loadId.equals(snapshot.summary().get(Load.LOAD_ID))) {
                found = snapshot;
            }
        }
        return Withdrawal.Recorded.of(Objects.requireNonNull(found));
    }

    private static void load(RawTable raw, int night, RowVersion... versions) {
        try (RawAppend append = raw.append(metadata(night))) {
            add(append, versions);
            Replacing.commit(append, counts(versions), null);
        }
    }

    private static LoadMetadata metadata(int night) {
        LocalDate date = APRIL_29.plusDays(night);
        return new LoadMetadata("load-" + night, date, date, CLOCK.instant(), "devices.csv", "d".repeat(64), null);
    }

    private static LoadCounts counts(RowVersion... versions) {
        long deleted = Stream.of(versions).filter(RowVersion::isDeleted).count();
        return new LoadCounts(versions.length - deleted, versions.length - deleted, 0, 0, deleted, 0);
    }

    private List<String> rows(String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("n") + " " + row.getField("_load_id") + " "
                        + row.getField("_seq"))
                .sorted()
                .toList();
    }
}
