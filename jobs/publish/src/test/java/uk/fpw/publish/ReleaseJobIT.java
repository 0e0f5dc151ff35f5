package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.FeedHistoryFile;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.testing.TestDatabase;

class ReleaseJobIT {

    /** Tag of tests whose release has every table; the others have few. */
    private static final String EVERY_TABLE = "every-table";

    @TempDir
    Path temp;

    private ReleaseTestApplication application;

    TestDatabase database(Path warehouse) {
        return TestDatabase.embedded(warehouse);
    }

    @BeforeEach
    void build(TestInfo test) throws Exception {
        // people give folders names with spaces
        Path warehouse = Files.createDirectory(temp.resolve("ware house"));
        TestDatabase database = database(warehouse);
        Force force = ExampleCandidates.force(warehouse, database);
        application = test.getTags().contains(EVERY_TABLE)
                ? ReleaseTestApplication.ofEveryTable(force, database.password())
                : new ReleaseTestApplication(force, database.password());
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    @Tag(EVERY_TABLE)
    void candidateBecomesTheReleaseThatEveryReaderSees() throws Exception {
        MetricsResult result = application.fullCandidate("2016-01-12.1", 5, 2);
        ReleaseSummary summary = application.release("2016-01-12.1", result);

        assertThat(summary.laterFailures()).isEmpty();
        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(application.jdbc.queryForObject("select count(*) from bi_detail.queue_daily", Long.class))
                .as("rows of totals: every other one")
                .isEqualTo(3);
        assertThat(application.jdbc.queryForObject("select count(*) from bi_detail.queue_daily_by_slice", Long.class))
                .isEqualTo(2);
        assertThat(application.jdbc.queryForMap("select * from mart.queue_daily where \"day\" = date '2016-01-11'"))
                .containsEntry("queue", "queue 1")
                .containsEntry("queue_version", 1)
                .containsEntry("waiting_count", 1L)
                .containsEntry("oldest_age_days", 1L)
                .containsEntry("is_partial", false)
                .containsEntry("data_as_at", java.sql.Date.valueOf("2016-01-11"));
        assertThat(application.jdbc.queryForMap(
                        "select oldest_age_days, unavailable_reason from mart.queue_daily where \"day\" = "
                                + "date '2016-01-12'"))
                .containsEntry("oldest_age_days", null)
                .containsEntry("unavailable_reason", null);
        assertThat(application.jdbc.queryForObject(
                        "select left_per_inflow from mart.queue_monthly where month_start_on = date '2016-01-11'",
                        Double.class))
                .isEqualTo(1.1);

        Release release = new Releases(application.dataSource).current();
        assertThat(release).isEqualTo(summary.release());
        assertThat(summary.release().digest())
                .isEqualTo(Release.digestOf(summary.release().tables()));
        assertThat(summary.release().keyFingerprint()).isEqualTo("k1");
        assertThat(summary.release().tables()).hasSize(result.tables().size());
        ReleaseId made = summary.release().releaseId();
        assertThat(new ReleaseSteps(application.dataSource).all())
                .as("what it replaced is recorded with it")
                .containsOnly(Map.entry(made, new ReleaseSteps.Step(made, null, null)));

        assertThat(ReleasePointer.read(application.warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));
        ReleaseFile file = ReleaseFiles.read(application.warehouse, ReleaseId.of("2016-01-12.1"));
        assertThat(file.versions().digest()).isEqualTo(summary.release().digest());
        assertThat(file.tables()).extracting(ReleaseFile.Table::name).contains("core.spell", "mart.queue_daily");
        for (ReleaseFile.Table table : file.tables()) {
            int expected = List.of("core.exclusion", "core.ahead").contains(table.name()) ? 0 : 2;
            assertThat(table.files()).as(table.name()).hasSize(expected).allSatisfy(path -> {
                assertThat(path).startsWith("data/" + table.name().replace('.', '/') + "/data/");
                assertThat(application.warehouse.resolve(path)).isRegularFile();
            });
        }

        FeedHistoryFile history = FeedHistoryFile.read(new WarehouseFolder(application.warehouse).feedHistory());
        assertThat(history.releaseId()).isEqualTo(made);
        assertThat(history.feeds())
                .containsExactly(new FeedHistoryFile.Feed("requests", List.of(), List.of(), List.of()));

        Path export = application.warehouse.resolve("exports/current");
        assertThat(Files.readSymbolicLink(export)).isEqualTo(Path.of("2016-01-12.1"));
        assertThat(export.resolve("queue_daily/part-00001.parquet")).isRegularFile();
        assertThat(export.resolve("queue_daily/part-00002.parquet")).isRegularFile();
        assertThat(Files.readString(export.resolve("README.md")))
                .contains("5 rows, one per queue, slice, slice_value, day; in 2 files in `queue_daily/`.");
        assertThat(Files.readString(export.resolve("manifest.json")))
                .contains("queue_daily/part-00002.parquet")
                .contains("\"restricted\" : [ {\n    \"name\" : \"case_milestone_open\",");
        assertThat(export.resolve("case_milestone_open")).doesNotExist();
        assertThat(export.resolve("case_milestone_open.parquet")).doesNotExist();
        assertThat(Files.readString(export.resolve("README.md")))
                .contains("## Not exported\n\nRestricted, since their rows are about single cases or people:\n\n- "
                        + "case_milestone_open: ");
        assertThat(application.jdbc.queryForList(
                        "select feed || ' ' || current_count from ops.feed_account", String.class))
                .containsExactly("requests 7");
    }

    @Test
    void failedAuditLeavesThePreviousReleaseStanding() throws Exception {
        application.release("2016-01-12.1", 5);
        MetricsResult good = application.candidate("2016-01-13.1", 6);
        MetricsResult bad = ExampleCandidates.audited(MetricsResult.computed(
                good.tables(),
                good.accounts(),
                good.coverage(),
                List.of(new MetricsResult.QualityResult(
                        "mart.queue_daily", "FLOWS_BALANCE", "stop", 2, "waiting is not opening + flows")),
                List.of()));

        FpwException failure = catchThrowableOfType(FpwException.class, () -> application.release("2016-01-13.1", bad));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED);
        assertThat(failure).hasMessage("""
            the audit failed, so nothing was published; release 2016-01-12.1 stays current. Fix what \
            is listed here in the source or the force folder, then run again:
              mart.queue_daily FLOWS_BALANCE (2 rows): waiting is not opening + flows\
            """);
        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(application.stored()).containsExactly("2016-01-12.1 5");
        assertThat(ReleasePointer.read(application.warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));
        assertThat(application.exported()).containsExactly("2016-01-12.1", "current");
        assertThat(application.jdbc.queryForList(
                        "select code || ' ' || failed_count from ops.quality_result where run_id like '2016-01-13-%'",
                        String.class))
                .containsExactly("FLOWS_BALANCE 2");
    }

