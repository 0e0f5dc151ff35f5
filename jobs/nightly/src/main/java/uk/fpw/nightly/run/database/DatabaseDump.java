package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.BackupManifest.Dump;
import uk.fpw.layout.EmbeddedDatabase;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.StorageTimeouts;
import uk.fpw.warehouse.privacy.TrustedDatabases;

/**
 * A dump of the database of a warehouse that may be in use, and a transaction that sees exactly what the dump contains.
 * H2 dumps an embedded database itself; PostgreSQL is dumped by its own programs.
 */
public final class DatabaseDump implements AutoCloseable {

    /** The copy of an H2 database, unpacked for reading. */
    private static final String UNPACKED = "unpacked" + EmbeddedDatabase.ENDING;

    private final String name;
    private final Connection connection;
    private final @Nullable Path unpacked;

    private DatabaseDump(String name, Connection connection, @Nullable Path unpacked) {
        this.name = name;
        this.connection = connection;
        this.unpacked = unpacked;
    }

    /**
     * Dumps the database into a folder.
     *
     * @param processes starts PostgreSQL's programs; its environment contains the password, and may name the folder of
     *     these programs
     */
    public static DatabaseDump make(Force.Storage storage, ProcessSupervisor processes, Path folder) {
        String password = WarehouseDatabase.password(storage, processes.environment());
        try {
            return WarehouseDatabase.isEmbedded(storage)
                    ? embedded(storage, password, folder)
                    : postgres(storage, password, processes, folder);
        } catch (SQLException | IOException failed) {
            throw FpwException.unavailable(
                    "the database cannot be dumped to " + folder + ": " + DatabaseErrors.reason(failed)
                            + ". Check that it responds and that there is room, then run again",
                    failed);
        }
    }

    private static DatabaseDump embedded(Force.Storage storage, String password, Path folder)
            throws SQLException, IOException {
        Path file = WarehouseDatabase.file(storage);
        // next to the database: the process that serves it writes the copy, and may not write elsewhere
        Path copy = EmbeddedDatabase.sibling(file, ".backup.part");
        Path dump = folder.resolve(Dump.EMBEDDED);
        Files.deleteIfExists(copy);
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(storage, password);
                Connection live = dataSource.getConnection();
                Statement statement = live.createStatement()) {
            statement.execute("backup to '" + copy.toString().replace("'", "''") + "'");
            Files.move(copy, dump);
        } finally {
            Files.deleteIfExists(copy);
        }
        Path unpacked = folder.resolve(UNPACKED);
        EmbeddedDatabaseUpgrade.unpack(dump, unpacked);
        String settings = storage.jdbcUrl().contains(";")
                ? storage.jdbcUrl().substring(storage.jdbcUrl().indexOf(';'))
                : "";
        String url = EmbeddedDatabaseFile.URL_PREFIX + folder.resolve(EmbeddedDatabase.name(unpacked))
                + settings.replaceAll("(?i);(AUTO_SERVER|IFEXISTS)=\\w+", "") + ";IFEXISTS=TRUE";
        return new DatabaseDump(
                Dump.EMBEDDED, DriverManager.getConnection(url, storage.jdbcUser(), password), unpacked);
    }

    private static DatabaseDump postgres(
            Force.Storage storage, String password, ProcessSupervisor processes, Path folder)
            throws SQLException, IOException {
        Connection connection = StorageTimeouts.connect(storage.jdbcUrl(), storage.jdbcUser(), password);
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String snapshot;
            try (Statement statement = connection.createStatement()) {
                statement.execute("set idle_in_transaction_session_timeout = 0"); // idle while the program dumps
                try (ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
                    row.next();
                    snapshot = row.getString(1);
                }
            }
            new PostgresPrograms(storage, password, processes).dump(snapshot, folder.resolve(Dump.POSTGRESQL));
            return new DatabaseDump(Dump.POSTGRESQL, connection, null);
        } catch (SQLException | IOException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Name of the file in the folder. */
    public String name() {
        return name;
    }

    /** A transaction that sees what the dump contains, until it is closed. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        if (unpacked != null) {
            try {
                Files.deleteIfExists(unpacked);
            } catch (IOException failed) {
                throw new SQLException("cannot delete " + unpacked, failed);
            }
        }
    }

    /**
     * Rejects a dump of the other kind of database, and a database that is not empty.
     *
     * @param dump name of the dump
     * @param isBegun whether an existing embedded database may come from an earlier attempt of the same command
     */
    public static void requireEmpty(Force.Storage storage, String password, String dump, boolean isBegun) {
        boolean isEmbedded = WarehouseDatabase.isEmbedded(storage);
        if (isEmbedded != dump.equals(Dump.EMBEDDED)) {
            throw FpwException.configuration(
                    "the backup is of " + (isEmbedded ? "a PostgreSQL" : "an embedded") + " database, and force.yml "
                            + "names " + (isEmbedded ? "an embedded one" : "PostgreSQL")
                            + "; a warehouse stays with its kind of database: correct force.yml: storage.database. "
                            + "Nothing was restored");
        }
        if (isEmbedded ? WarehouseDatabase.isThere(storage) && !isBegun : !isEmptyServer(storage, password)) {
            throw FpwException.configuration("the database "
                    + (isEmbedded ? WarehouseDatabase.file(storage) : WarehouseDatabase.displayUrl(storage))
                    + " is not empty. Nothing was restored. "
                    + (isEmbedded
                            ? "Move it elsewhere"
                            : "Create a new database and name it in force.yml (storage.database)"));
        }
    }

    private static boolean isEmptyServer(Force.Storage storage, String password) {
        try (HikariDataSource dataSource = WarehouseDatabase.openAsItIs(storage, password, 1);
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("select 1 from information_schema.tables where "
                        + "table_schema not in ('pg_catalog', 'information_schema')")) {
            return !tables.next();
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the database does not list its tables: " + DatabaseErrors.reason(failed) + "; try again", failed);
        }
    }

    /** Restores a dump into the database of a warehouse, which was found to be empty. */
    public static void restore(Force.Storage storage, ProcessSupervisor processes, Path dump) {
        try {
            if (WarehouseDatabase.isEmbedded(storage)) {
                restoreEmbedded(WarehouseDatabase.file(storage), dump);
            } else {
                new PostgresPrograms(storage, WarehouseDatabase.password(storage, processes.environment()), processes)
                        .restore(dump);
            }
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "the database cannot be restored from " + dump + ": " + failed + ". Check that there is room, then "
                            + "run again",
                    failed);
        }
    }

    private static void restoreEmbedded(Path file, Path dump) throws IOException {
        Path part = EmbeddedDatabase.sibling(file, ".restore.part");
        DurableFiles.createDirectories(file.resolveSibling(""));
        EmbeddedDatabaseUpgrade.unpack(dump, part);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r-----"));
        Files.deleteIfExists(file);
        TrustedDatabases.ofThisUser().add(file); // it does not exist yet, so its content will be ours
        DurableFiles.move(part, file);
    }
}
