package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.column;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.current.CurrentFiles;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.load.row.VerifiedCommit;
import uk.fpw.warehouse.store.recovery.LoadRecovery;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;

class LoadIT extends LoadCommitTesting {

    private static final RunId RUN = RunId.of("2024-05-01-20240502T040000-0a1b");

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

    /** A and C were loaded again, so three of five rows in three files are current. */
    @Test
    void rowsThatAreNotCurrentAreListedForReadersThatKnowNoDeletionVectors() throws IOException {
        Path superseded = folder.resolve("superseded.tsv");
        assertThat(new CurrentFiles(catalog).write("devices", superseded)).isEmpty();
        load("load-1", row("A", 1), row("B", 1));
        load("load-2", row("A", 2), row("C", 2));
        load("load-3", row("C", 3));

        List<String> files = new CurrentFiles(catalog).write("devices", superseded);

        assertThat(files).hasSize(3).allMatch(file -> Files.isRegularFile(Path.of(file)));
        assertThat(Files.readAllLines(superseded))
                .hasSize(2)
                .allMatch(line -> files.contains(line.substring(0, line.indexOf('\t'))))
                .extracting(line -> line.substring(line.indexOf('\t') + 1))
                .containsExactlyInAnyOrder("0", "1");
        assertThat(rows("current.devices", "_key", "n")).containsExactly("A 2", "B 1", "C 3");
    }

    @Test
    void opsIsRebuiltFromRaw() throws Exception {
        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        load("load-1", row("A", 1)); // killed before its row in ops was completed
        ledger.begin("load-1", RUN, "devices", LocalDate.of(2024, 5, 1), LocalDate.of(2024, 5, 1), "devices.csv");
        load("load-2", row("A", 2)); // ops was lost completely
        ledger.begin(
                "load-3",
                RUN,
                "devices",
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                "devices.csv"); // killed before the commit to raw
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
            // The head of current is older than the column.
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

    private void release(String releaseId, String releasedAt) throws Exception {
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('"
                + releaseId + "', 'run', date '2024-05-01', timestamp with time zone '" + releasedAt
                + "+00', '1', 'f', 'd')");
    }

    @Test
    void tableOfAVeryEarlyVersionIsRefused() {
        Table table = load("load-1", row("A", 1));
        table.manageSnapshots().removeBranch("current").commit();

        assertThatThrownBy(() -> RawTable.open(catalog, feed, HELD))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageEndingWith("raw.devices was written by a version of fpw that this one cannot upgrade; load "
                        + "the feed with the version that docs/install.md names under 'Upgrade' first, then with "
                        + "this one");
    }
}
