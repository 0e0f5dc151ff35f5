package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;
import uk.fpw.warehouse.testing.TestDatabase;

class LoadIT {

    private static final LockGuard HELD = () -> {};
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private TestDatabase database;
    private final Feed feed = feed(column("id", Feed.Type.TEXT), column("n", Feed.Type.WHOLE));
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
    void whatACrashKeptFromCurrentIsMadeUpByTheNextRun() {
        load("load-1", row("A", 1), row("B", 1));
        RawTable raw = RawTable.open(catalog, feed, HELD);
        CurrentTable current = CurrentTable.open(catalog, feed, HELD);
        assertThat(current.applyPending(raw)).isEqualTo(1);
        // Two nights were killed between raw and current.
        load("load-2", row("A", 2), row("C", 2), RowVersion.deleted("B", "B"));
        load("load-3", row("C", 3), row("B", 3));

        assertThat(CurrentTable.open(catalog, feed, HELD).applyPending(RawTable.open(catalog, feed, HELD)))
                .isEqualTo(2);
        assertThat(rows("current.devices", "_key", "n", "_load_id", "_seq"))
                .containsExactly("A 2 load-2 3", "B 3 load-3 7", "C 3 load-3 6");
        Table table = catalog.load("current.devices");
        assertThat(table.currentSnapshot().summary()).containsEntry("fpw.applied-load-id", "load-3");
        assertThat(current.applyPending(raw)).isZero();
    }

    @Test
    void opsIsRebuiltFromRaw() throws Exception {
        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        load("load-1", row("A", 1)); // killed before its row in ops was completed
        ledger.begin("load-1", "run", "devices", LocalDate.of(2024, 5, 1), LocalDate.of(2024, 5, 1), "devices.csv");
        load("load-2", row("A", 2)); // ops was lost altogether
        ledger.begin(
                "load-3",
                "run",
                "devices",
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                "devices.csv"); // killed before raw
        ledger.begin("load-4", "run", "others", LocalDate.of(2024, 5, 1), LocalDate.of(2024, 5, 1), "others.csv");

        RawTable raw = RawTable.open(catalog, feed, HELD);
        assertThat(ledger.heal(raw)).isEqualTo(3);
        assertThat(ledger.heal(raw)).isZero();
        assertThat(
                        database.query(
                                "select load_id, status, run_id, received_count, loaded_count, raw_snapshot_id is not null, message from ops.feed_load order by load_id"))
                .containsExactly(
                        "load-1 | loaded | run | 1 | 1 | true | null",
                        "load-2 | loaded | null | 1 | 1 | true | null",
                        "load-3 | failed | run | null | null | false | the process ended before the load was complete; nothing of it was loaded",
                        "load-4 | running | run | null | null | false | null");
        assertThat(ledger.completeTo(LocalDate.of(2024, 5, 1))).isEqualTo(Map.of("devices", LocalDate.of(2024, 5, 1)));
        assertThat(ledger.completeTo(LocalDate.of(2024, 4, 30))).isEmpty();
        assertThat(ledger.sourceDates("others")).isEqualTo(Map.of(LocalDate.of(2024, 5, 1), false));
    }

