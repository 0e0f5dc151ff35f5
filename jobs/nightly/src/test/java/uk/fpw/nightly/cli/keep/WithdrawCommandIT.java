package uk.fpw.nightly.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.FpwHere;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.store.schema.Migrations;

/** What users read when they withdraw a wrong night. */
class WithdrawCommandIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2016-01-14T08:00:00Z"), ZoneOffset.UTC);
    private static final String USER = System.getProperty("user.name");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void twoNights() throws IOException {
        Files.writeString(folder.resolve("force.yml"), """
            force: test_force
            name: Test force
            zone: Europe/London
            pages: {made: false}
            storage: {warehouse: warehouse}
            """);
        Path warehouse = folder.resolve("warehouse");
        MigratedWarehouse.in(warehouse);
        try (HikariDataSource dataSource = WarehouseDatabase.open(Force.Storage.embedded(warehouse), "")) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            for (String day : List.of("2016-01-12", "2016-01-13")) {
                Instant releasedAt = Instant.parse(day + "T03:00:00Z").plusSeconds(86_400);
                jdbc.update(
                        "insert into ops.release (release_id, run_id, business_date, released_at, "
                                + "software_version, force_digest, digest) values (?, ?, ?, ?, '1', 'f', "
                                + "'d')",
                        day + ".1",
                        day + "-20160114T030000-0a1b",
                        LocalDate.parse(day),
                        releasedAt.atOffset(ZoneOffset.UTC));
                jdbc.update(
                        "insert into ops.feed_load (load_id, feed, business_date, source_date, status, started_at, "
                                + "finished_at, received_count, loaded_count, unchanged_count, "
                                + "repeated_count, refused_count, deleted_count)"
                                + " values (?, 'devices', ?, ?, 'loaded', ?, ?, 2, 0, 2, 0, 0, 0)",
                        day + ".0a1b",
                        LocalDate.parse(day),
                        LocalDate.parse(day),
                        releasedAt.minusSeconds(60).atOffset(ZoneOffset.UTC),
                        releasedAt.minusSeconds(30).atOffset(ZoneOffset.UTC));
                ReleaseFiles.write(
                        warehouse,
                        new ReleaseFile(
                                new ReleaseFile.Made(ReleaseId.of(day + ".1"), LocalDate.parse(day), releasedAt),
                                new ReleaseFile.Owner("test_force", "Test force", ZoneId.of("Europe/London")),
                                new ReleaseFile.Versions("1", "f", null, "d"),
                                List.of(),
                                List.of()));
            }
            jdbc.update("insert into ops.current_release (release_id) values ('2016-01-13.1')");
            ReleasePointer.set(warehouse, ReleaseId.of("2016-01-13.1"));
        }
    }

    private void withdrawalMarks(String releaseId, String loadId) {
        try (HikariDataSource dataSource =
                WarehouseDatabase.openExisting(Force.Storage.embedded(folder.resolve("warehouse")), "")) {
            new JdbcTemplate(dataSource)
                    .update(
                            "insert into ops.release_withdrawn_load (release_id, load_id) values (?, ?)",
                            releaseId,
                            loadId);
        }
    }

    /** The database of another force, at the oldest version that can be upgraded. */
    @Test
    void warehouseOfAnotherForceIsNotEvenBroughtUpToDate() throws IOException {
        Path warehouse = Files.createDirectory(folder.resolve("other"));
        Files.writeString(folder.resolve("force.yml"), """
            force: test_force
            name: Test force
            zone: Europe/London
            pages: {made: false}
            storage: {warehouse: other}
            """);
        Force.Storage storage = Force.Storage.embedded(warehouse);
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage, "")) {
            Migrations.written(storage.jdbcUrl())
                    .dataSource(dataSource)
                    .target("41")
                    .load()
                    .migrate();
            new JdbcTemplate(dataSource)
                    .update("insert into ops.warehouse (warehouse_id, force_code, real_path, data_prefix, "
                            + "force_folder, database_id, created_at) values "
                            + "('00000000-0000-0000-0000-000000000001', 'kent', '/srv/kent', 'data', "
                            + "'/srv/force', '', current_timestamp)");
        }
        for (String what : List.of("load", "release")) {
            assertThat(run("withdraw", what, "2016-01-13.1", "--reason", "wrong file"))
                    .isEqualTo(2);
            assertThat(text(err)).contains(" belongs to force 'kent' ");
        }
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(storage, "")) {
            assertThat(new JdbcTemplate(dataSource)
                            .queryForObject("select max(\"version\") from \"flyway_schema_history\"", String.class))
                    .isEqualTo("0041");
        }
    }

    @Test
    void wrongRunIsWithdrawnAndMarkedWhereverItIsShown() {
        assertThat(run("status", "--fail-unless-released-by", "07:00")).isZero();

        // these loads have no rows in raw, so the withdrawal itself marks no release
        withdrawalMarks("2016-01-13.1", "2016-01-13.0a1b");
        assertThat(run("withdraw", "load", "2016-01-13.0a1b", "--reason", "the clock was\nahead"))
                .isZero();
        assertThat(text(out)).isEqualTo("""
            Load 2016-01-13.0a1b of feed devices (2016-01-13) is withdrawn.
            The latest date of the feed is 2016-01-12.
            Release 2016-01-13.1 was created with it, and readers see it: withdraw it too, fpw withdraw \
            release 2016-01-13.1
            """);
        assertThat(run("status")).isZero();
        assertThat(text(out)).contains("""
            Release: 2016-01-13.1, data as at 2016-01-13, created 2016-01-14 03:00
              created with load devices 2016-01-13.0a1b, which was withdrawn: withdraw the release too (fpw \
            withdraw release 2016-01-13.1), or run fpw nightly
            """);

        assertThat(run("withdraw", "release", "2016-01-13.1", "--reason", "wrong file"))
                .isZero();
        assertThat(text(out)).isEqualTo("""
            Release 2016-01-13.1 is withdrawn.
            Readers see release 2016-01-12.1 again.
            """);
        assertThat(ReleasePointer.read(folder.resolve("warehouse"))).isEqualTo(ReleaseId.of("2016-01-12.1"));
        assertThat(run("releases")).isZero();
        assertThat(text(out)).isEqualTo("""
              release          data as at    created          version  digest           force folder     \
            pinned as
              2016-01-13.1     2016-01-13    2016-01-14 03:00 1        d                f
                  withdrawn 2016-01-14 08:00 by %s: wrong file
                  created with load devices 2016-01-13.0a1b, which was withdrawn
            * 2016-01-12.1     2016-01-12    2016-01-13 03:00 1        d                f
            """.formatted(USER));
        assertThat(run("status")).isZero();
        assertThat(text(out)).endsWith("""

            Latest load of each feed
              devices  2016-01-12  loaded 2016-01-13 02:59: received 2, loaded 0, unchanged 2, repeated 0, \
            refused 0, deleted 0  load 2016-01-12.0a1b

            Withdrawn
              load 2016-01-13.0a1b of feed devices, 2016-01-14 08:00 by %s: the clock was ahead
              release 2016-01-13.1, 2016-01-14 08:00 by %s: wrong file
            """.formatted(USER, USER));
        assertThat(run("status", "--fail-unless-released-by", "07:00")).isEqualTo(7);
        assertThat(text(err))
                .isEqualTo("fpw: no release of 2016-01-13 was published by 2016-01-14 07:00 (Europe/London); readers "
                        + "see "
                        + "2016-01-12.1, data as at 2016-01-12\n");

        assertThat(run("withdraw", "release", "2016-01-13.1", "--reason", "again"))
                .isZero();
        assertThat(text(out)).isEqualTo("""
            Release 2016-01-13.1 was already withdrawn; nothing to do.
            Readers see release 2016-01-12.1, as before.
            """);
        assertThat(run("withdraw", "release", "2016-01-12.1", "--reason", "wrong as well"))
                .isZero();
        assertThat(text(out)).isEqualTo("""
            Release 2016-01-12.1 is withdrawn.
            No release is current: readers see no figures until a new release is published.
            """);
        assertThat(run("status")).isZero();
        assertThat(text(out)).contains("\nRelease: none: all were withdrawn; run fpw nightly\n");
        for (String command : List.of("export", "verify")) {
            assertThat(run(command)).isEqualTo(2);
            assertThat(text(err))
                    .isEqualTo("fpw: no release is current, since all of them were withdrawn (fpw releases); run fpw "
                            + "nightly, or name one of [2016-01-13.1, 2016-01-12.1]\n");
        }
    }

    @Test
    void commandsSayThatThereIsNoReleaseYet() {
        try (HikariDataSource dataSource =
                WarehouseDatabase.openExisting(Force.Storage.embedded(folder.resolve("warehouse")), "")) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.update("delete from ops.current_release");
            jdbc.update("delete from ops.release");
        }
        for (String command : List.of("export", "verify")) {
            assertThat(run(command)).isEqualTo(2);
            assertThat(text(err)).isEqualTo("fpw: there is no release yet; run fpw nightly first\n");
        }
    }

    @Test
    void releaseThatIsKeptAnswersToItsName() {
        try (HikariDataSource dataSource =
                WarehouseDatabase.openExisting(Force.Storage.embedded(folder.resolve("warehouse")), "")) {
            new JdbcTemplate(dataSource)
                    .update("update ops.release set name = 'inspection-2016' where release_id = '2016-01-13.1'");
        }
        assertThat(run("withdraw", "release", "inspection-2016", "--reason", "wrong file"))
                .isZero();
        assertThat(text(out)).isEqualTo("""
            Release 2016-01-13.1 is withdrawn.
            Readers see release 2016-01-12.1 again.
            """);
    }

    @Test
    void whatCannotBeWithdrawnIsRefused() {
        assertThat(run("withdraw", "load", "2016-01-12.0a1b", "--reason", "wrong file"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: load 2016-01-12.0a1b is not the latest load of feed devices, and later loads "
                        + "depend on it; withdraw these first, in this order: 2016-01-13.0a1b (of "
                        + "2016-01-13)\n");
        assertThat(run("withdraw", "release", "2016-01-11.1", "--reason", "wrong file"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: there is no release 2016-01-11.1; releases: [2016-01-13.1, 2016-01-12.1]\n");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return FpwHere.run(FpwHere.context(Map.of(), folder, CLOCK, out, err), arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
