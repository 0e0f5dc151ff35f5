package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.TrustedDatabases;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.schema.Migrations;
import uk.fpw.warehouse.testing.TestDatabase;

/** The upgrade of an embedded database with rows, from the oldest version that can be upgraded. */
@Tag("thorough")
class UpgradeIT {

    private static final String BEFORE = "41";

    /** Within V0044, each of whose statements is committed separately. */
    private static final String MIDDLE = "create table ops.source_range";

    private static final List<String> ROWS = List.of("2015-12-01 | released", "requests | 12");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final String DATABASE = "fpw.mv.db";

    /** A database whose upgrade was killed at {@link #MIDDLE}; copied for each test, because a kill needs a process. */
    private static Path killedInTheMiddle = Path.of("");

    /** The file of a database of the previous version, without rows. */
    private static byte[] tablesBefore = {};

    /** Columns of a database after an undisturbed upgrade. */
    private static List<String> upgraded = List.of();

    @BeforeAll
    static void upgradeUndisturbedAndKill(@TempDir Path empty, @TempDir Path warehouse, @TempDir Path killed)
            throws Exception {
        Force.Storage storage = Force.Storage.embedded(empty);
        Migrations.written(storage.jdbcUrl())
                .dataSource(storage.jdbcUrl(), storage.jdbcUser(), "")
                .target(BEFORE)
                .load()
                .migrate();
        tablesBefore = Files.readAllBytes(empty.resolve(DATABASE));
        TestDatabase undisturbed = old(warehouse);
        upgrade(Force.Storage.embedded(warehouse));
        assertThat(rows(undisturbed)).isEqualTo(ROWS);
        upgraded = columns(undisturbed);
        old(killed);
        kill(killed, MIDDLE);
        killedInTheMiddle = killed;
    }

    @ParameterizedTest
    @ValueSource(strings = {MIDDLE, "create or replace view \"bi_releases\".\"release\""})
    void databaseWhoseUpgradeWasKilledIsUpgradedAgain(String statement) throws Exception {
        TestDatabase killed = old(Files.createDirectories(folder.resolve("killed")));
        List<String> before = columns(killed);

        killAgain(statement);
        assertThat(files("killed")).contains("fpw.before-upgrade-1.zip");
        assertThat(columns(killed)).isNotEqualTo(before).isNotEqualTo(upgraded);
        upgrade(storage("killed"));

        assertThat(columns(killed)).isEqualTo(upgraded);
        assertThat(rows(killed)).isEqualTo(ROWS);
        assertThat(killed.query("select token, run_id from ops.warehouse_lock")).containsExactly("1 | null");
        assertThat(files("killed")).containsExactly("fpw.mv.db");
    }

    /** A reading command does not upgrade, but leaves no incomplete tables either. */
    @Test
    void readerPutsTheStateBeforeBack() throws Exception {
        TestDatabase killed = old(Files.createDirectories(folder.resolve("killed")));
        List<String> before = columns(killed);
        killAgain(MIDDLE);

        WarehouseDatabase.openExisting(storage("killed"), "").close();

        assertThat(columns(killed)).isEqualTo(before);
        assertThat(rows(killed)).isEqualTo(ROWS);
        assertThat(files("killed")).containsExactly("fpw.mv.db");
    }

    @Test
    void upgradeThatFailsLeavesTheStateBefore() throws Exception {
        TestDatabase full = old(Files.createDirectories(folder.resolve("full")));
        List<String> before = columns(full);

        try (HikariDataSource dataSource = CutOffMigration.failing(full.url(), full.user(), full.password(), MIDDLE)) {
            assertThatThrownBy(() -> WarehouseDatabase.migrate(dataSource))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessage("the database tables could not be migrated: no room is left on the disk. If "
                            + "the database does not respond, try again later; if it was created "
                            + "by a newer version of fpw, use that version");
        }

        assertThat(columns(full)).isEqualTo(before);
        assertThat(files("full")).containsExactly("fpw.mv.db");
        upgrade(storage("full"));
        assertThat(rows(full)).isEqualTo(ROWS);
    }

