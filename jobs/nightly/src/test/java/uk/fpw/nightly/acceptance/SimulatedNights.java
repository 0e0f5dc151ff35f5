package uk.fpw.nightly.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.acceptance.LaboratoryYear.Delivery;
import uk.fpw.nightly.acceptance.LaboratoryYear.Event;
import uk.fpw.nightly.acceptance.LaboratoryYear.Night;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.SyncedFiles;
import uk.fpw.warehouse.testing.TableFiles;

/** Runs the nights of {@link LaboratoryYear} in a warehouse, and compares the results. */
final class SimulatedNights implements AutoCloseable {

    /** This hour occurs twice in one night of the year, and not at all in another. */
    private static final int HOUR = 1;

    /** One load and its compaction sync fewer files and folders than this. */
    private static final int SYNCS_OF_A_LOAD = 12;

    private static final String ALL_LOADS = """
            select source_date, status, received_count, loaded_count, deleted_count, refused_count from ops.feed_load \
            where status in ('loaded', 'withdrawn') and business_date = date '%s' and feed = '%s' order by \
            started_at, load_id""";

    private static final String WRONG_ACCOUNTS = """
            select account.feed from ops.feed_account as account inner join ops.release as release on account.run_id = \
            release.run_id where current_count <> used_count + excluded_count""";

    private static final String WRONG_LOADS = """
            select load_id from ops.feed_load where status in ('loaded', 'withdrawn') and received_count <> \
            loaded_count + unchanged_count + repeated_count + superseded_count + refused_count + kept_out_count""";

    private static final String ALL_FIGURES = """
            select sum(received_count + reentered_count) as received, sum(left_count) as "left", \
            sum(case when "day" = date '%s' then waiting_count else 0 end) as waiting from mart.queue_daily \
            where is_total""";

    private final Installation programs;
    private final TrialForce force;
    private final Force.Storage storage;
    private final List<Duration> took = new ArrayList<>();
    private final SoftAssertions problems = new SoftAssertions();
    private Installation fpw;
    private LocalDate date = LocalDate.MIN;
    private Instant now = Instant.MIN;
    private Duration nightly = Duration.ZERO;
    private @Nullable Connection open;
    private @Nullable WarehouseCatalog catalog;

    /** The rows of each feed, by their keys. */
    private final Map<String, SortedMap<String, String>> known =
            new TreeMap<>(Map.of("devices", new TreeMap<>(), "exits", new TreeMap<>()));

    /**
     * Uses a folder in which some nights may already have been run.
     *
     * @param done these nights
     */
    SimulatedNights(Installation programs, Path folder, List<Night> done) {
        this.programs = programs;
        this.fpw = programs;
        this.force = done.isEmpty() ? LaboratoryYear.force(folder) : TrialForce.existing(folder.resolve("force"));
        this.storage = ForceFolder.read(force.folder()).storage();
        for (Night night : done) {
            loaded("devices", night.devices().files());
            loaded("exits", night.exits().files());
        }
    }

    Force.Storage storage() {
        return storage;
    }

    // ---- a night