    @Test
    void withdrawnLoadIsMarkedWithTheReleasesThatWereMadeWithIt() throws Exception {
        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        load("load-1", row("A", 1));
        load("load-2", row("A", 2));
        ledger.heal(RawTable.open(catalog, feed, HELD));
        CurrentTable.open(catalog, feed, HELD);
        release("2024-05-01.1", "2024-06-01 00:59:00");
        release("2024-05-01.2", "2024-06-01 02:00:00");
        release("2024-05-01.3", "2024-06-01 03:00:00");

        LoadWithdrawals withdrawals = new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK);
        assertThat(withdrawals.withdraw("load-2", "wrong file", "fpw").releases())
                .containsExactly("2024-05-01.3", "2024-05-01.2");
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
        ledger.begin("load-1", "run", "devices", date, date, "devices.csv");
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
        AppendFiles append = table.newAppend();
        AppendFiles interrupted = (AppendFiles) Proxy.newProxyInstance(
                AppendFiles.class.getClassLoader(), new Class<?>[] {AppendFiles.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(append, arguments);
                        if (method.getName().equals("commit")) {
                            throw new IllegalStateException("the connection broke before the answer came");
                        }
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        assertThat(Commits.commit(table, interrupted, HELD, "fpw.test", "x").summary())
                .containsEntry("fpw.test", "x");
    }

    @Test
    void processThatLostItsLockCommitsNothing() throws IOException {
        load("load-1", row("A", 1));
        RawTable raw = RawTable.open(catalog, feed, () -> {
            throw new NightFailure(ExitCode.LOCK_HELD, "taken");
        });
        int before = dataFiles();
        try (RawAppend append = raw.append(stamp("load-2"))) {
            append.add(row("A", 2));
            assertThatThrownBy(() -> append.commit(new LoadCounts(1, 1, 0, 0, 0, 0), null))
                    .hasMessage("taken");
        }
        assertThat(raw.loads()).extracting(Load::loadId).containsExactly("load-1");
        assertThat(dataFiles()).isEqualTo(before);
    }

    @Test
    void currentIsRewrittenWhenDeletionsHaveGathered() {
        RowVersion[] versions = new RowVersion[40];
        RawTable raw = RawTable.open(catalog, feed, HELD);
        CurrentTable current = CurrentTable.open(catalog, feed, HELD);
        List<String> deleteFiles = new ArrayList<>();
        for (int night = 1; night <= 13; night++) {
            for (int index = 0; index < versions.length; index++) {
                versions[index] = row("K" + (10 + index), night);
            }
            load("load-" + night, versions);
            current.applyPending(raw);
            deleteFiles.add(
                    catalog.load("current.devices").currentSnapshot().summary().get("total-delete-files"));
        }
        // The first night has nothing to delete; afterwards one file for each of the four buckets.
        assertThat(deleteFiles)
                .containsExactly("0", "4", "8", "12", "16", "20", "24", "28", "32", "36", "40", "0", "4");
        assertThat(rows("current.devices", "n")).hasSize(40).containsOnly("13");
        assertThat(catalog.load("current.devices").currentSnapshot().summary())
                .containsEntry("fpw.applied-load-id", "load-13");
    }

    @Test
    void loadWhoseKeysDoNotFitTheHeapIsAppliedOnceTheyDo() {
        RowVersion[] versions = new RowVersion[700];
        for (int index = 0; index < versions.length; index++) {
            versions[index] = row("K" + index, 1);
        }
        load("load-1", versions); // committed to raw, and killed before current
        RawTable raw = RawTable.open(catalog, feed, HELD);
        CurrentTable small =
                CurrentTable.open(catalog, feed, HELD, new IndexMemory("devices", new IndexMemory.Limit(100_000)));
        assertThatThrownBy(() -> small.applyPending(raw))
                .isInstanceOfSatisfying(NightFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith("feed devices: an index of 700 keys needs 1 MB")
                .hasMessageEndingWith("set FPW_JAVA_OPTS=-Xmx512m");
        assertThat(catalog.load("current.devices").currentSnapshot()).isNull();

        assertThat(CurrentTable.open(catalog, feed, HELD).applyPending(raw)).isEqualTo(1);
        assertThat(rows("current.devices", "n")).hasSize(700);
        // Rows are counted without being read: 700, of which 1 was changed and 1 deleted.
        load("load-2", row("K1", 2), RowVersion.deleted("K2", "K2"));
        CurrentTable.open(catalog, feed, HELD).applyPending(raw);
        assertThatThrownBy(small::index).hasMessageStartingWith("feed devices: an index of 699 keys needs");
    }

    @Test
    void newColumnIsAddedAndAChangedTypeRefused() {
        load("load-1", row("A", 1));
        Feed wider = feed(column("id", Feed.Type.TEXT), column("new", Feed.Type.DATE), column("n", Feed.Type.WHOLE));
        RawTable raw = RawTable.open(catalog, wider, HELD);
        CurrentTable current = CurrentTable.open(catalog, wider, HELD);
        try (RawAppend append = raw.append(stamp("load-2"))) {
            append.add(new RowVersion("B", "B", "0".repeat(32), 2L, null, List.of("B", LocalDate.of(2024, 5, 2), 2L)));
            append.commit(new LoadCounts(1, 1, 0, 0, 0, 0), null);
        }
        current.applyPending(raw);
        assertThat(rows("current.devices", "_key", "new", "n")).containsExactly("A null 1", "B 2024-05-02 2");

        Feed changed = feed(column("id", Feed.Type.TEXT), column("n", Feed.Type.DECIMAL));
        assertThatThrownBy(() -> RawTable.open(catalog, changed, HELD))
                .isInstanceOf(NightFailure.class)
                .hasMessage(
                        "feeds/devices.yml: columns: 'n' is declared decimal, which is stored as decimal(38, 9), but raw.devices already holds it as long; a column cannot change its type: give the column of the new type another name");
    }

    private Table load(String loadId, RowVersion... versions) {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        long deleted = Stream.of(versions).filter(RowVersion::isDeleted).count();
        long loaded = versions.length - deleted;
        try (RawAppend append = raw.append(stamp(loadId))) {
            for (RowVersion version : versions) {
                append.add(version);
            }
            append.commit(new LoadCounts(loaded, loaded, 0, 0, deleted, 0), null);
        }
        return catalog.load("raw.devices");
    }

    private void release(String releaseId, String releasedAt) throws Exception {
        database.execute(
                "insert into ops.release (release_id, run_id, business_date, released_at, software_version, force_digest, digest) values ('"
                        + releaseId + "', 'run', date '2024-05-01', timestamp with time zone '" + releasedAt
                        + "+00', '1', 'f', 'd')");
    }

    private static LoadStamp stamp(String loadId) {
        return new LoadStamp(
                loadId,
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                CLOCK.instant(),
                "devices.csv",
                "d".repeat(64),
                null);
    }

    private static RowVersion row(String key, long number) {
        return new RowVersion(key, key, "%032x".formatted(number), 2L, null, List.of(key, number));
    }

    private static Feed.Column column(String name, Feed.Type type) {
        return new Feed.Column(name, name, type, null, null, null, false, Feed.Privacy.NOT_PERSONAL, "Test.");
    }

    private static Feed feed(Feed.Column... columns) {
        return new Feed(
                "devices",
                "property",
                "Test.",
                "drop",
                new Feed.DroppedFile(
                        "devices.csv", new Feed.CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("")), Set.of()),
                List.of(columns),
                List.of("id"),
                "id",
                Feed.Extract.FULL,
                null,
                new Feed.Limits(0, 1, 1, 1));
    }

    private List<String> rows(String table, String... columns) {
        List<String> found = new ArrayList<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(catalog.load(table)).build()) {
            for (Record row : records) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(String.valueOf(row.getField(column)));
                }
                found.add(String.join(" ", values));
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        found.sort(null);
        return found;
    }

    private int dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }
}
