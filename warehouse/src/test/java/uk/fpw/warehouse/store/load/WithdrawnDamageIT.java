package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.FileVerification;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;

/** Withdrawing loads recovers from damaged files of a feed's table. */
@Tag("thorough")
class WithdrawnDamageIT extends WithdrawalTesting {

    /** Its rows are lost with its file; the state before it is rebuilt from the files of the others. */
    @Test
    void loadWithADamagedFileIsWithdrawnWithTheLoadsAfterIt() throws Exception {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2), row("C", 2));
        load("load-3", MAY_1.plusDays(2), row("C", 3));
        Path damaged = dataFile("load-2");
        Files.write(damaged, new byte[0]);
        Files.writeString(folder.resolve("warehouse.json"), "{}");

        assertThatThrownBy(() -> withdraw("load-3"))
                .satisfies(failure -> assertThat(Damage.causeOf(failure)).isNotNull());
        assertThat(new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK)
                        .withdraw("load-2", true, "its file is damaged", "fpw"))
                .isEqualTo(new LoadWithdrawals.Outcome("devices", MAY_1.plusDays(1), false, MAY_1, List.of()));

        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 1 load-1 2");
        assertThat(raw.loads()).extracting(Load::loadId).containsExactly("load-1");
        assertThat(raw.withdrawals()).extracting(one -> one.load().loadId()).containsExactly("load-3", "load-2");
        assertThat(database.query("select load_id, status from ops.feed_load order by load_id"))
                .containsExactly("load-1 | loaded", "load-2 | withdrawn", "load-3 | withdrawn");
        assertThat(new FileVerification(catalog).readAll().damaged()).isEmpty();

        load("load-4", MAY_1.plusDays(1), row("A", 4));
        assertThat(rows("current.devices")).containsExactly("A 4 load-4 6", "B 1 load-1 2");
        withdraw("load-4");
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 1 load-1 2");
    }

    @Test
    void onlyLoadOfAFeedIsWithdrawnThoughItsFileIsGone() throws Exception {
        load("load-1", MAY_1, row("A", 1));
        Files.delete(dataFile("load-1"));

        withdraw("load-1");
        assertThat(rows("current.devices")).isEmpty();
        load("load-2", MAY_1, row("A", 1));
        assertThat(rows("current.devices")).containsExactly("A 1 load-2 2");
    }

    private Path dataFile(String loadId) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*/\\d+-\\d+-" + loadId + "-.*[.]parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void firstLoadWithADamagedFileIsWithdrawnWithEveryOther() throws Exception {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        Files.delete(dataFile("load-1"));

        assertThat(withdrawWithLater("load-1").lastDate()).isNull();
        assertThat(rows("current.devices")).isEmpty();
        assertThat(new FileVerification(catalog).readAll().damaged()).isEmpty();
        load("load-3", MAY_1, row("B", 3));
        assertThat(rows("current.devices")).containsExactly("B 3 load-3 4");
    }

    /** The head of main and the manifests it names; only main needs them. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "manifest"})
    void feedGoesBackToWhatItWasBeforeTheLoadWhoseManifestsAreDamaged(String what) throws Exception {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2), row("C", 2));
        Snapshot second = catalog.load("raw.devices").currentSnapshot();
        load("load-3", MAY_1.plusDays(2), row("C", 3));
        Path damaged = LocalStorage.file(
                what.equals("list")
                        ? catalog.load("raw.devices").currentSnapshot().manifestListLocation()
                        : second.allManifests(catalog.load("raw.devices").io()).stream()
                                .filter(manifest -> manifest.snapshotId() == second.snapshotId())
                                .findFirst()
                                .orElseThrow()
                                .path());
        flip(damaged);
        String first = what.equals("list") ? "load-3" : "load-2";

        if (what.equals("manifest")) {
            assertThatThrownBy(() -> withdraw("load-3"))
                    .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                            .isEqualTo(ExitCode.DAMAGED))
                    .hasMessageStartingWith("load load-2 would be lost too: withdraw that one, --with-later. a file "
                            + "of the warehouse is damaged:\n  " + damaged + ": its content is not what was written\n");
        }
        assertThat(withdrawWithLater(first).lastDate()).isEqualTo(what.equals("list") ? MAY_1.plusDays(1) : MAY_1);

        assertThat(rows("current.devices"))
                .containsExactlyElementsOf(
                        what.equals("list")
                                ? List.of("A 2 load-2 3", "B 1 load-1 2", "C 2 load-2 4")
                                : List.of("A 1 load-1 1", "B 1 load-1 2"));
        assertThat(new FileVerification(catalog).readAll().damaged()).isEmpty();
        assertThat(database.query("select load_id, status from ops.feed_load order by load_id"))
                .containsExactly(
                        "load-1 | loaded",
                        what.equals("list") ? "load-2 | loaded" : "load-2 | withdrawn",
                        "load-3 | withdrawn");
        // which examines every snapshot
        new TableMaintenance(catalog, HELD)
                .moveOrphans("raw.devices", Instant.now().plusSeconds(60), MAY_1);

        load("load-4", MAY_1.plusDays(2), row("C", 4));
        assertThat(rows("current.devices")).contains("C 4 load-4 6").hasSize(3);
        withdraw("load-4");
        assertThat(rows("current.devices")).doesNotContain("C 4 load-4 6");
    }

    @Test
    void onlyLoadWhoseManifestListIsGoneIsWithdrawn() throws Exception {
        load("load-1", MAY_1, row("A", 1));
        Files.delete(
                LocalStorage.file(catalog.load("raw.devices").currentSnapshot().manifestListLocation()));

        assertThat(withdraw("load-1").lastDate()).isNull();
        assertThat(rows("current.devices")).isEmpty();
        load("load-2", MAY_1, row("A", 1));
        assertThat(rows("current.devices")).containsExactly("A 1 load-2 2");
    }

    @Test
    void branchCurrentIsMadeAgainFromMain() throws Exception {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        flip(LocalStorage.file(catalog.load("raw.devices").snapshot("current").manifestListLocation()));

        withdraw("load-2");
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 1 load-1 2");
        assertThat(new FileVerification(catalog).readAll().damaged()).isEmpty();
    }

    /** The commit of the last load is lost with them; ops records that before the table is rolled back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void feedGoesBackToTheMetadataBeforeTheDamagedOnes(boolean isGone) throws Exception {
        load("load-1", MAY_1, row("A", 1), row("B", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        load("load-3", MAY_1.plusDays(2));
        Path metadata = metadata();
        if (isGone) {
            Files.delete(metadata);
        } else {
            flip(metadata);
        }

        assertThatThrownBy(() -> withdraw("load-3"))
                .hasMessageStartingWith("load load-2 (of 2024-05-02) would be lost too: withdraw that one, "
                        + "--with-later. a file of the warehouse is damaged:\n  " + metadata);
        assertThat(withdrawWithLater("load-2"))
                .isEqualTo(new LoadWithdrawals.Outcome("devices", MAY_1.plusDays(1), false, MAY_1, List.of()));

        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1", "B 1 load-1 2");
        assertThat(database.query("select load_id, status, withdrawn_reason from ops.feed_load order by load_id"))
                .containsExactly(
                        "load-1 | loaded | null",
                        "load-2 | withdrawn | a file is damaged",
                        "load-3 | withdrawn | a file is damaged");
        assertThat(new FileVerification(catalog).readAll().damaged()).isEmpty();
        load("load-4", MAY_1.plusDays(2), row("A", 4));
        assertThat(rows("current.devices")).containsExactly("A 4 load-4 3", "B 1 load-1 2");
    }

    @Test
    void killedBetweenOpsAndTheTableTheSameCommandGoesOn() throws Exception {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        flip(metadata());
        Files.writeString(folder.resolve("warehouse.json"), "{}");
        LockGuard killed = () -> {
            throw new FpwException(ExitCode.LOCK_HELD, "killed");
        };
        assertThatThrownBy(() -> new LoadWithdrawals(catalog, database.dataSource(), killed, CLOCK)
                        .withdraw("load-2", "a file is damaged", "fpw"))
                .hasMessage("killed");
        assertThat(Damage.filesNamedBy(catchThrowable(() -> catalog.load("raw.devices"))))
                .hasSize(1);

        withdraw("load-2");
        assertThat(rows("current.devices")).containsExactly("A 1 load-1 1");
        assertThat(database.query("select load_id, status from ops.feed_load order by load_id"))
                .containsExactly("load-1 | loaded", "load-2 | withdrawn");
    }

    @Test
    void withdrawalIsNotLostWithItsCommit() throws Exception {
        load("load-1", MAY_1, row("A", 1));
        load("load-2", MAY_1.plusDays(1), row("A", 2));
        withdraw("load-2");
        flip(metadata());

        assertThatThrownBy(() -> withdraw("load-1"))
                .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(ExitCode.DAMAGED))
                .hasMessageStartingWith(
                        "the last commit was the withdrawal of load load-2 (of 2024-05-02), which would "
                                + "be lost: restore the file from a backup. ");
        assertThat(database.query("select load_id, status from ops.feed_load order by load_id"))
                .containsExactly("load-1 | loaded", "load-2 | withdrawn");
    }

    private Path metadata() throws SQLException {
        return LocalStorage.file(
                database.query("select metadata_location from iceberg_tables").get(0));
    }

    private LoadWithdrawals.Outcome withdrawWithLater(String loadId) {
        return new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK)
                .withdraw(loadId, true, "a file is damaged", "fpw");
    }

    private static void flip(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 4;
        Files.write(file, content);
    }
}
