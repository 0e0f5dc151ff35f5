package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.FileVerification;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class ReleaseWithdrawalIT {

    private static final LockGuard HELD = () -> {};

    @TempDir
    Path warehouse;

    private ReleaseTestApplication application;

    @BeforeEach
    void build() {
        application =
                new ReleaseTestApplication(ExampleCandidates.force(warehouse, TestDatabase.embedded(warehouse)), "");
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void releaseBeforeIsCurrentAgainForEveryReaderAlsoIfTheWithdrawalWasKilled() throws IOException {
        application.release("2016-01-12.1", 5);
        application.release("2016-01-13.1", 6);
        // killed before the transaction
        assertThatThrownBy(() -> withdraw("2016-01-13.1", () -> {
                    throw new FpwException(ExitCode.LOCK_HELD, "killed");
                }))
                .hasMessage("killed");
        assertThat(application.seen()).containsExactly("2016-01-13.1 6");

        // killed after it, before the files of readers are written
        Path obstacle = Files.createDirectory(warehouse.resolve("releases/.current.tmp"));
        assertThat(withdraw("2016-01-13.1", HELD))
                .isEqualTo(new ReleaseWithdrawal.Outcome(
                        false,
                        true,
                        ReleaseId.of("2016-01-12.1"),
                        false,
                        "cannot write " + warehouse + "/releases/current"));
        Files.delete(obstacle);
        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(ReleasePointer.read(warehouse)).isEqualTo(ReleaseId.of("2016-01-13.1"));

        assertThat(withdraw("2016-01-13.1", HELD))
                .isEqualTo(new ReleaseWithdrawal.Outcome(true, false, ReleaseId.of("2016-01-12.1"), false, null));
        assertThat(ReleasePointer.read(warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));
        assertThat(Files.readSymbolicLink(warehouse.resolve("exports/current"))).isEqualTo(Path.of("2016-01-12.1"));
        assertThat(application.main()).containsExactly("2016-01-12.1 5");
        assertThat(warehouse.resolve("releases/2016-01-13.1/withdrawn.json"))
                .content()
                .isEqualToNormalizingNewlines("""
                        {
                          "release_id" : "2016-01-13.1",
                          "withdrawn_at" : "2016-01-14T08:00:00Z",
                          "withdrawn_by" : "fpw",
                          "reason" : "wrong file"
                        }""");
        Releases releases = new Releases(application.dataSource);
        assertThat(releases.nextReleaseId(LocalDate.of(2016, 1, 13))).isEqualTo(ReleaseId.of("2016-01-13.2"));
        assertThat(releases.listValid())
                .extracting(release -> release.releaseId())
                .containsExactly(ReleaseId.of("2016-01-12.1"));
        assertThatThrownBy(() -> withdraw("2016-01-14.1", HELD))
                .isInstanceOf(FpwException.class)
                .hasMessage("there is no release 2016-01-14.1; releases: [2016-01-13.1, 2016-01-12.1]");

        // without an earlier release, readers see none
        assertThat(withdraw("2016-01-12.1", HELD))
                .isEqualTo(new ReleaseWithdrawal.Outcome(false, true, null, false, null));
        assertThat(application.seen()).isEmpty();
        assertThat(application.main()).isEmpty();
        assertThat(ReleasePointer.read(warehouse)).isNull();
        assertThat(Files.isSymbolicLink(warehouse.resolve("exports/current"))).isFalse();

        application.release("2016-01-13.2", 4);
        assertThat(application.seen()).containsExactly("2016-01-13.2 4");
        assertThat(application.main()).containsExactly("2016-01-13.2 4");
        assertThat(ReleasePointer.read(warehouse)).isEqualTo(ReleaseId.of("2016-01-13.2"));
    }

    @Test
    void releaseThatIsNotCurrentIsOnlyMarkedAndNotAmongTheThreeThatAreKept() throws IOException {
        for (int number = 1; number <= 3; number++) {
            application.release("2016-01-12." + number, number);
        }
        assertThat(withdraw("2016-01-12.2", HELD))
                .isEqualTo(new ReleaseWithdrawal.Outcome(false, false, ReleaseId.of("2016-01-12.3"), false, null));
        assertThat(application.seen()).containsExactly("2016-01-12.3 3");

        application.release("2016-01-12.4", 4);
        application.applyRetention();
        assertThat(application.stored()).containsExactly("2016-01-12.1 1", "2016-01-12.3 3", "2016-01-12.4 4");
        withdraw("2016-01-12.3", HELD);
        withdraw("2016-01-12.4", HELD);
        assertThat(application.seen()).containsExactly("2016-01-12.1 1");
    }

    @Test
    void releaseMadeWhileTheClockWasAheadDoesNotComeBeforeLaterOnes() throws IOException {
        application.release("2016-01-12.1", 5);
        application.jdbc.update(
                "update ops.release set released_at = timestamp with time zone '2017-01-13 05:00:00+00'");
        application.release("2016-01-13.1", 6);
        application.release("2016-01-14.1", 7);

        assertThat(withdraw("2016-01-14.1", HELD).current()).isEqualTo(ReleaseId.of("2016-01-13.1"));
        assertThat(application.seen()).containsExactly("2016-01-13.1 6");
    }

    /** The next run recomputes it; what other releases need is kept. */
    @ParameterizedTest
    @ValueSource(strings = {"metadata", "list", "manifest"})
    void tableOfADamagedReleaseGoesBack(String what) throws IOException {
        application.release("2016-01-12.1", 5);
        application.release("2016-01-13.1", 6);
        Files.writeString(warehouse.resolve("warehouse.json"), "{}");
        Table table = application.catalog.load("mart.queue_daily");
        Snapshot head = table.currentSnapshot();
        Path damaged = LocalStorage.file(
                switch (what) {
                    case "metadata" ->
                        ((HasTableOperations) table).operations().current().metadataFileLocation();
                    case "list" -> head.manifestListLocation();
                    default -> head.allManifests(table.io()).get(0).path();
                });
        Files.write(damaged, new byte[0]);

        String failure = withdraw("2016-01-12.1", HELD).laterFailure();
        if (what.equals("metadata")) {
            assertThat(failure).as("its last commit only moved main").isNull();
            assertThat(application.main()).containsExactly("2016-01-13.1 6");
        } else {
            assertThat(failure)
                    .startsWith("mart.queue_daily would lose its rows of [2016-01-13.1]: withdraw these too. a file of "
                            + "the warehouse is damaged:\n  " + damaged);
        }
        assertThat(withdraw("2016-01-13.1", HELD).laterFailure()).isNull();
        application.release("2016-01-14.1", 7);
        assertThat(application.seen()).containsExactly("2016-01-14.1 7");
        assertThat(new FileVerification(application.catalog).readAll().damaged())
                .extracting(found -> found.file().path())
                .isEmpty();
    }

    @Test
    void rowsThatWereClearedAwayAreWrittenAgainFromTheirSnapshots() throws IOException {
        application.release("2016-01-12.1", 5);
        application.release("2016-01-13.1", 6);
        application.jdbc.update("delete from mart_rows.queue_daily where release_id = '2016-01-12.1'");
        Files.move(warehouse.resolve("exports/2016-01-12.1"), warehouse.resolve("cleared-away"));

        assertThat(withdraw("2016-01-13.1", HELD))
                .isEqualTo(new ReleaseWithdrawal.Outcome(false, true, ReleaseId.of("2016-01-12.1"), true, null));
        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(warehouse.resolve("exports/current/manifest.json")).isRegularFile();

        // once its snapshots have expired too, the later release stays
        application.release("2016-01-13.2", 7);
        application.jdbc.update("delete from mart_rows.queue_daily where release_id = '2016-01-12.1'");
        new TableMaintenance(application.catalog, HELD)
                .expire("mart.queue_daily", Set.of(), Instant.now().plusSeconds(60));

        assertThatThrownBy(() -> withdraw("2016-01-13.2", HELD))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith(
                        "release 2016-01-12.1, the previous one, cannot become current again: rows of mart.queue_daily "
                                + "were deleted and cannot be restored: ")
                .hasMessageEndingWith(". Withdraw it first: then the release before it becomes current; "
                        + "if there is none, readers see no release");
        assertThat(application.seen()).containsExactly("2016-01-13.2 7");

        withdraw("2016-01-12.1", HELD);
        assertThat(withdraw("2016-01-13.2", HELD).current()).isNull();
    }

    private ReleaseWithdrawal.Outcome withdraw(String releaseId, LockGuard guard) {
        return new ReleaseWithdrawal(
                        application.dataSource,
                        application.catalog,
                        warehouse,
                        guard,
                        Clock.fixed(Instant.parse("2016-01-14T08:00:00Z"), ZoneOffset.UTC))
                .withdraw(ReleaseId.of(releaseId), "wrong file", "fpw");
    }
}