    void run(Night night, boolean hasFigures) {
        date = night.date();
        now = date.plusDays(1).atTime(HOUR, 30).atZone(LaboratoryYear.ZONE).toInstant();
        fpw = programs.at(Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now)));
        if (hasFigures) {
            write("devices", night.devices());
            write("exits", night.exits());
            loaded("devices", night.devices().files());
            loaded("exits", night.exits().files());
            Duration before = processorTime();
            succeed("nightly");
            nightly = processorTime().minus(before);
            assertKnown("devices");
            assertKnown("exits");
            assertFigures();
        } else {
            load("devices", night.devices());
            load("exits", night.exits());
        }
        SyncedFiles.begin(null);
        dateAll(hasFigures ? WarehouseCatalog.NAMESPACES : List.of(WarehouseCatalog.RAW));
    }

    /** Spring Batch, Iceberg and file systems only know the machine's clock. */
    private void dateAll(List<String> namespaces) {
        TableFiles.date(catalog(), namespaces, now);
        try (Statement statement = open().createStatement()) {
            String moment = "timestamp '" + LocalDateTime.ofInstant(now, ZoneId.systemDefault()) + "'";
            statement.executeUpdate(
                    "update batch_job_execution set create_time = " + moment + " where create_time > " + moment);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Runs the night again: the same figures from the same rows. */
    void repeatLast() {
        String before = digest();
        succeed("nightly");
        problems.assertThat(digest()).isEqualTo(before);
    }

    private void load(String feed, Delivery delivery) {
        if (delivery.event() == Event.LATE) {
            problems.assertThat(runOfTheDate("ingest", feed).exitCode()).isEqualTo(4);
            assertKnown(feed);
            return;
        }
        List<String> loads = new ArrayList<>();
        if (delivery.wrong() != null) {
            SortedMap<LocalDate, List<String>> wrong = new TreeMap<>(delivery.files());
            wrong.put(date, delivery.wrong());
            write(feed, new Delivery(delivery.event(), wrong, null));
            loads.addAll(loaded(feed, wrong));
            succeed("ingest", feed);
            assertKnown(feed);
            write(feed, delivery);
            loads.addAll(loaded(feed, ofTheDate(delivery)));
            succeed("ingest", feed);
        } else {
            write(feed, delivery);
            SortedMap<String, String> before = rowsOf(feed);
            boolean isLoaded = delivery.event() == Event.DISK_FULL && isLoadedOnFullDisk(feed);
            loads.addAll(loaded(feed, delivery.files()));
            Duration begun = processorTime();
            succeed("ingest", feed);
            took.add(processorTime().minus(begun));
            if (isLoaded || (delivery.event() == Event.REPEATED && feed.equals("exits"))) {
                loads.addAll(loaded(feed, ofTheDate(delivery)));
            }
            if (delivery.event() == Event.REPEATED && feed.equals("exits")) {
                succeed("ingest", feed);
            }
            if (delivery.event() == Event.WITHDRAWN) {
                assertKnown(feed);
                withdrawAll(feed);
                SortedMap<String, String> after = rowsOf(feed);
                known.put(feed, before);
                assertKnown(feed);
                known.put(feed, after);
                List<String> withdrawn = loads.stream()
                        .map(line -> line.replace("loaded", "withdrawn"))
                        .toList();
                loads.addAll(0, withdrawn);
                succeed("ingest", feed);
            }
        }
        assertKnown(feed);
        problems.assertThat(rows(ALL_LOADS.formatted(date, feed)))
                .as(feed + " of " + date)
                .isEqualTo(loads);
    }

    private SortedMap<LocalDate, List<String>> ofTheDate(Delivery delivery) {
        return delivery.files().tailMap(date);
    }

    /** Makes one sync of a load fail, each time another one; returns whether the load succeeded nevertheless. */
    private boolean isLoadedOnFullDisk(String feed) {
        int[] syncs = {date.getDayOfYear() * 5 % SYNCS_OF_A_LOAD};
        SyncedFiles.begin(path -> {
            if (syncs[0]-- == 0) {
                throw new IOException(path + " could not be synced to the disk: No space left on device");
            }
        });
        SortedMap<String, String> before = rowsOf(feed);
        Installation.Outcome outcome = runOfTheDate("ingest", feed);
        SyncedFiles.begin(null);
        System.out.println(date + " " + feed + ": disk full, exit code " + outcome.exitCode());
        problems.assertThat(outcome.exitCode()).as(outcome.toString()).isIn(0, 4);
        if (outcome.exitCode() == 4) {
            problems.assertThat(outcome.err()).contains("a disk is full");
            problems.assertThat(current(feed)).isEqualTo(before);
        }
        return outcome.exitCode() == 0;
    }

    private void withdrawAll(String feed) {
        for (String load : rows("select load_id from ops.feed_load where status = 'loaded' and business_date = date '"
                + date + "' and feed = '" + feed + "' order by started_at desc")) {
            Installation.Outcome outcome = run("withdraw", "load", load, "--reason", "wrong file");
            problems.assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
    }

    private void write(String feed, Delivery delivery) {
        delivery.files().forEach((day, lines) -> {
            if (feed.equals("devices")) {
                force.writeDevices(day, lines);
            } else {
                force.writeExits(day, TrialForce.gzip(String.join("\n", lines) + "\n"));
            }
        });
    }

    /** Remembers the true state after files, and returns the loads that bring it about. */
    private List<String> loaded(String feed, SortedMap<LocalDate, List<String>> files) {
        List<String> loads = new ArrayList<>();
        files.forEach((day, lines) -> {
            // of several whole lists only the latest is read
            if (feed.equals("exits") || day.equals(files.lastKey())) {
                SortedMap<String, String> before = rowsOf(feed);
                SortedMap<String, String> after = after(feed, lines);
                known.put(feed, after);
                long deleted = before.keySet().stream()
                        .filter(key -> !after.containsKey(key))
                        .count();
                long changed = after.entrySet().stream()
                        .filter(row -> !row.getValue().equals(before.get(row.getKey())))
                        .count();
                loads.add("%s | loaded | %d | %d | %d | %d"
                        .formatted(
                                day,
                                lines.size() - 1,
                                changed + (feed.equals("exits") ? deleted : 0),
                                deleted,
                                LaboratoryYear.refused(lines)));
            }
        });
        return loads;
    }

    private SortedMap<String, String> rowsOf(String feed) {
        return Objects.requireNonNull(known.get(feed));
    }

    private SortedMap<String, String> after(String feed, List<String> lines) {
        SortedMap<String, String> before = rowsOf(feed);
        return feed.equals("devices")
                ? LaboratoryYear.devicesAfter(before, lines)
                : LaboratoryYear.exitsAfter(before, lines);
    }

    Installation.Outcome run(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--force", force.folder().toString()));
        return fpw.run(command.toArray(String[]::new));
    }

    /** A run of the date given by the clock. */
    private Installation.Outcome runOfTheDate(String... words) {
        Installation.Outcome outcome = run(words);
        problems.assertThat(outcome.out())
                .as(outcome.toString())
                .contains(" of " + date + " (yesterday in Europe/London");
        return outcome;
    }

    private Installation.Outcome succeed(String... words) {
        Installation.Outcome outcome = runOfTheDate(words);
        problems.assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    // ---- what is there

    private void assertKnown(String feed) {
        problems.assertThat(current(feed)).as(feed + " after " + date).isEqualTo(rowsOf(feed));
    }

    private SortedMap<String, String> current(String feed) {
        SortedMap<String, String> rows = new TreeMap<>();
        if (catalog().find("raw." + feed) == null) {
            return rows;
        }
        for (Record row : FeedBranch.rows(catalog(), "current." + feed)) {
            String other = rows.put(
                    String.valueOf(row.getField("device_id")),
                    feed.equals("exits")
                            ? "withdrawn " + row.getField("withdrawn_on")
                            : "received %s sealed %s examined %s kind %s"
                                    .formatted(
                                            row.getField("received_on"),
                                            ((OffsetDateTime) row.getField("sealed_at")).toInstant(),
                                            Objects.toString(row.getField("examined_on"), "-"),
                                            Objects.toString(row.getField("kind"), "-")));
            problems.assertThat(other).as("another row of the same device").isNull();
        }
        return rows;
    }

    private void assertFigures() {
        JsonNode figures =
                fpw.query(force.folder(), ALL_FIGURES.formatted(date)).get(0);
        problems.assertThat(figures.properties().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, figure -> figure.getValue().asLong())))
                .as("figures of " + date)
                .isEqualTo(LaboratoryYear.figures(rowsOf("devices"), rowsOf("exits")));
        problems.assertThat(rows(WRONG_ACCOUNTS)).as("accounts of " + date).isEmpty();
        problems.assertThat(rows(WRONG_LOADS)).as("loads until " + date).isEmpty();
    }

    private String digest() {
        return rows("select digest from ops.release where release_id in (select release_id from ops.current_release)")
                .get(0);
    }

    /** Rows of the database, which stays open until {@link #close}: opening it takes longer than a load. */
    List<String> rows(String sql) {
        List<String> lines = new ArrayList<>();
        try (Statement statement = open().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> fields = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    fields.add(rows.getString(column));
                }
                lines.add(String.join(" | ", fields));
            }
            return lines;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private Connection open() throws SQLException {
        if (open == null) {
            open = force.keepOpen();
        }
        return open;
    }

    private WarehouseCatalog catalog() {
        if (catalog == null) {
            catalog = WarehouseCatalog.open(storage, "");
        }
        return catalog;
    }

    /** When the latest night began. */
    Instant now() {
        return now;
    }

    /** Unexpected findings; {@code assertAll} reports them at the end. */
    SoftAssertions problems() {
        return problems;
    }

    /**
     * Processor milliseconds of this process for the usual loads since the last call, and for the latest night with
     * figures, without its Spark process and audit.
     */
    List<String> times() {
        took.sort(null);
        String load =
                took.isEmpty() ? "0" : Long.toString(took.get(took.size() / 2).toMillis());
        took.clear();
        return List.of(load, Long.toString(nightly.toMillis()));
    }

    /** Unlike elapsed time, it does not depend on other work of the machine. */
    private static Duration processorTime() {
        return Duration.ofNanos(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
    }

    @Override
    public void close() throws SQLException {
        if (catalog != null) {
            catalog.close();
            catalog = null;
        }
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
