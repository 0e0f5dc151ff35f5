package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.retention.Retention;
import uk.fpw.warehouse.testing.TestDatabase;

/** A warehouse with its database and catalog, and an application with the release job. */
final class ReleaseTestApplication implements AutoCloseable {

    final Path warehouse;
    final DataSource dataSource;
    final JdbcTemplate jdbc;

    /** Runs when the flip checks the lock, the last moment before the release is written. */
    Runnable atTheFlip = () -> {};

    /** Runs whenever a step checks the lock outside the flip. */
    Runnable atEachStep = () -> {};

    final WarehouseCatalog catalog;
    private final LockGuard lock;
    private final Clock clock = new SteppingClock(Instant.parse("2016-01-13T05:00:00Z"));
    private final ConfigurableApplicationContext application;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(PublishConfiguration.class)
    static class Application {}

    /** Enough for tests that are not about all tables: some of each kind, with and without rows. */
    private static final Set<String> FEW = Set.of(
            "core.spell",
            "core.exclusion",
            "core.ahead",
            "mart.dim_date",
            "mart.queue_daily",
            "mart.queue_weekly",
            "mart.case_clock");

    private final List<Model> models;

    /** Releases few tables; see {@link #ofEveryTable}. */
    ReleaseTestApplication(Force force, String password) {
        this(force, password, FEW);
    }

    /** Releases these tables. */
    ReleaseTestApplication(Force force, String password, Set<String> tables) {
        this(
                force,
                password,
                Models.all().stream()
                        .filter(model -> tables.contains(model.table()))
                        .toList());
    }

    /** Releases every table, which takes seconds. */
    static ReleaseTestApplication ofEveryTable(Force force, String password) {
        return new ReleaseTestApplication(force, password, Models.all());
    }

    private ReleaseTestApplication(Force force, String password, List<Model> models) {
        this.models = models;
        Force.Storage storage = force.storage();
        warehouse = storage.warehouse();
        dataSource = DataSourceBuilder.create()
                // as the program opens it: by another URL, H2 goes to itself over TCP, and closes some time after
                .url(DatabaseUrl.opening(storage.jdbcUrl()))
                .username(storage.jdbcUser())
                .password(password)
                .build();
        jdbc = new JdbcTemplate(dataSource);
        new TestDatabase(storage.jdbcUrl(), storage.jdbcUser(), password).migrated();
        catalog = WarehouseCatalog.open(storage, password);
        lock = new LockGuard() {
            @Override
            public void check() {
                atEachStep.run();
            }

            @Override
            public void check(Connection transaction) {
                atTheFlip.run();
            }
        };
        application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.batch.job.enabled=false",
                        "spring.batch.jdbc.initialize-schema=never",
                        "logging.level.root=off")
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(DataSource.class, () -> dataSource);
                    beans.registerBean(Force.class, () -> force);
                    beans.registerBean(WarehouseCatalog.class, () -> catalog);
                    beans.registerBean(LockGuard.class, () -> lock);
                    beans.registerBean(Clock.class, () -> clock);
                    beans.registerBean("softwareVersion", String.class, () -> "0.1.0");
                    beans.registerBean(
                            "tablesOfTheTest",
                            ReleaseTables.class,
                            () -> new ReleaseTables(models),
                            bean -> bean.setPrimary(true));
                })
                .run();
    }

    @Override
    public void close() {
        application.close();
    }

    Publisher publisher() {
        return application.getBean(Publisher.class);
    }

    /** Writes the tables of a candidate, few of them with rows; its business date is in its release id. */
    MetricsResult candidate(String releaseId, int days) {
        return ExampleCandidates.smallCandidate(catalog, models, releaseId, businessDate(releaseId), days);
    }

    /** A candidate with rows in every table but one. */
    MetricsResult fullCandidate(String releaseId, int days, int files) {
        return ExampleCandidates.candidate(catalog, models, releaseId, businessDate(releaseId), days, files);
    }

    ReleaseSummary release(String releaseId, MetricsResult result) throws IOException {
        Path file = Files.createDirectories(
                        warehouse.resolve("runs").resolve(run(releaseId).value()))
                .resolve("result.json");
        RunFiles.write(result, file);
        load(releaseId);
        ReleaseId id = ReleaseId.of(releaseId);
        Publisher.Publication publication = publisher()
                .release(new ReleaseRequest(run(releaseId), businessDate(releaseId), id, file, "k1", false, false));
        return publisher().summary(id, file, publication);
    }

    /** What a run does after each release. */
    void applyRetention() {
        List<String> failures = new Retention(warehouse, catalog, dataSource, lock, clock)
                .apply(Map.of("copies", application.getBean(PublishedCopies.class)::deleteExpired));
        assertThat(failures).isEmpty();
    }

    ReleaseSummary release(String releaseId, int days) throws IOException {
        return release(releaseId, candidate(releaseId, days));
    }

    /** Release id and number of rows in the view. */
    List<String> seen() {
        return jdbc.queryForList(
                "select release_id || ' ' || count(*) from mart.queue_daily group by release_id", String.class);
    }

    /** Release id and number of rows in the stored table, as a program reads it that knows Iceberg only. */
    List<String> main() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(catalog.load("mart.queue_daily")).build()) {
            rows.forEach(row -> counts.merge((String) row.getField("release_id"), 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .toList();
    }

    /** Release ids and numbers of stored rows. */
    List<String> stored() {
        return jdbc.queryForList(
                "select release_id || ' ' || count(*) from mart_rows.queue_daily group by release_id order by "
                        + "release_id",
                String.class);
    }

    /** The entries of the folder of exports. */
    List<String> exported() throws IOException {
        try (Stream<Path> entries = Files.list(warehouse.resolve("exports"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** The run that makes a release. */
    private static RunId run(String releaseId) {
        ReleaseId id = ReleaseId.of(releaseId);
        return RunId.of(id.businessDate(), Instant.EPOCH, id.number());
    }

    /** Makes a failed attempt look as if its process had been killed: its end is not recorded. */
    void kill(String releaseId) {
        for (String table : List.of("batch_step_execution", "batch_job_execution")) {
            jdbc.update(
                    "update " + table
                            + " set status = 'STARTED', exit_code = 'UNKNOWN', end_time = null where status = "
                            + "'FAILED' and job_execution_id in"
                            + " (select job_execution_id from batch_job_execution_params where parameter_value = ?)",
                    run(releaseId).value());
        }
    }

    /** Records that the feed was loaded for the release's date, if it has not been yet. */
    private void load(String releaseId) {
        jdbc.update("""
                insert into ops.feed_load
                    (load_id, feed, business_date, status, received_count, loaded_count, unchanged_count, \
                repeated_count, refused_count, started_at)
                select cast(? as varchar(60)), 'requests', cast(? as date), 'loaded', 3, 2, 1, 0, 0, timestamp \
                '2016-01-13 05:00:00'
                where not exists (select 1 from ops.feed_load where business_date = ?)\
                """, releaseId, businessDate(releaseId), businessDate(releaseId));
    }

    private static LocalDate businessDate(String releaseId) {
        return LocalDate.parse(releaseId.substring(0, 10));
    }
}
