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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.FeedBranch;

/** Nights whose loads begin in pairs at the same moment; a failing shell script replaces the Spark process. */
class FeedsSideBySideIT {

    private static final LocalDate FIRST = LocalDate.of(2016, 1, 12);
    private static final int NIGHTS = 2;
    private static final int ROWS = 2000;

    /** The first two are read from one source, the others from another. */
    private static final List<String> FEEDS = List.of("devices", "exits", "people", "visits");

    private static final String PASSWORD_VARIABLE = "FPW_TEST_DATABASE_PASSWORD";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The lines of force.yml about a new database for a warehouse; empty for the embedded one. */
    String database(String passwordVariable) {
        return "";
    }

    /** Its password. */
    String password() {
        return "";
    }

    @Tag("thorough")
    @Test
    void loadsAtOnceGiveTheWarehouseOfLoadsOneAfterTheOther() throws IOException {
        Path one = writeForce("one", false);
        Path two = writeForce("two", true);
        for (int night = 0; night < NIGHTS; night++) {
            for (Path force : List.of(one, two)) {
                for (String feed : FEEDS) {
                    drop(force, feed, rows(feed, night));
                }
            }
            assertThat(fails(one, night, new PrintStream(out, true, StandardCharsets.UTF_8)))
                    .as(text(err))
                    .isEqualTo(ExitCode.INTERNAL);
            assertThat(fails(two, night, twoByTwo())).as(text(err)).isEqualTo(ExitCode.INTERNAL);
            assertThat(text(err)).contains("the Spark process ended with exit code 7");
            assertThat(content(two)).isEqualTo(content(one));
        }
        assertThat(ask(two, "select feed from ops.feed_load where status = 'loaded' order by started_at, feed"))
                .hasSize(NIGHTS * FEEDS.size());
        assertThat(ask(
                        two,
                        "select distinct feed, loaded_count, unchanged_count, refused_count, deleted_count "
                                + "from ops.feed_load where feed = 'visits' and business_date = date "
                                + "'2016-01-13'"))
                .containsExactly(Map.of(
                        "feed",
                        "visits",
                        "loaded_count",
                        20L,
                        "unchanged_count",
                        1980L,
                        "refused_count",
                        1L,
                        "deleted_count",
                        1L));
    }

    @Test
    void aNightThatWasKilledIsResumedWhereItStopped() throws IOException {
        Path force = writeForce("killed", true);
        for (String feed : FEEDS) {
            drop(force, feed, rows(feed, 0));
        }
        PrintStream progress = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(fails(force, 0, progress)).isEqualTo(ExitCode.INTERNAL);
        // as if its process had been killed, and a file delivered again since
        change(force, "update ops.night set status = 'running', exit_code = null, finished_at = null");
        drop(force, "people", rows("people", 1));
        out.reset();
        assertThat(fails(force, 0, progress)).isEqualTo(ExitCode.INTERNAL);
        assertThat(text(out).lines().filter(line -> line.contains("loading feed") || line.contains("loaded again")))
                .extracting(line -> line.strip().substring(8).strip())
                .containsExactlyInAnyOrder(
                        "feed devices: devices.csv was loaded by the interrupted run, and is not loaded again",
                        "feed exits: exits.csv was loaded by the interrupted run, and is not loaded again",
                        "loading feed people from people.csv",
                        "feed visits: visits.csv was loaded by the interrupted run, and is not loaded again");
        assertThat(loads(force))
                .containsExactly("devices 2000 0", "exits 2000 0", "people 2000 0", "people 20 1980", "visits 2000 0");
        // the second night ended, whatever the outcome: a third one reads everything
        assertThat(fails(force, 0, progress)).isEqualTo(ExitCode.INTERNAL);
        assertThat(loads(force))
                .containsExactly(
                        "devices 2000 0",
                        "devices 0 2000",
                        "exits 2000 0",
                        "exits 0 2000",
                        "people 2000 0",
                        "people 20 1980",
                        "people 0 2000",
                        "visits 2000 0",
                        "visits 0 2000");
    }

    /** Feed, loaded rows and unchanged rows of each load. */
    private List<String> loads(Path force) {
        return ask(force, "select feed, loaded_count, unchanged_count from ops.feed_load order by feed, started_at")
                .stream()
                .map(load -> load.get("feed") + " " + load.get("loaded_count") + " " + load.get("unchanged_count"))
                .toList();
    }

