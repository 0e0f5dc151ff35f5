package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.load.LoadTesting.add;
import static uk.fpw.warehouse.load.LoadTesting.column;
import static uk.fpw.warehouse.load.LoadTesting.feed;
import static uk.fpw.warehouse.load.LoadTesting.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.recovery.LoadRecovery;
import uk.fpw.warehouse.recovery.LoadWithdrawals;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

class LoadIT {

    private static final LockGuard HELD = () -> {};
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC);
    private static final RunId RUN = RunId.of("2024-05-01-20240502T040000-0a1b");

    @TempDir
    Path folder;

    private TestDatabase database;
    private final Feed feed = feed();
    private WarehouseCatalog catalog;

    TestDatabase database() {
        return TestDatabase.embedded(folder);
    }

    @BeforeEach
    void open() throws Exception {
        database = database();
        database.migrate("V0001__create_iceberg_catalog");
        database.migrate("V0002__create_ops");
        database.migrate("V0007__add_watermark");
        database.migrate("V0011__release_without_a_feed");
        database.migrate("V0015__withdraw");
        database.migrate("V0016__count_empty_and_held_keys");
        database.migrate("V0030__count_repeated_rows");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
    }

    @AfterEach
    void close() {
        if (catalog != null) { // no Docker, nothing was opened
            catalog.close();
        }
    }

    @Test
    void loadMovesBothBranchesAtOnce() {
        load("load-1", row("A", 1), row("B", 1));
        load("load-2", row("A", 2), row("C", 2), RowVersion.deleted("B", "B"));
        load("load-3", row("C", 3), row("B", 3));

        assertThat(rows("current.devices", "_key", "n", "_load_id", "_seq"))
                .containsExactly("A 2 load-2 3", "B 3 load-3 7", "C 3 load-3 6");
        assertThat(rows("raw.devices", "_key", "_op", "_load_id", "_seq"))
                .containsExactly(
                        "A upsert load-1 1",
                        "A upsert load-2 3",
                        "B delete load-2 5",
                        "B upsert load-1 2",
                        "B upsert load-3 7",
                        "C upsert load-2 4",
                        "C upsert load-3 6");
        assertThat(FeedBranch.snapshots(catalog, "current.devices"))
                .extracting(snapshot -> snapshot.summary().get("fpw.applied-load-id"))
                .containsExactly("load-1", "load-2", "load-3");
        assertThat(FeedBranch.snapshots(catalog, "raw.devices"))
                .extracting(snapshot -> snapshot.summary().get("fpw.load-id"))
                .containsExactly("load-1", "load-2", "load-3");
    }

    /**
     * Of five files of loads: the two of which every row is superseded are current's no longer, and no row was written
     * twice.
     */
    @Test
    void branchesShareTheirFiles() throws IOException {
        load("load-1", row("A", 1), row("B", 1));
        load("load-2", row("C", 2));
        load("load-3", row("A", 3), RowVersion.deleted("C", "C"));
        load("load-4", row("B", 4));

        Table table = catalog.load("raw.devices");
        assertThat(files(table, "current")).hasSize(2).isSubsetOf(files(table, "main"));
        assertThat(files(table, "main")).hasSize(5);
        assertThat(dataFiles()).isEqualTo(5);
    }

    @Test
    void opsIsRebuiltFromRaw() throws Exception {
        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        load("load-1", row("A", 1)); // killed before its row in ops was completed
        ledger.begin("load-1", RUN, "devices", LocalDate.of(2024, 5, 1), LocalDate.of(2024, 5, 1), "devices.csv");
        load("load-2", row("A", 2)); // ops was lost altogether
        ledger.begin(
                "load-3",
                RUN,
                "devices",
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                "devices.csv"); // killed before raw
        ledger.begin("load-4", RUN, "others", LocalDate.of(2024, 5, 1), LocalDate.of(2024, 5, 1), "others.csv");

        RawTable raw = RawTable.open(catalog, feed, HELD);
        assertThat(new LoadRecovery(ledger).recover(raw)).isEqualTo(3);
        assertThat(new LoadRecovery(ledger).recover(raw)).isZero();
        assertThat(database.query("select load_id, status, run_id, received_count, loaded_count, raw_snapshot_id is "
                        + "not null, message from ops.feed_load order by load_id"))
                .containsExactly(
                        "load-1 | loaded | " + RUN + " | 1 | 1 | true | null",
                        "load-2 | loaded | null | 1 | 1 | true | null",
                        "load-3 | failed | " + RUN + " | null | null | false | the process ended before "
                                + "the load was complete; nothing was loaded",
                        "load-4 | running | " + RUN + " | null | null | false | null");
        assertThat(ledger.completeTo(LocalDate.of(2024, 5, 1))).isEqualTo(Map.of("devices", LocalDate.of(2024, 5, 1)));
        assertThat(ledger.completeTo(LocalDate.of(2024, 4, 30))).isEmpty();
        assertThat(ledger.sourceDates("others")).isEqualTo(Map.of(LocalDate.of(2024, 5, 1), false));
    }

    @Test
    void withdrawnLoadIsMarkedWithTheReleasesThatWereMadeWithIt() throws Exception {
        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        load("load-1", row("A", 1));
        load("load-2", row("A", 2));
        new LoadRecovery(ledger).recover(RawTable.open(catalog, feed, HELD));
        release("2024-05-01.1", "2024-06-01 00:59:00");
        release("2024-05-01.2", "2024-06-01 02:00:00");
        release("2024-05-01.3", "2024-06-01 03:00:00");

        LoadWithdrawals withdrawals = new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK);
        assertThat(withdrawals.withdraw("load-2", "wrong file", "fpw").releases())
                .containsExactly(ReleaseId.of("2024-05-01.3"), ReleaseId.of("2024-05-01.2"));
        assertThat(database.query(
                        "select load_id, status, withdrawn_by, withdrawn_reason from ops.feed_load order by load_id"))
                .containsExactly("load-1 | loaded | null | null", "load-2 | withdrawn | fpw | wrong file");
        assertThat(database.query("select release_id, load_id from ops.release_withdrawn_load order by release_id"))
                .containsExactly("2024-05-01.2 | load-2", "2024-05-01.3 | load-2");
        assertThat(rows("current.devices", "_key", "n")).containsExactly("A 1");
    }

    @Test
    void withdrawnLoadThatChangedNothingMarksNoRelease() throws Exception {
        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        LocalDate date = LocalDate.of(2024, 5, 1);
        ledger.begin("load-1", RUN, "devices", date, date, "devices.csv");
        ledger.loaded("load-1", "d".repeat(64), new LoadCounts(1, 0, 1, 0, 0, 0), null, null, null);
        release("2024-05-01.1", "2024-06-01 02:00:00");

        assertThat(new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK)
                        .withdraw("load-1", "wrong date", "fpw")
                        .releases())
                .isEmpty();
        assertThat(database.query("select load_id, status, withdrawn_reason from ops.feed_load"))
                .containsExactly("load-1 | withdrawn | wrong date");
        assertThat(database.query("select release_id from ops.release_withdrawn_load"))
                .isEmpty();
    }

    @Test
    void commitThatThrewButHappenedIsFound() {
        Table table = load("load-1", row("A", 1));
        Transaction transaction = table.newTransaction();
        transaction.newFastAppend().set("fpw.test", "x").commit();
        Transaction interrupted = (Transaction) Proxy.newProxyInstance(
                Transaction.class.getClassLoader(), new Class<?>[] {Transaction.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(transaction, arguments);
                        if (method.getName().equals("commitTransaction")) {
                            throw new IllegalStateException("the connection broke before the answer came");
                        }
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        assertThat(VerifiedCommit.commit(table, interrupted, HELD, "fpw.test", "x")
                        .summary())
                .containsEntry("fpw.test", "x");
    }

    @Test
    void processThatLostItsLockCommitsNothing() throws IOException {
        load("load-1", row("A", 1), row("B", 1));
        RawTable raw = RawTable.open(catalog, feed, () -> {
            throw new FpwException(ExitCode.LOCK_HELD, "taken");
        });
        int before = dataFiles();
        try (RawAppend append = raw.append(metadata("load-2"))) {
            add(append, row("A", 2), RowVersion.deleted("B", "B"));
            assertThatThrownBy(() -> Replacing.commit(append, new LoadCounts(1, 1, 0, 0, 0, 0), null))
                    .hasMessage("taken");
        }
        assertThat(raw.loads()).extracting(Load::loadId).containsExactly("load-1");
        assertThat(rows("current.devices", "_key", "n")).containsExactly("A 1", "B 1");
        assertThat(dataFiles()).isEqualTo(before);
    }

    @Test
    void currentIsRewrittenWhenMoreThanAThirdOfItsRowsAreDead() throws IOException {
        RowVersion[] versions = new RowVersion[12];
        for (int index = 0; index < versions.length; index++) {
            versions[index] = row("K" + (10 + index), 1);
        }
        load("load-1", versions);
        load("load-2", row("K10", 2), row("K11", 2), row("K12", 2), row("K13", 2), row("K14", 2), row("K15", 2));
        CurrentTable current = CurrentTable.open(catalog, feed, HELD);
        current.compactIfNeeded(); // six of eighteen are not more than a third
        assertThat(FeedBranch.snapshots(catalog, "current.devices")).hasSize(2);
        Set<String> main = files(catalog.load("raw.devices"), "main");

        load("load-3", row("K16", 3));
        current.compactIfNeeded(); // seven of nineteen
        current.compactIfNeeded();

        assertThat(FeedBranch.snapshots(catalog, "current.devices"))
                .hasSize(4)
                .last()
                .satisfies(compacted -> assertThat(compacted.summary())
                        .containsEntry("fpw.applied-load-id", "load-3")
                        .containsEntry("total-records", "12")
                        .containsEntry("total-position-deletes", "0")
                        .doesNotContainKey("fpw.load-id"));
        assertThat(rows("current.devices", "n")).hasSize(12).containsOnly("1", "2", "3");
        assertThat(rows("raw.devices", "n")).hasSize(19);
        Table table = catalog.load("raw.devices");
        assertThat(files(table, "main")).containsAll(main).hasSize(3);
        assertThat(files(table, "current")).hasSize(1).doesNotContainAnyElementsOf(files(table, "main"));
    }

    @Test
    void currentOfMoreThanAHundredFilesIsRewritten() throws IOException {
        for (int night = 1; night <= 101; night++) {
            load("load-" + night, row("K" + night, night));
            if (night == 100) {
                CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
                assertThat(files(catalog.load("raw.devices"), "current")).hasSize(100);
            }
        }
        CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
        assertThat(files(catalog.load("raw.devices"), "current")).hasSize(1);
        assertThat(rows("current.devices", "_key")).hasSize(101);
    }

    /** Row groups in which no key can be are passed over, and positions count on behind them. */
    @Test
    void rowsAreFoundInFilesOfManyRowGroups() {
        RawTable.open(catalog, feed, HELD);
        catalog.load("raw.devices")
                .updateProperties()
                .set("write.parquet.row-group-size-bytes", "1")
                .set("write.parquet.row-group-check-min-record-count", "2")
                .set("write.parquet.row-group-check-max-record-count", "2")
                .commit();
        RowVersion[] versions = new RowVersion[500];
        for (int index = 0; index < versions.length; index++) {
            versions[index] = row("K" + (1000 + index), 1);
        }
        load("load-1", versions);
        load("load-2", row("K1007", 2), row("K1250", 2), row("K1499", 2), RowVersion.deleted("K1300", "K1300"));

        assertThat(rows("current.devices", "_key")).hasSize(499).doesNotContain("K1300");
        assertThat(rows("current.devices", "n", "_key"))
                .filteredOn(row -> row.startsWith("2"))
                .containsExactly("2 K1007", "2 K1250", "2 K1499");
        assertThat(rows("raw.devices", "_key")).hasSize(504);
    }

    @Test
    void rowsAreCountedWithoutBeingRead() {
        load("load-1", row("K1", 1), row("K2", 1), row("K3", 1));
        load("load-2", row("K1", 2), RowVersion.deleted("K2", "K2"));
        assertThat(CurrentTable.open(catalog, feed, HELD).rowCount()).isEqualTo(2);
    }

    /** Its places would be those of other rows. */
    @Test
    void loadWhoseRowsWereReadFromAnOlderHeadChangesNothing() throws IOException {
        load("load-1", row("A", 1), row("B", 1));
        try (RawAppend append = RawTable.open(catalog, feed, HELD).append(metadata("load-3"))) {
            add(append, row("A", 3));
            load("load-2", row("A", 2));
            int before = dataFiles();
            assertThatThrownBy(() -> Replacing.commit(append, new LoadCounts(1, 1, 0, 0, 0, 0), null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("branch current was changed by another process since its rows were read");
            assertThat(dataFiles()).isEqualTo(before);
        }
        assertThat(rows("current.devices", "_key", "n")).containsExactly("A 2", "B 1");
    }

    @Test
    void newColumnIsAddedAndAChangedTypeRefused() {
        load("load-1", row("A", 1));
        Feed wider = feed(column("id", Feed.Type.TEXT), column("new", Feed.Type.DATE), column("n", Feed.Type.WHOLE));
        RawTable raw = RawTable.open(catalog, wider, HELD);
        CurrentTable current = CurrentTable.open(catalog, wider, HELD);
        try (RawAppend append = raw.append(metadata("load-2"))) {
            append.writer()
                    .add(
                            new RowVersion(
                                    "B", "B", "0".repeat(32), 2L, null, List.of("B", LocalDate.of(2024, 5, 2), 2L)),
                            1);
            // the head of current is older than the column
            assertThat(current.valueCounts(List.of("new", "n"), key -> true))
                    .containsEntry("new", new long[] {0, 0})
                    .containsEntry("n", new long[] {1, 1});
            Replacing.commit(append, new LoadCounts(1, 1, 0, 0, 0, 0), null);
        }
        assertThat(rows("current.devices", "_key", "new", "n")).containsExactly("A null 1", "B 2024-05-02 2");

        Feed changed = feed(column("id", Feed.Type.TEXT), column("n", Feed.Type.DECIMAL));
        assertThatThrownBy(() -> RawTable.open(catalog, changed, HELD))
                .isInstanceOf(FpwException.class)
                .hasMessage("feeds/devices.yml: columns: 'n' is declared decimal, which is stored as decimal(38, 9), "
                        + "but raw.devices already stores it as long; a column cannot change "
                        + "its type: use another name for the column of the new type");
    }

    private Table load(String loadId, RowVersion... versions) {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        long deleted = Stream.of(versions).filter(RowVersion::isDeleted).count();
        long loaded = versions.length - deleted;
        try (RawAppend append = raw.append(metadata(loadId))) {
            add(append, versions);
            Replacing.commit(append, new LoadCounts(loaded, loaded, 0, 0, deleted, 0), null);
        }
        return catalog.load("raw.devices");
    }

    private void release(String releaseId, String releasedAt) throws Exception {
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('"
                + releaseId + "', 'run', date '2024-05-01', timestamp with time zone '" + releasedAt
                + "+00', '1', 'f', 'd')");
    }

    private static LoadMetadata metadata(String loadId) {
        return new LoadMetadata(
                loadId,
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                CLOCK.instant(),
                "devices.csv",
                "d".repeat(64),
                null);
    }

    private List<String> rows(String table, String... columns) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> Stream.of(columns)
                        .map(column -> String.valueOf(row.getField(column)))
                        .collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    /** Locations of the data files of a branch. */
    private static Set<String> files(Table table, String branch) throws IOException {
        return RowPositions.files(table.newScan().useRef(branch)).stream()
                .map(file -> file.file().location())
                .collect(Collectors.toSet());
    }

    private int dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }
}