    @Test
    void databaseThatAnOlderVersionWroteToSinceIsLeftAsItIs() throws Exception {
        TestDatabase killed = old(Files.createDirectories(folder.resolve("killed")));
        killAgain(MIDDLE);
        killed.execute("update ops.warehouse_lock set token = token + 1, run_id = null");
        assertThat(killed.query("select token from ops.warehouse_lock")).containsExactly("2");
        List<String> left = columns(killed);

        assertThatThrownBy(() -> WarehouseDatabase.open(storage("killed"), ""))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("an upgrade of the database was interrupted, and another version of fpw "
                        + "has written to it since; its state before the upgrade is "
                        + folder.resolve("killed/fpw.before-upgrade-1.zip")
                        + ". Restore database and folder from the latest backup (docs/operator.md), then "
                        + "delete that file");
        assertThat(columns(killed)).isEqualTo(left);
    }

    @Test
    void databaseThatARunHoldsIsNotUpgraded() throws Exception {
        TestDatabase held = old(Files.createDirectories(folder.resolve("held")));
        List<String> before = columns(held);
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage("held"), "");
                WarehouseLock lock = WarehouseLock.acquire(held::open, "a night of the version before")) {
            assertThat(lock.token()).isEqualTo(1);
            assertThatThrownBy(() -> WarehouseDatabase.migrate(dataSource))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.LOCK_HELD))
                    .hasMessageStartingWith(
                            "another run holds the warehouse lock: run a night of the version before, ");
        }
        assertThat(columns(held)).isEqualTo(before);
        assertThat(files("held")).containsExactly("fpw.mv.db");
    }

    /** A warehouse of the previous version, with a night and a load. */
    private static TestDatabase old(Path warehouse) throws IOException, SQLException {
        Force.Storage storage = Force.Storage.embedded(warehouse);
        TestDatabase database = new TestDatabase(storage.jdbcUrl(), storage.jdbcUser(), "");
        Files.write(warehouse.resolve(DATABASE), tablesBefore);
        database.execute("insert into ops.night (run_id, business_date, started_at, status)"
                + " values ('2015-12-01', date '2015-12-01', current_timestamp, 'released')");
        database.execute(
                "insert into ops.feed_load (load_id, feed, business_date, status, file_name, started_at, loaded_count)"
                        + " values ('1', 'requests', date '2015-12-01', 'loaded', 'requests.csv', "
                        + "current_timestamp, 12)");
        TrustedDatabases.ofThisUser().trust(warehouse.resolve(DATABASE));
        return database;
    }

    private static void upgrade(Force.Storage storage) {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage, "")) {
            WarehouseDatabase.migrate(dataSource);
        }
    }

    /** Leaves the test's database as one whose upgrade was killed there. */
    private void killAgain(String statement) throws IOException, InterruptedException {
        Path warehouse = folder.resolve("killed");
        if (!statement.equals(MIDDLE)) {
            kill(warehouse, statement);
            return;
        }
        try (Stream<Path> files = Files.list(killedInTheMiddle)) {
            for (Path file : files.toList()) {
                Files.copy(file, warehouse.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        // a copy is not the file that was created here
        TrustedDatabases.ofThisUser().trust(warehouse.resolve(DATABASE));
    }

    private static void kill(Path warehouse, String statement) throws IOException, InterruptedException {
        Process dying = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CutOffMigration.class.getName(),
                        Force.Storage.embedded(warehouse).jdbcUrl(),
                        statement)
                .inheritIO()
                .start();
        assertThat(dying.waitFor()).isEqualTo(CutOffMigration.EXIT_CODE);
    }

    private Force.Storage storage(String warehouse) {
        return Force.Storage.embedded(folder.resolve(warehouse));
    }

    private static List<String> columns(TestDatabase database) throws SQLException {
        return database.query(
                "select table_schema, table_name, column_name, data_type, is_nullable from information_schema.columns"
                        + " where table_schema <> 'information_schema' order by 1, 2, 3");
    }

    private static List<String> rows(TestDatabase database) throws SQLException {
        return database.query("select run_id, status from ops.night union all"
                + " select feed, cast(loaded_count as varchar(10)) from ops.feed_load");
    }

    private List<String> files(String warehouse) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(warehouse))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".lock.db") && !name.endsWith(".trace.db"))
                    .sorted()
                    .toList();
        }
    }
}
