package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.Reader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.run.database.EmptyDatabaseReset;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.UnusedDatabase;
import uk.fpw.warehouse.store.schema.Migrations;

class EmbeddedDatabaseIT {

    private static final Path SOCKETS = Path.of("/proc/net");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** By default H2's AUTO_SERVER listens on every address, so anybody in the network could try passwords. */
    @Test
    void serverForOtherProcessesListensOnTheLoopbackAddressOnly() throws Exception {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "")) {
            assertThat(dataSource.isRunning()).isTrue();
            int port = port();
            connect(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            for (InetAddress address : otherAddresses()) {
                assertThatThrownBy(() -> connect(address, port)).isInstanceOf(ConnectException.class);
            }
            String hex = String.format(Locale.ROOT, ":%04X ", port);
            if (Files.exists(SOCKETS.resolve("tcp"))) {
                List<String> listening = new ArrayList<>(listening(SOCKETS.resolve("tcp"), hex));
                listening.addAll(listening(SOCKETS.resolve("tcp6"), hex));
                // 127.0.0.1, as IPv4 or as IPv4 in IPv6; every address would be 00000000.
                assertThat(listening).singleElement().asString().endsWith("0100007F" + hex.strip());
            }
        }
    }

    /**
     * H2 commits each statement of a migration: a process that dies in between leaves tables that the next one cannot
     * create.
     */
    @Tag("thorough")
    @Test
    void databaseWhoseFirstMigrationWasCutOffIsMadeAgain() throws Exception {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema ops");
            WarehouseDatabase.migrate(dataSource);
            try (ResultSet rows = statement.executeQuery("select count(*) from ops.night")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    /** As the first loads of a new force under Airflow, each in a process of its own. */
    @Tag("thorough")
    @Test
    void processesThatMakeTheDatabaseAtOnceTakeTurns() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int process = 0; process < 3; process++) {
            processes.add(java(MakeDatabase.class, folder.toString(), "process " + process));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        try (HikariDataSource after = WarehouseDatabase.openExisting(storage(), "");
                var connection = after.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from ops.night")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(3);
        }
    }

    /** The process that serves the database to the others ends, and another one must serve it. */
    @Tag("thorough")
    @Test
    void processesThatHandTheDatabaseOverWaitForEachOther() throws Exception {
        MigratedWarehouse.in(folder);
        List<Process> processes = new ArrayList<>();
        for (int process = 0; process < 3; process++) {
            processes.add(java(OpenDatabase.class, folder.toString(), "6"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void databaseWhoseTablesAreWholeIsNotMadeAgain() throws Exception {
        MigratedWarehouse.in(folder);
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table ops.of_another_process (id int)");
            statement.execute(
                    "insert into \"flyway_schema_history\" values (9999, '9999', 'of a later version', 'SQL', "
                            + "'later', 1, 'fpw', current_timestamp, 0, true)");
            statement.execute("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '0039'");
            assertThatThrownBy(() -> WarehouseDatabase.migrate(dataSource))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith("the database tables could not be migrated: ");
            statement.execute("select * from ops.of_another_process");
        }
    }

    /** H2 keeps the work of a failed migration, and Flyway does not repeat a repeatable one by itself. */
    @Tag("thorough")
    @Test
    void databaseWhoseTablesOfTheModelsFailedIsMadeWhole() throws Exception {
        MigratedWarehouse.in(folder);
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table mart_rows.queue_daily cascade");
            statement.execute("update \"fpw_models_history\" set \"success\" = false where \"version\" is null");
            WarehouseDatabase.migrate(dataSource);
            statement.execute("select * from mart.queue_daily");
            try (ResultSet setting = statement.executeQuery(
                    "select setting_value from information_schema.settings where setting_name ilike 'write_delay'")) {
                assertThat(setting.next()).isTrue();
                assertThat(setting.getString(1))
                        .as("what is committed from now on outlives a killed process")
                        .isEqualTo("0");
            }
        }
    }

    /** A process that died between migrations left tables that a later migration drops or renames. */
    @Tag("thorough")
    @Test
    void databaseThatWasCutOffAtAnyMigrationIsMadeAgain() throws Exception {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String version : List.of("39", "41", "52")) {
                Migrations.written(storage().jdbcUrl())
                        .dataSource(dataSource)
                        .target(version)
                        .load()
                        .migrate();
                statement.execute("delete from \"flyway_schema_history\"");
                statement.execute("drop table if exists \"flyway_schema_history\"");
                assertThat(UnusedDatabase.isEmpty(dataSource)).isTrue();
                EmptyDatabaseReset.drop(dataSource, new IllegalStateException("cut off"));
            }
        }
    }

    @Test
    void databaseOfSomebodyElseIsLeftAsItIs() throws Exception {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema sales");
            statement.execute("create table sales.orders (id int)");
            statement.execute("create table customers (id int)");
            statement.execute("insert into customers values (1)");
            assertThatThrownBy(() -> WarehouseDatabase.migrate(dataSource))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessage("the database jdbc:h2:file:" + folder
                            + "/fpw does not belong to a warehouse: it contains public.customers, sales, sales.orders. "
                            + "Nothing was changed. Use a separate database for the "
                            + "force (force.yml: storage.database)");
            try (ResultSet rows = statement.executeQuery("select count(*) from customers")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void databaseThatHoldsARunIsNeverMadeAgain() throws Exception {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema ops");
            statement.execute("create table ops.night (run_id varchar(40))");
            statement.execute("insert into ops.night values ('2014-11-20')");
            assertThatThrownBy(() -> WarehouseDatabase.migrate(dataSource))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith("the database tables could not be migrated: Schema \"ops\" already exists");
        }
    }

    @Test
    void readerDoesNotMakeADatabaseWhereThereIsNone() {
        assertThatThrownBy(() -> WarehouseDatabase.openExisting(storage(), ""))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage("nothing has been loaded into the warehouse " + folder
                        + " yet (it has no database). The first run creates its tables: fpw "
                        + "nightly; fpw check --date D shows whether it can start");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void databaseWhoseMakingWasCutOffHoldsNothingYet() {
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage(), "")) {
            Migrations.written(dataSource.getJdbcUrl())
                    .dataSource(dataSource)
                    .target("39")
                    .load()
                    .migrate();
        }
        assertThat(WarehouseDatabase.openIfCreated(storage(), "", 1)).isNull();
    }

    @Test
    void wrongPasswordIsAnErrorThatNoRetryCorrects() {
        WarehouseDatabase.open(storage(), "right").close();
        assertThatThrownBy(() -> WarehouseDatabase.open(storage(), "wrong"))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the database jdbc:h2:file:" + folder
                        + "/fpw rejects user 'fpw' (Wrong user name or password [28000-240]); correct "
                        + "storage.user in force.yml");
    }

    /** The folder also names the host, to which the variable would be sent. */
    @Test
    void otherSecretsOfTheEnvironmentAreNoPassword() {
        Force.Storage storage =
                new Force.Storage(folder, "jdbc:postgresql://db.example/fpw", "fpw", "FPW_PSEUDONYM_KEY");
        assertThatThrownBy(() ->
                        WarehouseDatabase.password(storage, Map.of("FPW_PSEUDONYM_KEY", "0123456789abcdef-the-key")))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("force.yml: storage.password_variable: is not a valid name for a password "
                        + "variable; name it FPW_..._PASSWORD, such as FPW_DFU_PASSWORD, both in the "
                        + "force folder and in the environment");
    }

    @Test
    void addressThatWouldRunAScriptIsNotOpened() {
        Path script = folder.resolve("x.sql");
        Force.Storage storage = new Force.Storage(
                folder, "jdbc:h2:file:" + folder.resolve("fpw") + ";INIT=SCRIPT TO '" + script + "'", "fpw", "");
        assertThatThrownBy(() -> WarehouseDatabase.open(storage, ""))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith(
                        "force.yml: storage.database: has the setting 'INIT', which a force folder may not set; ");
        assertThat(script).doesNotExist();
    }

    @Test
    void fileThatSomebodyElseCouldHaveWrittenIsNotOpened() throws IOException {
        WarehouseDatabase.open(storage(), "").close();
        Path database = folder.resolve("fpw.mv.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> WarehouseDatabase.openExisting(storage(), ""))
                .hasMessageStartingWith("the embedded database " + database + " is writable by every user");
    }

    @Test
    void databaseThatAnotherHostIsSaidToServeIsNotAskedThere() throws IOException {
        Path lock = folder.resolve("fpw.lock.db");
        for (String server : List.of("203.0.113.9:9092", "evil.example:9092", "[2001:db8::1]:9092")) {
            Files.writeString(lock, "method=file\nserver=" + server.replace(":", "\\:") + "\nid=0\n");
            assertThatThrownBy(() -> WarehouseDatabase.open(storage(), ""))
                    .hasMessage("the file " + lock
                            + " says that the embedded database is served by another "
                            + "host, but fpw serves it only on its own host. Nothing was opened. If no "
                            + "run on another host uses this warehouse, delete the file");
        }
    }

    @Test
    void secondProcessCanReadBesideTheFirst() throws Exception {
        MigratedWarehouse.in(folder);
        try (HikariDataSource first = WarehouseDatabase.open(storage(), "");
                HikariDataSource second = WarehouseDatabase.openAsItIs(storage(), "", 1);
                var connection = second.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from ops.night")) {
            assertThat(first.isRunning()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Tag("thorough")
    @Test
    void commitOutlivesAProcessThatDiesRightAfterIt() throws Exception {
        MigratedWarehouse.in(folder);
        for (int night = 1; night <= 2; night++) {
            Process dying = java(CommitAndDie.class, storage().jdbcUrl(), "night " + night);
            assertThat(dying.waitFor()).isEqualTo(CommitAndDie.EXIT_CODE);
        }
        try (HikariDataSource after = WarehouseDatabase.openExisting(storage(), "");
                var connection = after.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from ops.night")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(2);
        }
    }

    private Process java(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dh2.bindAddress=127.0.0.1",
                "-Dfpw.state=" + System.getProperty("fpw.state"),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private Force.Storage storage() {
        return Force.Storage.embedded(folder);
    }

    private int port() throws IOException {
        Properties lock = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("fpw.lock.db"))) {
            lock.load(reader);
        }
        String server = lock.getProperty("server");
        return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    private static Iterable<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }

    /** Local addresses with a listener on the port, as written by the kernel. */
    private static List<String> listening(Path table, String port) throws IOException {
        if (!Files.exists(table)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(String::strip)
                    .map(line -> line.split("\\s+", -1))
                    .filter(fields -> fields.length > 3 && fields[3].equals("0A"))
                    .map(fields -> fields[1])
                    .filter(local -> (local + " ").endsWith(port))
                    .toList();
        }
    }
}
