package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.recovery.LoadRecovery;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;

@Tag("thorough")
class LoadWithdrawalsIT extends WithdrawalTesting {

    @Test
    void withdrawnLoadLeavesTheFeedAsItWasBefore() throws SQLException {
        load("load-1", MAY_1, row("A", 1), row("B", 1), row("D", 1));
        load("load-2", MAY_1.plusDays(1), RowVersion.deleted("D", "D"));
        load("load-3", MAY_1.plusDays(200), row("A", 3), row("C", 3), RowVersion.deleted("B", "B"), row("D", 3));

        assertThat(withdraw("load-3"))
                .isEqualTo(new LoadWithdrawals.Outcome(
                        "devices", MAY_1.plusDays(200), false, MAY_1.plusDays(1), List.of()));

        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 1 load-1 2");
        assertThat(rows("raw.devices")).hasSize(8);
        assertThat(raw.loads()).extracting(Load::loadId).containsExactly("load-1", "load-2");
        assertThat(watermark()).isEqualTo("load-2");
        assertThat(ledger.completeTo(MAY_1.plusDays(300))).isEqualTo(Map.of("devices", MAY_1.plusDays(1)));
        assertThat(ledger.latestCommittedDate("devices")).isEqualTo(MAY_1.plusDays(1));
        assertThat(ledger.sourceDates("devices")).isEqualTo(Map.of(MAY_1, true, MAY_1.plusDays(1), true));
        assertThat(database.query(WITHDRAWN)).containsExactly("load-3 | withdrawn | clock was ahead | fpw | true");
        assertThat(new StoredVersions(catalog).loads("devices", List.of("A", "D"), MAY_1))
                .isEqualTo(Map.of("A", Set.of("load-1"), "D", Set.of("load-1", "load-2")));

        assertThat(withdraw("load-3"))
                .isEqualTo(new LoadWithdrawals.Outcome(
                        "devices", MAY_1.plusDays(200), true, MAY_1.plusDays(1), List.of()));
        assertThat(raw.withdrawals()).hasSize(1);

        // The next night continues from there; row numbers are not reused.
        load("load-4", MAY_1.plusDays(2), row("B", 4), row("C", 4));
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 4 load-4 9", "C 4 load-4 10");
        withdraw("load-4");
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 1 load-1 2");
        assertThat(raw.withdrawals().get(1).all()).containsExactly("load-3", "load-4");
    }

    @Test
    void onlyTheNewestLoadOfAFeedIsWithdrawn() {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        load("load-3", MAY_1.plusDays(2));
        ledger.begin("load-4", RUN, "devices", MAY_1.plusDays(3), MAY_1.plusDays(3), "devices.csv");
        ledger.failed("load-4", null, null, "no file");

        assertThatThrownBy(() -> withdraw("load-1"))
                .isInstanceOf(FpwException.class)
                .hasMessage("load load-1 is not the latest load of feed devices, and later loads depend "
                        + "on it; withdraw these first, in this order: load-3 (of 2024-05-03), load-2 (of "
                        + "2024-05-02)");
        assertThatThrownBy(() -> withdraw("load-4"))
                .hasMessage("load load-4 of feed devices was never complete: none of it is in the "
                        + "warehouse, so there is nothing to withdraw");
        assertThatThrownBy(() -> withdraw("load-9"))
                .hasMessage("there is no load load-9; newest loads: devices load-3 (of 2024-05-03)");
        assertThat(raw.withdrawals()).isEmpty();
    }

    @Test
    void loadThatChangedNothingIsWithdrawnInOpsAlone() throws SQLException {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(200));