    @Test
    void nightKilledBeforeTheFlipChangesNothingAndCanBeRunAgain() throws Exception {
        application.release("2016-01-12.1", 5);
        MetricsResult result = application.candidate("2016-01-13.1", 6);
        application.atTheFlip = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> application.release("2016-01-13.1", result))
                .isInstanceOf(FpwException.class)
                .hasMessage("release 2016-01-13.1 was not created: killed");
        application.kill("2016-01-13.1");

        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(application.main()).containsExactly("2016-01-12.1 5");
        assertThat(application.stored()).containsExactly("2016-01-12.1 5", "2016-01-13.1 6");
        assertThat(ReleasePointer.read(application.warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));

        application.atTheFlip = () -> {};
        ReleaseSummary again = application.release("2016-01-13.1", result);
        assertThat(application.seen()).containsExactly("2016-01-13.1 6");
        assertThat(application.main()).containsExactly("2016-01-13.1 6");
        assertThat(application.stored()).containsExactly("2016-01-12.1 5", "2016-01-13.1 6");
        assertThat(ReleasePointer.read(application.warehouse)).isEqualTo(ReleaseId.of("2016-01-13.1"));
        assertThat(application.release("2016-01-13.1", result))
                .as("called once more")
                .isEqualTo(again);
    }

    @Test
    void rowsOfANightThatWasKilledGoWithTheNextRelease() throws Exception {
        application.release("2016-01-12.1", 5);
        application.atTheFlip = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> application.release("2016-01-13.1", 6)).isInstanceOf(FpwException.class);
        application.atTheFlip = () -> {};

        Files.writeString(application.warehouse.resolve("exports/notes.csv"), "an analyst's own");
        ReleaseSummary next = application.release("2016-01-13.2", 6);
        application.applyRetention();
        assertThat(ReleaseFiles.path(application.warehouse, ReleaseId.of("2016-01-13.1")))
                .doesNotExist();
        assertThat(ReleaseFiles.path(application.warehouse, ReleaseId.of("2016-01-12.1")))
                .exists();
        assertThat(Files.readString(application.warehouse.resolve("exports/notes.csv")))
                .isEqualTo("an analyst's own");
        Files.delete(application.warehouse.resolve("exports/notes.csv"));
        assertThat(application.stored()).containsExactly("2016-01-12.1 5", "2016-01-13.2 6");
        assertThat(application.exported()).containsExactly("2016-01-12.1", "2016-01-13.2", "current");
        assertThat(application.release("2016-01-13.3", 6).release().digest())
                .as("digest of the same content")
                .isEqualTo(next.release().digest());
    }

    @Test
    void nightThatLostItsLockDoesNotRelease() throws Exception {
        application.atTheFlip = () -> {
            throw new FpwException(ExitCode.LOCK_HELD, "taken over");
        };

        assertThatThrownBy(() -> application.release("2016-01-12.1", 5))
                .isInstanceOf(FpwException.class)
                .hasMessage("taken over");
        assertThat(new Releases(application.dataSource).list()).isEmpty();
    }

    @Test
    void orphanDoesNotSendReadersBackAfterItsFlip() throws Exception {
        MetricsResult late = application.candidate("2016-01-12.1", 5);
        // another night takes over right after the flip
        application.atTheFlip = () -> {
            application.atEachStep = () -> {
                throw new FpwException(ExitCode.LOCK_HELD, "taken over");
            };
        };

        assertThatThrownBy(() -> application.release("2016-01-12.1", late)).hasMessage("taken over");
        assertThat(ReleasePointer.read(application.warehouse)).isNull();
        assertThat(application.warehouse.resolve("exports")).doesNotExist();
    }

    @Test
    void stepRepeatedAfterTheFlipKeepsTheMomentOfRelease() throws Exception {
        MetricsResult result = application.candidate("2016-01-12.1", 5);
        Release made = application.release("2016-01-12.1", result).release();
        application.jdbc.update("update batch_step_execution set status = 'FAILED' where step_name in"
                + " ('flip', 'pointReaders', 'export')");
        application.jdbc.update("update batch_job_execution set status = 'FAILED'");

        assertThat(application.release("2016-01-12.1", result).release()).isEqualTo(made);
        assertThat(ReleaseFiles.read(application.warehouse, ReleaseId.of("2016-01-12.1"))
                        .made()
                        .releasedAt())
                .isEqualTo(made.releasedAt());
    }

    @Test
    void withdrawnReleaseGivesWayToTheOneBefore() throws Exception {
        application.release("2016-01-12.1", 5);
        application.release("2016-01-13.1", 6);

        ReleaseWithdrawal.Outcome outcome = new ReleaseWithdrawal(
                        application.dataSource, application.catalog, application.warehouse, () -> {}, Clock.systemUTC())
                .withdraw(ReleaseId.of("2016-01-13.1"), "wrong file", "fpw");

        assertThat(outcome)
                .isEqualTo(new ReleaseWithdrawal.Outcome(false, true, ReleaseId.of("2016-01-12.1"), false, null));
        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(application.jdbc.queryForList(
                        "select release_id || ' ' || withdrawn_by || ' ' || withdrawn_reason from ops.release "
                                + "where withdrawn_at is not null",
                        String.class))
                .containsExactly("2016-01-13.1 fpw wrong file");
    }

    @Test
    void threeReleasesAndNamedOnesStay() throws Exception {
        for (int number = 1; number <= 5; number++) {
            application.release("2016-01-12." + number, number);
            application.jdbc.update("update ops.release set name = 'first' where release_id = '2016-01-12.1'");
            application.applyRetention();
        }

        assertThat(application.stored())
                .containsExactly("2016-01-12.1 1", "2016-01-12.3 3", "2016-01-12.4 4", "2016-01-12.5 5");
        assertThat(application.exported())
                .containsExactly("2016-01-12.1", "2016-01-12.3", "2016-01-12.4", "2016-01-12.5", "current");
        assertThat(new Releases(application.dataSource).list()).hasSize(5);
    }

    @Test
    void readerNeverSeesTwoNights() throws Exception {
        application.release("2016-01-12.1", 100);
        AtomicBoolean done = new AtomicBoolean();
        List<String> views = new ArrayList<>();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<?> reading = reader.submit(() -> {
            String sql = "select release_id || ' ' || count(*) as line from mart.queue_daily group by release_id"
                    + " union all select release_id || ' dim ' || count(*) from mart.dim_date group by release_id";
            while (!done.get()) {
                try (Connection connection = application.dataSource.getConnection();
                        var statement = connection.createStatement();
                        var rows = statement.executeQuery(sql)) {
                    List<String> lines = new ArrayList<>();
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                    views.add(String.join(", ", lines));
                    Thread.sleep(1); // leaves the processor to the releases
                } catch (SQLException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                }
            }
        });
        for (int number = 2; number <= 4; number++) {
            application.release("2016-01-12." + number, 100 * number);
        }
        done.set(true);
        reading.get();
        reader.shutdown();

        List<String> expected = Stream.iterate(1, number -> number + 1)
                .limit(4)
                .map(number -> "2016-01-12." + number + " " + 100 * number + ", 2016-01-12." + number + " dim 2")
                .toList();
        assertThat(views.stream().distinct().collect(Collectors.toList()))
                .isSubsetOf(expected)
                .hasSizeGreaterThan(1);
    }
}
