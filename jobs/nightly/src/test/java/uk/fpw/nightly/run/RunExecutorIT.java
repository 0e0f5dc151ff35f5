package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;

/** Failing nights, as seen by the application: a shell script replaces the Spark process. */
class RunExecutorIT {

    private static final LocalDate DATE = LocalDate.of(2016, 1, 12);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeForceFolder() throws IOException {
        file("force/force.yml", """
                force: test_force
                name: Test force
                zone: Europe/London
                pages: {made: false}
                storage: {warehouse: ../warehouse}
                """);
        file("force/connections.yml", "connections: [{name: drop, kind: files, path: drop}]\n");
        file("force/feeds/devices.yml", """
                feed: devices
                source: dfu
                description: Devices submitted for examination.
                connection: drop
                file: devices.csv
                extract: full
                key: [id]
                item: id
                columns:
                  - {name: id, from: id, type: text, privacy: not_personal, description: Number of the device.}
                  - {name: submitted_on, from: submitted, type: date, privacy: not_personal, description: Day of \
                submission.}
                """);
        file("force/staging/device_events.yml", """
                staging: device_events
                source: dfu
                item_kind: device
                feeds: [devices]
                events: [submitted, examined]
                attributes: []
                """);
        file("force/staging/device_events.sql", """
                select id as item_key, 'submitted' as event, submitted_on as occurred_on, 0 as event_order from devices
                """);
        file("force/queues/examination.yml", """
                queue: examination
                version: 1
                title: Devices awaiting examination
                description: From submission on.
                item_kind: device
                item_unit: devices
                enters: [submitted]
                leaves: [{event: examined, as: examined, served: true}]
                slices: []
                """);
        MigratedWarehouse.in(folder.resolve("warehouse"));
        file("force/drop/devices.csv", "id,submitted\nA1,2015-11-02\nA2,2015-12-24\n");
        file("lib/spark/fpw-metrics-0.1.0.jar", "");
        Files.createDirectories(folder.resolve("lib/audit"));
        Files.createDirectories(folder.resolve("lib/query"));
        Files.createDirectories(folder.resolve("lib/app"));
        Files.createDirectories(folder.resolve("spark/jars"));
        file("spark/bin/spark-submit", "#!/usr/bin/env bash\necho 'no memory' >&2\nexit 7\n");
        Files.setPosixFilePermissions(
                folder.resolve("spark/bin/spark-submit"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void nightWhoseSparkProcessDiesKeepsItsLoadsSaysWhyAndGivesBackTheLock() throws IOException {
        ReportedException failure = fails();
        assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(text(out))
                .contains("feed devices: 2 rows received; 2 loaded, 0 unchanged, 0 repeated, 0 refused; 0 deleted");
        assertThat(text(err))
                .startsWith("fpw: the nightly run failed (exit code 1): the Spark process ended with exit code 7 "
                        + "and without a result.")
                .contains("    no memory")
                .contains("fpw: no release was created, and none is current; the log is ")
                .doesNotContain("\tat ");
        Path log = Path.of(text(err).strip().replaceFirst("(?s).*the log is ", ""));
        assertThat(Files.readString(log)).contains("FpwException").contains("\tat ");
        assertThat(nights()).containsExactly(Map.of("status", "failed", "exit_code", 1, "release_id", "2016-01-12.1"));
        assertThat(lockHolders()).isEmpty();

        out.reset();
        fails();
        assertThat(text(out))
                .contains("feed devices: 2 rows received; 0 loaded, 2 unchanged, 0 repeated, 0 refused; 0 deleted");
    }

    @Test
    void missingFileEndsTheNightBeforeSpark() throws IOException {
        Files.delete(folder.resolve("force/drop/devices.csv"));
        assertThat(fails().exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(text(err)).contains("devices.csv").doesNotContain("Spark");
        Path log = Path.of(text(err).strip().replaceFirst("(?s).*the log is ", ""));
        assertThat(Files.readAllLines(log).stream()
                        .filter(line ->
                                line.contains(" ERROR ") || line.startsWith("\tat ") || line.startsWith("Caused by")))
                .singleElement()
                .asString()
                .contains("the nightly run failed: " + folder.resolve("force/drop/devices.csv")
                        + ": the file does not exist");
    }

    @Test
    void secondNightIsRejectedWhileTheFirstHoldsTheLock() throws IOException {
        Force force = ForceFolder.read(folder.resolve("force"));
        try (HikariDataSource dataSource = WarehouseDatabase.open(force.storage(), "");
                WarehouseLock first = WarehouseLock.acquire(dataSource::getConnection, "the-first-night")) {
            assertThat(fails().exitCode()).isEqualTo(ExitCode.LOCK_HELD);
            assertThat(text(err))
                    .startsWith("fpw: the nightly run failed (exit code 6): another run holds the warehouse lock: "
                            + "run the-first-night,");
            first.check();
        }
    }

    @Tag("thorough")
    @Test
    void nightBeforeTheLatestIsRefused() throws IOException {
        fails();
        err.reset();
        ReportedException failure =
                catchThrowableOfType(ReportedException.class, () -> run(DATE.minusDays(1), LogFormat.text));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err))
                .startsWith("fpw: the nightly run failed (exit code 2): the last business date of the warehouse is "
                        + "2016-01-12, so a nightly run "
                        + "of 2016-01-11 is"
                        + " rejected: business dates must not decrease. Run 2016-01-12 or later");
    }

    /** The withdrawal is in raw, but its process was killed before it was recorded in ops. */
    @Test
    void whatAKilledWithdrawalLeftIsKnownToTheNextRun() throws IOException {
        fails();
        Force force = ForceFolder.read(folder.resolve("force"));
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), "", 4);
                WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), "")) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.update("update ops.night set status = 'computed', started_at = current_timestamp");
            String load =
                    Objects.requireNonNull(jdbc.queryForObject("select load_id from ops.feed_load", String.class));
            new LoadWithdrawals(catalog, dataSource, () -> {}, Clock.systemUTC()).withdraw(load, "wrong file", "fpw");
            jdbc.update("update ops.feed_load set status = 'loaded', withdrawn_at = null, withdrawn_by = null");
        }

        err.reset();
        assertThat(catchThrowableOfType(ReportedException.class, () -> runner().run(
                                        force,
                                        new RunRequest(RunRequest.Task.RELEASE, DATE, null, false, false, false),
                                        LogFormat.text))
                        .exitCode())
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err))
                .startsWith("fpw: the release failed (exit code 2): candidate 2016-01-12.1 is out of date: rows of "
                        + "devices were loaded or withdrawn after it was computed; recompute "
                        + "it: fpw metrics --date 2016-01-12");
        assertThat(ask("select status, withdrawn_by from ops.feed_load"))
                .containsExactly(Map.of("status", "withdrawn", "withdrawn_by", "fpw"));

        err.reset();
        ReportedException earlier =
                catchThrowableOfType(ReportedException.class, () -> run(DATE.minusDays(1), LogFormat.text));
        assertThat(earlier.exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(text(err)).contains("the Spark process ended with exit code 7");
    }

    @Tag("thorough")
    @Test
    void nightThatRanWhileTheClockWasAheadDoesNotBlockTheNext() throws IOException {
        fails();
        Force force = ForceFolder.read(folder.resolve("force"));
        try (WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), "")) {
            putAhead(catalog.load("raw.devices"));
        }
        file("force/drop/devices.csv", "id,submitted\nA1,2015-11-02\nA2,2015-12-25\n");

        out.reset();
        err.reset();
        assertThat(fails().exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(text(err)).contains("the Spark process ended with exit code 7");
        assertThat(text(out))
                .contains("tables written while the system clock was ahead: 1; their commits got new "
                        + "timestamps, since Iceberg refuses commits older than the last one")
                .contains("feed devices: 2 rows received; 1 loaded, 1 unchanged, 0 repeated, 0 refused; 0 deleted");
        Path log = Path.of(text(err).strip().replaceFirst("(?s).*the log is ", ""));
        assertThat(Files.readString(log))
                .contains("raw.devices: commits made while the clock was ahead get new timestamps");
    }

    /** As if everything had been committed three days later. */
    private static void putAhead(Table table) {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata metadata = operations.current();
        String ahead = Pattern.compile("\"(timestamp-ms|last-updated-ms)\":([0-9]+)")
                .matcher(TableMetadataParser.toJson(metadata))
                .replaceAll(moment -> "\"" + moment.group(1) + "\":"
                        + (Long.parseLong(moment.group(2)) + Duration.ofDays(3).toMillis()));
        operations.commit(metadata, TableMetadataParser.fromJson(ahead));
    }

    @Tag("thorough")
    @Test
    void nightFarAfterTheLatestIsRefusedUnlessTheForceAllowsIt() throws IOException {
        fails();
        err.reset();
        ReportedException failure =
                catchThrowableOfType(ReportedException.class, () -> run(DATE.plusDays(31), LogFormat.text));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err))
                .startsWith("fpw: the nightly run failed (exit code 2): the business date 2016-02-12 is 31 days after "
                        + "2016-01-12, the last business date of the warehouse;");

        Files.writeString(
                folder.resolve("force/force.yml"), "confirm_date_after_days: 31\n", StandardOpenOption.APPEND);
        assertThat(catchThrowableOfType(ReportedException.class, () -> run(DATE.plusDays(31), LogFormat.text))
                        .exitCode())
                .isEqualTo(ExitCode.INTERNAL);
        assertThat(text(err)).contains("the Spark process ended with exit code 7");
    }

    @Test
    void queueThatMeansSomethingElseUnderTheVersionOfAReleaseIsRefused() throws IOException {
        fails();
        Force force = ForceFolder.read(folder.resolve("force"));
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), "")) {
            new JdbcTemplate(dataSource).execute((ConnectionCallback<Boolean>) (Connection connection) -> {
                QueueDefinitions.record(
                        connection,
                        new Release(
                                ReleaseId.of("2016-01-11.1"),
                                RunId.of("2016-01-11-20160112T040000-0a1b"),
                                DATE.minusDays(1),
                                Instant.EPOCH,
                                "1",
                                "f",
                                null,
                                "d",
                                null,
                                List.of(),
                                List.of()),
                        QueueFingerprint.of(force));
                return true;
            });
        }
        Path queue = folder.resolve("force/queues/examination.yml");
        String text = Files.readString(queue);

        Files.writeString(queue, text.replace("title: Devices awaiting", "# Which?\ntitle: Devices that await"));
        assertThat(fails().exitCode()).isEqualTo(ExitCode.INTERNAL);

        err.reset();
        Files.writeString(queue, text.replace("served: true", "served: false"));
        assertThat(fails().exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err))
                .startsWith("fpw: the nightly run failed (exit code 2): queues/examination.yml: version 1 had"
                        + " another definition when release 2016-01-11.1 of 2016-01-11 was made (leaves); raise "
                        + "'version' to 2,"
                        + " so that every row shows which definition it was counted with, or undo the change");
        assertThat(nights()).hasSize(2);
    }

    @Test
    void nightThatWasKilledIsMarkedByTheNext() throws IOException {
        fails();
        Force force = ForceFolder.read(folder.resolve("force"));
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), "")) {
            new JdbcTemplate(dataSource)
                    .update("update ops.night set status = 'running', finished_at = null, exit_code = null");
        }
        Path killed;
        try (Stream<Path> runs = Files.list(folder.resolve("warehouse/runs"))) {
            killed = runs.findFirst().orElseThrow();
        }
        Path leftBehind = Files.writeString(killed.resolve("run.json"), "{\"jdbcPassword\": \"secret\"}");
        out.reset();
        fails();
        assertThat(text(out)).contains("terminated unexpectedly; marked as abandoned");
        assertThat(leftBehind).doesNotExist();
        assertThat(nights()).extracting(night -> night.get("status")).containsExactly("abandoned", "failed");
    }

    @Tag("thorough")
    @Test
    void logCanBeJsonLines() throws IOException {
        assertThat(fails(LogFormat.json).exitCode()).isEqualTo(ExitCode.INTERNAL);
        Path log = Path.of(text(err).strip().replaceFirst("(?s).*the log is ", ""));
        assertThat(Files.readAllLines(log))
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
    }

    private ReportedException fails() {
        return fails(LogFormat.text);
    }

    private ReportedException fails(LogFormat format) {
        return catchThrowableOfType(ReportedException.class, () -> run(DATE, format));
    }

    private void run(LocalDate date, LogFormat format) {
        runner().run(ForceFolder.read(folder.resolve("force")), RunRequest.nightly(date), format);
    }

    private RunExecutor runner() {
        return new RunExecutor(
                new ProcessSupervisor(
                        folder.resolve("lib"),
                        Map.of("SPARK_HOME", folder.resolve("spark").toString()),
                        ProgramStarter.PROCESSES),
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "0.1.0");
    }

    private List<Map<String, Object>> nights() {
        return ask("select status, exit_code, release_id from ops.night order by started_at");
    }

    private List<Map<String, Object>> lockHolders() {
        return ask("select run_id from ops.warehouse_lock where run_id is not null");
    }

    private List<Map<String, Object>> ask(String sql) {
        Force force = ForceFolder.read(folder.resolve("force"));
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), "")) {
            return new JdbcTemplate(dataSource).queryForList(sql);
        }
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