        assertThat(withdraw("load-2"))
                .isEqualTo(new LoadWithdrawals.Outcome("devices", MAY_1.plusDays(200), false, MAY_1, List.of()));
        assertThat(raw.withdrawals()).isEmpty();
        assertThat(database.query(WITHDRAWN)).containsExactly("load-2 | withdrawn | clock was ahead | fpw | true");
        assertThat(ledger.completeTo(MAY_1.plusDays(300))).isEqualTo(Map.of("devices", MAY_1));
    }

    @Test
    void feedWhoseFirstLoadIsWithdrawnWasNeverLoaded() {
        load("load-1", MAY_1, row("A", 1), row("B", 1));

        assertThat(withdraw("load-1").lastDate()).isNull();
        assertThat(rows("current.devices")).isEmpty();
        assertThat(raw.lastLoad()).isNull();
        assertThat(ledger.completeTo(MAY_1)).isEmpty();
        assertThat(ledger.latestCommittedDate("devices")).isNull();
        assertThat(ledger.sourceDates("devices")).isEmpty();

        load("load-2", MAY_1.minusDays(100), row("B", 2));
        assertThat(rows("current.devices")).containsExactly("B 2 load-2 3");
    }

    /** The lock is checked before the commit to raw and current, and before writing to ops. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withdrawalThatWasKilledAndRepeatedEndsAsOneThatWasNot(int step) throws SQLException {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2), RowVersion.deleted("B", "B"), row("C", 2));
        int[] asked = {0};
        LockGuard killed = () -> {
            if (++asked[0] == step) {
                throw new FpwException(ExitCode.LOCK_HELD, "killed");
            }
        };
        assertThatThrownBy(() -> new LoadWithdrawals(catalog, database.dataSource(), killed, CLOCK)
                        .withdraw("load-2", "clock was ahead", "fpw"))
                .hasMessage("killed");

        withdraw("load-2");
        assertThat(state())
                .containsExactly(
                        "current A 1 load-1 1",
                        "current B 1 load-1 2",
                        "raw A 1 load-1 1",
                        "raw A 2 load-2 3",
                        "raw B 1 load-1 2",
                        "raw B null load-2 4",
                        "raw C 2 load-2 5",
                        "withdrawals [load-2]",
                        "watermark load-1",
                        "load-1 | loaded | 2024-05-01 | null",
                        "load-2 | withdrawn | 2024-05-02 | clock was ahead");
    }

    @Test
    void withdrawalThatWasKilledAfterItsRecordIsCompletedByTheNextLoad() throws SQLException {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        int[] asked = {0};
        LockGuard killed = () -> {
            if (++asked[0] == 2) {
                throw new FpwException(ExitCode.LOCK_HELD, "killed");
            }
        };
        assertThatThrownBy(() -> new LoadWithdrawals(catalog, database.dataSource(), killed, CLOCK)
                        .withdraw("load-2", "clock was ahead", "fpw"))
                .hasMessage("killed");

        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1");
        assertThat(new LoadRecovery(ledger).recover(raw)).isEqualTo(1);
        assertThat(new LoadRecovery(ledger).recover(raw)).isZero();
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1");
        assertThat(database.query(WITHDRAWN)).containsExactly("load-2 | withdrawn | clock was ahead | fpw | true");
    }

    @Test
    void withdrawalOutlivesTwentyNightsAndTheExpiryOfTheirRecords() throws SQLException {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(200), row("A", 2), row("C", 2));
        withdraw("load-2");
        expire();
        assertThat(raw.loads()).as("the record of the load before is kept").hasSize(1);
        for (int night = 3; night <= 22; night++) {
            load("load-" + night, MAY_1.plusDays(night), row("B", night));
        }
        expire();
        assertThat(raw.everyLoad()).extracting(Load::loadId).containsExactly("load-22");
        List<String> before = state();
        assertThat(before)
                .contains("current A 1 load-1 1", "current B 22 load-22 24")
                .contains("load-2 | withdrawn | 2024-11-17 | clock was ahead");

        database.execute("delete from ops.feed_load");
        assertThat(new LoadRecovery(ledger).recover(raw)).isEqualTo(3);
        assertThat(database.query(WITHDRAWN)).containsExactly("load-2 | withdrawn | clock was ahead | fpw | true");
        assertThat(ledger.latestCommittedDate("devices")).isEqualTo(MAY_1.plusDays(22));
        assertThat(ledger.completeTo(MAY_1.plusDays(300))).isEqualTo(Map.of("devices", MAY_1.plusDays(22)));
        assertThat(state().stream().filter(line -> !line.contains(" | ")))
                .containsExactlyElementsOf(
                        before.stream().filter(line -> !line.contains(" | ")).toList());

        // Later nights find the rows of the withdrawn load gone.
        load("load-23", MAY_1.plusDays(23), row("A", 23));
        assertThat(rows("current.devices")).containsExactly("A 23 load-23 25", "B 22 load-22 24");
        withdraw("load-23");
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 22 load-22 24");
    }

    @Test
    void recordOfTheLoadBeforeThatHasExpiredIsTakenFromOps() {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        load("load-3", MAY_1.plusDays(2), row("A", 3));
        expire();
        assertThat(raw.everyLoad()).extracting(Load::loadId).containsExactly("load-3");

        withdraw("load-3");
        assertThat(watermark()).isEqualTo("load-2");
        assertThat(raw.loads()).extracting(Load::businessDate).containsExactly(MAY_1.plusDays(1));
        withdraw("load-2");
        assertThat(watermark()).isEqualTo("load-1");
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1");
        withdraw("load-1");
        assertThat(raw.lastLoad()).isNull();
        assertThat(rows("current.devices")).isEmpty();
    }

    @Test
    void loadIsKeptWhereNobodyKnowsTheOneBefore() throws SQLException {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        expire();
        database.execute("delete from ops.feed_load");

        assertThatThrownBy(() -> withdraw("load-2"))
                .hasMessage("load load-2 of feed devices cannot be withdrawn: the load before it is recorded "
                        + "neither in ops nor in raw, so the feed would have no known state to continue from");
    }

    @Test
    void withdrawalWhoseKeysDoNotFitTheHeapAtOnceIsMadeInParts() throws SQLException {
        withdrawInParts(IntStream.iterate(0, n -> n + 1));
    }

    @Test
    void keysOfOneBucketAreDividedToo() throws SQLException {
        withdrawInParts(IntStream.iterate(0, n -> n + 1).filter(n -> KeyBucket.of(feed(), "K" + n) == 7));
    }

    private void withdrawInParts(IntStream numbers) throws SQLException {
        RowVersion[] rows =
                numbers.limit(3000).mapToObj(number -> row("K" + number, 1)).toArray(RowVersion[]::new);
        load("load-1", MAY_1, rows);
        load("load-2", MAY_1.plusDays(1), rows);

        // Of a heap of 170 KB, indexes may use 102: 2048 places in addition to the 1024 from which they grow.
        IndexMemory.Limit small = new IndexMemory.Limit(170_000);
        new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK, small)
                .withdraw("load-2", "clock was ahead", "fpw");
        assertThat(rows("current.devices")).hasSize(3000).allMatch(row -> row.contains(" load-1 "));
    }

    @Test
    void withdrawalForWhichNotEvenAPartOfTheKeysFitsIsRefusedBeforeItsRecord() throws SQLException {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));

        IndexMemory.Limit small = new IndexMemory.Limit(50_000);
        assertThatThrownBy(() -> new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK, small)
                        .withdraw("load-2", "clock was ahead", "fpw"))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("feed devices: an index of 0 keys needs 1 MB, but of the heap of 0 MB the "
                        + "indexes of a feed may use 0 MB; nothing was withdrawn and nothing is lost; run "
                        + "again with a larger heap: set FPW_JAVA_OPTS=-Xmx512m");
        assertThat(raw.withdrawals()).isEmpty();
        assertThat(database.query("select load_id, status from ops.feed_load order by load_id"))
                .containsExactly("load-1 | loaded", "load-2 | loaded");
        assertThat(rows("current.devices")).containsExactly("A 2 load-2 2");
    }
}
