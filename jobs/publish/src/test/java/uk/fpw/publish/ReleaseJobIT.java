package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.release.ReleaseFile;
import uk.fpw.warehouse.release.ReleasePointer;
import uk.fpw.warehouse.release.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.NightFailure;
import uk.fpw.warehouse.run.RunFiles;

class ReleaseJobIT {

    @TempDir
    Path temp;

    private Path warehouse = Path.of("");
    private DataSource dataSource = JdbcConnectionPool.create("jdbc:h2:mem:none", "", "");
    private JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private @Nullable WarehouseCatalog catalog;
    private @Nullable ConfigurableApplicationContext application;

    /** What happens when the flip asks for the lock: the last moment before the release is written. */
    private Runnable atTheFlip = () -> {};

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(PublishConfiguration.class)
    static class Application {}

    @BeforeEach
    void start() throws IOException {
        warehouse = Files.createDirectory(temp.resolve("ware house"));
        Force force = Example.force(warehouse);
        dataSource = JdbcConnectionPool.create(
                force.storage().jdbcUrl(), force.storage().jdbcUser(), "");
        jdbc = new JdbcTemplate(dataSource);
        Flyway.configure().dataSource(dataSource).load().migrate();
        WarehouseCatalog opened = WarehouseCatalog.open(force.storage(), "");
        catalog = opened;
        LockGuard lock = new LockGuard() {
            @Override
            public void check() {}

            @Override
            public void check(Connection transaction) {
                atTheFlip.run();
            }
        };
        Clock clock = new SteppingClock(Instant.parse("2016-01-13T05:00:00Z"));
        application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.batch.job.enabled=false",
                        "spring.batch.jdbc.initialize-schema=never",
                        "logging.level.root=error")
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(DataSource.class, () -> dataSource);
                    beans.registerBean(Force.class, () -> force);
                    beans.registerBean(WarehouseCatalog.class, () -> opened, bean -> bean.setDestroyMethodName(""));
                    beans.registerBean(LockGuard.class, () -> lock);
                    beans.registerBean(Clock.class, () -> clock);
                    beans.registerBean("softwareVersion", String.class, () -> "0.1.0");
                })
                .run();
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
        if (catalog != null) {
            catalog.close();
        }
    }

    private Publisher publisher() {
        return java.util.Objects.requireNonNull(application).getBean(Publisher.class);
    }

    private MetricsResult candidate(String releaseId, int days, int files) {
        LocalDate businessDate = LocalDate.parse(releaseId.substring(0, 10));
        return Example.candidate(java.util.Objects.requireNonNull(catalog), releaseId, businessDate, days, files);
    }

    private ReleaseSummary release(String releaseId, MetricsResult result) throws IOException {
        Path file = Files.createDirectories(warehouse.resolve("runs/run-" + releaseId))
                .resolve("result.json");
        RunFiles.write(result, file);
        LocalDate businessDate = LocalDate.parse(releaseId.substring(0, 10));
        return publisher().release("run-" + releaseId, businessDate, releaseId, file, "k1");
    }

    private ReleaseSummary release(String releaseId, int days) throws IOException {
        return release(releaseId, candidate(releaseId, days, 1));
    }

    private List<String> seen() {
        return jdbc.queryForList(
                "select release_id || ' ' || count(*) from mart.queue_daily group by release_id", String.class);
    }

    private List<String> stored() {
        return jdbc.queryForList(
                "select release_id || ' ' || count(*) from mart_rows.queue_daily group by release_id order by release_id",
                String.class);
    }

    private List<String> exported() throws IOException {
        try (Stream<Path> entries = Files.list(warehouse.resolve("exports"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private void kill(String runId) {
        for (String table : List.of("batch_step_execution", "batch_job_execution")) {
            jdbc.update(
                    "update " + table
                            + " set status = 'STARTED', exit_code = 'UNKNOWN', end_time = null where status = 'FAILED' and job_execution_id in"
                            + " (select job_execution_id from batch_job_execution_params where parameter_value = ?)",
                    runId);
        }
    }

    @Test
    void candidateBecomesTheReleaseThatEveryReaderSees() throws Exception {
        MetricsResult result = candidate("2016-01-12.1", 5, 2);
        ReleaseSummary summary = release("2016-01-12.1", result);

        assertThat(summary.troubles()).isEmpty();
        assertThat(seen()).containsExactly("2016-01-12.1 5");
        assertThat(jdbc.queryForMap("select * from mart.queue_daily where \"day\" = date '2016-01-11'"))
                .containsEntry("queue", "queue 1")
                .containsEntry("queue_version", 1)
                .containsEntry("waiting_count", 1L)
                .containsEntry("oldest_age_days", 1L)
                .containsEntry("is_partial", false)
                .containsEntry("data_as_at", java.sql.Date.valueOf("2016-01-11"));
        assertThat(
                        jdbc.queryForMap(
                                "select oldest_age_days, unavailable_reason from mart.queue_daily where \"day\" = date '2016-01-12'"))
                .containsEntry("oldest_age_days", null)
                .containsEntry("unavailable_reason", null);
        assertThat(jdbc.queryForObject(
                        "select left_per_inflow from mart.queue_monthly where month_start_on = date '2016-01-11'",
                        Double.class))
                .isEqualTo(1.1);

        Release release = new Releases(dataSource).current();
        assertThat(release).isEqualTo(summary.release());
        assertThat(summary.release().digest())
                .isEqualTo(Release.digestOf(summary.release().tables()));
        assertThat(summary.release().keyFingerprint()).isEqualTo("k1");
        assertThat(summary.release().tables()).hasSize(result.tables().size());

        assertThat(ReleasePointer.read(warehouse)).isEqualTo("2016-01-12.1");
        ReleaseFile file = ReleaseFile.read(warehouse, "2016-01-12.1");
        assertThat(file.digest()).isEqualTo(summary.release().digest());
        assertThat(file.tables()).extracting(ReleaseFile.Table::name).contains("core.spell", "mart.queue_daily");
        for (ReleaseFile.Table table : file.tables()) {
            int expected = table.name().equals("core.exclusion") ? 0 : 2;
            assertThat(table.files()).as(table.name()).hasSize(expected).allSatisfy(path -> {
                assertThat(path).startsWith("data/" + table.name().replace('.', '/') + "/data/");
                assertThat(warehouse.resolve(path)).isRegularFile();
            });
        }

        Path export = warehouse.resolve("exports/current");
        assertThat(Files.readSymbolicLink(export)).isEqualTo(Path.of("2016-01-12.1"));
        assertThat(export.resolve("queue_daily/part-00001.parquet")).isRegularFile();
        assertThat(export.resolve("queue_daily/part-00002.parquet")).isRegularFile();
        assertThat(Files.readString(export.resolve("README.md")))
                .contains("5 rows, one per queue, slice, slice_value, day; in 2 files in `queue_daily/`.");
        assertThat(Files.readString(export.resolve("manifest.json"))).contains("queue_daily/part-00002.parquet");
        assertThat(jdbc.queryForList("select feed || ' ' || current_count from ops.feed_account", String.class))
                .containsExactly("requests 7");
    }

    @Test
    void martWithoutRowsIsReleasedWithoutAFile() throws Exception {
        ReleaseSummary summary = release("2016-01-12.1", 0);

        assertThat(summary.troubles()).isEmpty();
        assertThat(seen()).isEmpty();
        assertThat(warehouse.resolve("exports/current/queue_daily.parquet")).doesNotExist();
        assertThat(Files.readString(warehouse.resolve("exports/current/README.md")))
                .contains("0 rows, one per queue, slice, slice_value, day; in no file, since there is none to hold.");
    }

    @Test
    void failedAuditLeavesThePreviousReleaseStanding() throws Exception {
        release("2016-01-12.1", 5);
        MetricsResult good = candidate("2016-01-13.1", 6, 1);
        MetricsResult bad = new MetricsResult(
                good.tables(),
                good.accounts(),
                List.of(new MetricsResult.QualityResult(
                        "mart.queue_daily", "FLOWS_BALANCE", "stop", 2, "waiting is not opening + flows")),
                List.of(),
                null,
                List.of());

        NightFailure failure = catchThrowableOfType(NightFailure.class, () -> release("2016-01-13.1", bad));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED);
        assertThat(failure).hasMessage("""
                        the audit failed, so nothing was published; release 2016-01-12.1 still stands. Mend what is listed here in the source or the force folder, then run the night again:
                          mart.queue_daily FLOWS_BALANCE (2 rows): waiting is not opening + flows""");
        assertThat(seen()).containsExactly("2016-01-12.1 5");
        assertThat(stored()).containsExactly("2016-01-12.1 5");
        assertThat(ReleasePointer.read(warehouse)).isEqualTo("2016-01-12.1");
        assertThat(exported()).containsExactly("2016-01-12.1", "current");
        assertThat(jdbc.queryForList(
                        "select code || ' ' || failed_count from ops.quality_result where run_id = 'run-2016-01-13.1'",
                        String.class))
                .containsExactly("FLOWS_BALANCE 2");
    }

    @Test
    void nightKilledBeforeTheFlipChangesNothingAndCanBeRunAgain() throws Exception {
        release("2016-01-12.1", 5);
        MetricsResult result = candidate("2016-01-13.1", 6, 1);
        atTheFlip = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> release("2016-01-13.1", result))
                .isInstanceOf(NightFailure.class)
                .hasMessage("release 2016-01-13.1 was not made: killed");
        kill("run-2016-01-13.1");

        assertThat(seen()).containsExactly("2016-01-12.1 5");
        assertThat(stored()).containsExactly("2016-01-12.1 5", "2016-01-13.1 6");
        assertThat(ReleasePointer.read(warehouse)).isEqualTo("2016-01-12.1");

        atTheFlip = () -> {};
        ReleaseSummary again = release("2016-01-13.1", result);
        assertThat(seen()).containsExactly("2016-01-13.1 6");
        assertThat(stored()).containsExactly("2016-01-12.1 5", "2016-01-13.1 6");
        assertThat(ReleasePointer.read(warehouse)).isEqualTo("2016-01-13.1");
        assertThat(release("2016-01-13.1", result)).as("called once more").isEqualTo(again);
    }

    @Test
    void rowsOfANightThatWasKilledGoWithTheNextRelease() throws Exception {
        release("2016-01-12.1", 5);
        atTheFlip = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> release("2016-01-13.1", 6)).isInstanceOf(NightFailure.class);
        atTheFlip = () -> {};

        ReleaseSummary next = release("2016-01-13.2", 6);
        assertThat(stored()).containsExactly("2016-01-12.1 5", "2016-01-13.2 6");
        assertThat(exported()).containsExactly("2016-01-12.1", "2016-01-13.2", "current");
        assertThat(release("2016-01-13.3", 6).release().digest())
                .as("digest of the same content")
                .isEqualTo(next.release().digest());
    }

    @Test
    void nightThatLostItsLockDoesNotRelease() throws Exception {
        atTheFlip = () -> {
            throw new NightFailure(ExitCode.LOCK_HELD, "taken over");
        };

        assertThatThrownBy(() -> release("2016-01-12.1", 5))
                .isInstanceOf(NightFailure.class)
                .hasMessage("taken over");
        assertThat(new Releases(dataSource).list()).isEmpty();
    }

    @Test
    void pointerThatTheCrashLeftBehindIsMendedAtTheNextStart() throws Exception {
        release("2016-01-12.1", 5);
        MetricsResult result = candidate("2016-01-13.1", 6, 1);
        Path obstacle = Files.createDirectory(warehouse.resolve("releases/.current.tmp"));
        assertThatThrownBy(() -> release("2016-01-13.1", result)).isInstanceOf(NightFailure.class);
        kill("run-2016-01-13.1");
        Files.delete(obstacle);
        assertThat(seen()).containsExactly("2016-01-13.1 6");
        assertThat(ReleasePointer.read(warehouse)).isEqualTo("2016-01-12.1");

        assertThat(ReleasePointer.mend(warehouse, new Releases(dataSource))).isTrue();
        assertThat(ReleasePointer.read(warehouse)).isEqualTo("2016-01-13.1");

        release("2016-01-13.1", result);
        assertThat(exported()).containsExactly("2016-01-12.1", "2016-01-13.1", "current");
        assertThat(Files.readSymbolicLink(warehouse.resolve("exports/current"))).isEqualTo(Path.of("2016-01-13.1"));
    }

    @Test
    void failedExportDoesNotUnmakeTheReleaseAndCanBeRepeated() throws Exception {
        Path obstacle = Files.createFile(warehouse.resolve("exports"));
        ReleaseSummary summary = release("2016-01-12.1", 5);

        assertThat(seen()).containsExactly("2016-01-12.1 5");
        assertThat(summary.exportFolder()).isNull();
        assertThat(summary.troubles())
                .singleElement()
                .asString()
                .startsWith("the export of release 2016-01-12.1 failed: ");

        Files.delete(obstacle);
        assertThat(publisher().export("2016-01-12.1")).isEqualTo(warehouse.resolve("exports/2016-01-12.1"));
        assertThat(publisher().export("2016-01-12.1")).as("again").exists();
        assertThat(exported()).containsExactly("2016-01-12.1", "current");
        assertThatThrownBy(() -> publisher().export("2016-01-12.7"))
                .hasMessage("there is no release 2016-01-12.7; releases: [2016-01-12.1]");
    }

    @Test
    void threeReleasesAndNamedOnesStay() throws Exception {
        for (int number = 1; number <= 5; number++) {
            release("2016-01-12." + number, number);
            jdbc.update("update ops.release set name = 'first' where release_id = '2016-01-12.1'");
        }

        assertThat(stored()).containsExactly("2016-01-12.1 1", "2016-01-12.3 3", "2016-01-12.4 4", "2016-01-12.5 5");
        assertThat(exported())
                .containsExactly("2016-01-12.1", "2016-01-12.3", "2016-01-12.4", "2016-01-12.5", "current");
        assertThat(new Releases(dataSource).list()).hasSize(5);
    }

    @Test
    void laterNightDoesNotChangeWhatAnEarlierCandidatePublishes() throws Exception {
        MetricsResult first = candidate("2016-01-12.1", 5, 1);
        candidate("2016-01-12.2", 9, 1);

        release("2016-01-12.1", first);
        assertThat(seen()).containsExactly("2016-01-12.1 5");
    }

    @Test
    void readerNeverSeesTwoNights() throws Exception {
        release("2016-01-12.1", 100);
        AtomicBoolean done = new AtomicBoolean();
        List<String> views = new ArrayList<>();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<?> reading = reader.submit(() -> {
            String sql = "select release_id || ' ' || count(*) as line from mart.queue_daily group by release_id"
                    + " union all select release_id || ' dim ' || count(*) from mart.dim_date group by release_id";
            while (!done.get()) {
                try (Connection connection = dataSource.getConnection();
                        var statement = connection.createStatement();
                        var rows = statement.executeQuery(sql)) {
                    List<String> lines = new ArrayList<>();
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                    views.add(String.join(", ", lines));
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            }
        });
        for (int number = 2; number <= 6; number++) {
            release("2016-01-12." + number, 100 * number);
        }
        done.set(true);
        reading.get();
        reader.shutdown();

        List<String> expected = Stream.iterate(1, number -> number + 1)
                .limit(6)
                .map(number -> "2016-01-12." + number + " " + 100 * number + ", 2016-01-12." + number + " dim 2")
                .toList();
        assertThat(views.stream().distinct().collect(Collectors.toList()))
                .isSubsetOf(expected)
                .hasSizeGreaterThan(1);
    }
}