    private void change(Path folderOfForce, String sql) {
        Force force = ForceFolder.read(folderOfForce);
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), password())) {
            assertThat(new JdbcTemplate(dataSource).update(sql)).isEqualTo(1);
        }
    }

    @Test
    void failuresAreListedInTheOrderOfTheFeedsAndTheOthersAreLoaded() throws IOException {
        Path force = writeForce("failing", true);
        for (String feed : FEEDS) {
            drop(force, feed, rows(feed, 0));
        }
        drop(force, "devices", List.of("id,other", "1,2016-01-01"));
        drop(force, "people", List.of("id,other", "1,2016-01-01"));
        assertThat(fails(force, 0, twoByTwo())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(text(err))
                .containsSubsequence(
                        "(exit code 3): 2 feeds could not be loaded:",
                        force.resolve("north/devices.csv").toString(),
                        force.resolve("south/people.csv").toString());
        assertThat(ask(force, "select feed, status from ops.feed_load order by feed"))
                .extracting(load -> load.get("feed") + " " + load.get("status"))
                .containsExactly("devices failed", "exits loaded", "people failed", "visits loaded");
    }

    /** Lets a load begin when another one does. */
    private PrintStream twoByTwo() {
        CyclicBarrier both = new CyclicBarrier(2);
        return new PrintStream(out, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                if (line.contains("loading feed")) {
                    try {
                        both.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                        throw new AssertionError("no other load begins beside this one", alone);
                    }
                }
                super.println(line);
            }
        };
    }

    private ExitCode fails(Path force, int night, PrintStream progress) {
        err.reset();
        RunExecutor runner = new RunExecutor(
                new ProcessSupervisor(
                        folder.resolve("lib"),
                        Map.of("SPARK_HOME", folder.resolve("spark").toString(), PASSWORD_VARIABLE, password()),
                        ProgramStarter.PROCESSES),
                Clock.systemUTC(),
                progress,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "0.1.0");
        return catchThrowableOfType(
                        ReportedException.class,
                        () -> runner.run(
                                ForceFolder.read(force), RunRequest.nightly(FIRST.plusDays(night)), LogFormat.text))
                .exitCode();
    }

    /** Loads, refusals and all rows, without what differs between runs. */
    private List<String> content(Path folderOfForce) {
        List<String> lines = new ArrayList<>();
        ask(
                        folderOfForce,
                        "select feed, business_date, status, received_count, loaded_count, unchanged_count, "
                                + "repeated_count, refused_count, deleted_count, file_digest"
                                + " from ops.feed_load order by feed, business_date")
                .forEach(load -> lines.add(load.toString()));
        ask(
                        folderOfForce,
                        "select feed, line_number, row_key, code, message from ops.refusal order by feed, load_id, "
                                + "line_number")
                .forEach(refusal -> lines.add(refusal.toString()));
        Force force = ForceFolder.read(folderOfForce);
        try (WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), password())) {
            for (String feed : FEEDS) {
                for (String branch : List.of(WarehouseCatalog.RAW, WarehouseCatalog.CURRENT)) {
                    List<String> rows = new ArrayList<>();
                    for (Record row : FeedBranch.rows(catalog, branch + "." + feed)) {
                        StringBuilder line = new StringBuilder(branch + "." + feed);
                        for (NestedField field : row.struct().fields()) {
                            if (!List.of("_load_id", "_loaded_at").contains(field.name())) {
                                line.append(" | ").append(row.getField(field.name()));
                            }
                        }
                        rows.add(line.toString());
                    }
                    rows.sort(null);
                    lines.addAll(rows);
                }
            }
        }
        return lines;
    }

    private List<Map<String, Object>> ask(Path folderOfForce, String sql) {
        Force force = ForceFolder.read(folderOfForce);
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), password())) {
            return new JdbcTemplate(dataSource).queryForList(sql);
        }
    }

    /** Header and rows: 19 that change from night to night, one new, one gone, one unreadable. */
    private static List<String> rows(String feed, int night) {
        List<String> rows = new ArrayList<>(List.of("id,day"));
        for (int row = night; row < ROWS + night; row++) {
            int day = row % 105 == 0 ? 1 + night : 11 + row % 17;
            rows.add("%s-%05d,2015-12-%02d".formatted(feed, row, day));
        }
        rows.add(feed + "-bad,2015-02-30");
        return rows;
    }

    private static void drop(Path force, String feed, List<String> rows) throws IOException {
        Path south = force.resolve("south");
        Path drop = FEEDS.indexOf(feed) > 1 && Files.exists(south) ? south : force.resolve("north");
        Files.write(drop.resolve(feed + ".csv"), rows);
    }

    private Path writeForce(String name, boolean hasTwoSources) throws IOException {
        Path force = folder.toRealPath().resolve(name + "/force");
        String database = database(PASSWORD_VARIABLE);
        file(force.resolve("force.yml"), """
                force: test_force
                name: Test force
                zone: Europe/London
                pages: {made: false}
                storage:
                  warehouse: ../warehouse
                """ + database);
        if (database.isEmpty()) {
            MigratedWarehouse.in(force.resolveSibling("warehouse"));
        }
        Files.createDirectories(force.resolve("north"));
        String connections = "connections:\n  - {name: north, kind: files, path: north}\n";
        if (hasTwoSources) {
            Files.createDirectories(force.resolve("south"));
            connections += "  - {name: south, kind: files, path: south}\n";
        }
        file(force.resolve("connections.yml"), connections);
        for (String feed : FEEDS) {
            file(force.resolve("feeds/" + feed + ".yml"), """
                    feed: %s
                    source: lab
                    description: Some rows.
                    connection: %s
                    file: %s.csv
                    extract: full
                    key: [id]
                    item: id
                    columns:
                      - {name: id, from: id, type: text, privacy: not_personal, description: Number.}
                      - {name: seen_on, from: day, type: date, privacy: not_personal, description: Day.}
                    """.formatted(
                            feed, hasTwoSources && FEEDS.indexOf(feed) > 1 ? "south" : "north", feed));
        }
        file(force.resolve("staging/device_events.yml"), """
                staging: device_events
                source: lab
                item_kind: device
                feeds: [devices]
                events: [submitted, examined]
                attributes: []
                """);
        file(
                force.resolve("staging/device_events.sql"),
                "select id as item_key, 'submitted' as event, seen_on as occurred_on, 0 as event_order from devices\n");
        file(force.resolve("queues/examination.yml"), """
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
        file(folder.resolve("lib/spark/fpw-metrics-0.1.0.jar"), "");
        Files.createDirectories(folder.resolve("lib/audit"));
        Files.createDirectories(folder.resolve("lib/query"));
        Files.createDirectories(folder.resolve("lib/app"));
        Files.createDirectories(folder.resolve("spark/jars"));
        Path spark = folder.resolve("spark/bin/spark-submit");
        file(spark, "#!/usr/bin/env bash\nexit 7\n");
        Files.setPosixFilePermissions(spark, PosixFilePermissions.fromString("rwxr-xr-x"));
        return force;
    }

    private static void file(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
