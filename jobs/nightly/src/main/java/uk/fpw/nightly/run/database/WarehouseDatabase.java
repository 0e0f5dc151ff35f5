package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.EmbeddedDatabase;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.PasswordVariable;
import uk.fpw.warehouse.force.connection.StorageTimeouts;
import uk.fpw.warehouse.privacy.FilePermissions;
import uk.fpw.warehouse.privacy.TrustedDatabases;
import uk.fpw.warehouse.store.absence.DatabaseCompaction;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.UnusedDatabase;
import uk.fpw.warehouse.store.schema.Migrations;

/** Opens the relational database of a warehouse. */
public final class WarehouseDatabase {

    /** Class of the SQLSTATEs for a rejected login. */
    private static final String WRONG_USER_OR_PASSWORD = "28";

    private static final int CONNECTIONS = 8;

    /** Only opened after a statement has failed, since the database may belong to another version. */
    private static final int TO_LOOK_AT_ITS_VERSION = 3;

    private static final long CONNECTION_TIMEOUT_MILLIS = StorageTimeouts.CONNECT_SECONDS * 1000L;

    private WarehouseDatabase() {}

    /** The password in the environment for the force; empty for none. */
    public static String password(Force.Storage storage, Map<String, String> environment) {
        if (storage.passwordVariable().isEmpty()) {
            return "";
        }
        String problem = PasswordVariable.problem(storage.passwordVariable());
        if (problem != null) {
            throw FpwException.configuration("force.yml: storage.password_variable: " + problem);
        }
        String password = environment.get(storage.passwordVariable());
        if (password == null) {
            throw FpwException.configuration(
                    "force.yml: storage.password_variable: the environment has no " + storage.passwordVariable()
                            + "; set it to the password of database user '" + storage.jdbcUser() + "'");
        }
        return password;
    }

    /** Opens a small pool; creates an embedded database if it does not exist yet. */
    public static HikariDataSource open(Force.Storage storage, String password) {
        if (!isEmbedded(storage) || isThere(storage)) {
            return pool(storage, password, "", CONNECTIONS);
        }
        refuseHarmful(storage);
        return EmbeddedDatabaseLock.withLock(
                file(storage), EmbeddedDatabaseLock.TIMEOUT, () -> pool(storage, password, "", CONNECTIONS));
    }

    /** Whether there may be a warehouse: for an embedded database its file exists, another database may exist. */
    public static boolean isThere(Force.Storage storage) {
        return !isEmbedded(storage) || Files.exists(file(storage));
    }

    /** The file of an embedded database, in the warehouse folder unless force.yml sets another. */
    public static Path file(Force.Storage storage) {
        return EmbeddedDatabaseFile.of(storage.jdbcUrl());
    }

    /** The file of an embedded database; null if the database is another one. */
    static @Nullable Path embeddedFile(Force.Storage storage) {
        return isEmbedded(storage) ? file(storage) : null;
    }

    /** The files of an embedded database that is not in the warehouse folder; none otherwise. They may not exist. */
    public static List<Path> filesElsewhere(Force.Storage storage) {
        Path file = embeddedFile(storage);
        if (file == null || RealPath.of(file).startsWith(RealPath.of(storage.warehouse()))) {
            return List.of();
        }
        return List.of(file, EmbeddedDatabase.sibling(file, ".trace.db"));
    }

    /** Fails with {@code CONFIGURATION} if the embedded database was neither created here nor trusted by the user. */
    static void refuseUnknown(Force.Storage storage) {
        if (isEmbedded(storage) && isThere(storage)) {
            refuseEmptied(storage);
            TrustedDatabases.ofThisUser().add(file(storage));
        }
    }

    /**
     * Trusts the embedded database, so that it may be opened although it was not created here.
     *
     * @return whether it was not known before
     * @throws FpwException with {@code CONFIGURATION} if there is none, or it no longer exists
     */
    public static boolean trust(Force.Storage storage) {
        refuseHarmful(storage);
        if (!isEmbedded(storage) || !isThere(storage)) {
            if (isEmbedded(storage)) {
                IdentityCheck.refuseLostDatabase(
                        storage.warehouse(), file(storage).toString(), false);
            }
            throw FpwException.configuration(
                    isEmbedded(storage)
                            ? "there is no embedded database " + file(storage) + " yet; the first run creates it"
                            : "the warehouse has no embedded database, but " + shown(storage.jdbcUrl())
                                    + ", which does not need to be trusted");
        }
        return TrustedDatabases.ofThisUser().trust(file(storage));
    }

    /**
     * Compacts the database, so that its files no longer contain deleted rows. An embedded one is closed for all its
     * connections, and its file, which is another one then, remains trusted.
     *
     * @param tables qualified names of the tables that have lost rows
     * @param keys columns of primary keys with keys of lost rows, by qualified name of their tables
     * @return what is left to the operator
     */
    public static List<DatabaseCompaction.Duty> compact(
            Force.Storage storage, HikariDataSource dataSource, List<String> tables, Map<String, List<String>> keys) {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseCompaction.rebuildKeys(connection, keys);
            if (isEmbedded(storage)) {
                TrustedDatabases.ofThisUser().recordReplacing(file(storage));
            }
            List<DatabaseCompaction.Duty> duties = DatabaseCompaction.compact(connection, tables);
            dataSource.evictConnection(connection);
            // an embedded database has closed the others, too
            dataSource.getHikariPoolMXBean().softEvictConnections();
            if (isEmbedded(storage)) {
                TrustedDatabases.ofThisUser().recordOpened(file(storage));
            }
            return duties;
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the rows were erased, but the database was not compacted, so that its files still contain them: "
                            + DatabaseErrors.reason(failed) + "; run fpw erase --finish",
                    failed);
        }
    }

    /**
     * For commands that need the data of nightly runs. Fails with {@code UNAVAILABLE} if nothing has been loaded yet.
     */
    public static HikariDataSource openExisting(Force.Storage storage, String password) {
        return openExisting(storage, password, 1);
    }

    /** The same with a number of connections. */
    public static HikariDataSource openExisting(Force.Storage storage, String password, int connections) {
        HikariDataSource opened = openIfCreated(storage, password, connections);
        if (opened == null) {
            throw FpwException.unavailable(nothingLoaded(storage));
        }
        return opened;
    }

    /**
     * For commands that only read: the database, or null if no run has created its tables yet.
     *
     * @throws FpwException with {@code CONFIGURATION} if the warehouse folder contains data that the database has lost
     */
    public static @Nullable HikariDataSource openIfCreated(Force.Storage storage, String password, int connections) {
        HikariDataSource opened = isThere(storage) ? openAsItIs(storage, password, connections) : null;
        if (opened != null && isCreated(opened)) {
            return opened;
        }
        if (opened != null) {
            opened.close();
        }
        IdentityCheck.refuseLostDatabase(
                storage.warehouse(),
                isEmbedded(storage) ? file(storage).toString() : shown(storage.jdbcUrl()),
                opened != null);
        return null;
    }

    /** For a run: the existing database, whether or not it contains anything. */
    public static HikariDataSource openAsItIs(Force.Storage storage, String password) {
        return openAsItIs(storage, password, CONNECTIONS);
    }

    /** The same with a number of connections. */
    public static HikariDataSource openAsItIs(Force.Storage storage, String password, int connections) {
        return pool(storage, password, isEmbedded(storage) ? ";IFEXISTS=TRUE" : "", connections);
    }

    /** The message if nothing has been loaded yet, with what to do next. */
    public static String nothingLoaded(Force.Storage storage) {
        return "nothing has been loaded into the warehouse " + storage.warehouse() + " yet ("
                + (isEmbedded(storage)
                        ? "it has no database"
                        : "the database " + shown(storage.jdbcUrl()) + " is empty")
                + "). The first run creates its tables: fpw nightly; fpw check --date D shows "
                + "whether it can start";
    }

    /**
     * Whether a run has created the tables. With H2, a killed run can leave only the first tables, or all tables
     * without rows.
     */
    private static boolean isCreated(HikariDataSource dataSource) {
        return hasReleases(dataSource)
                && !(isEmbedded(dataSource.getJdbcUrl()) && UnusedDatabase.holdsNothing(dataSource));
    }

    private static boolean hasReleases(HikariDataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, "ops", "current_release", null)) {
            return tables.next();
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the database " + shown(dataSource.getJdbcUrl()) + " does not list its tables: "
                            + DatabaseErrors.reason(failed) + "; try again",
                    failed);
        }
    }

    /**
     * Migrates the tables to this software version. H2 commits each statement of a migration separately, so processes
     * take turns ({@link EmbeddedDatabaseLock}). If one died during the very first migrations, the incomplete tables
     * are dropped and created again; see {@link EmbeddedDatabaseUpgrade} for a database that holds rows.
     */
    public static void migrate(HikariDataSource dataSource) {
        if (Migrations.isCurrent(dataSource)) {
            return;
        }
        try {
            if (isEmbedded(dataSource.getJdbcUrl())) {
                EmbeddedDatabaseLock.run(
                        EmbeddedDatabaseFile.of(dataSource.getJdbcUrl()),
                        EmbeddedDatabaseLock.TIMEOUT,
                        () -> migrateInTurn(dataSource));
            } else {
                Migrations.of(new LongStatements(dataSource)).migrate(); // each migration is one transaction
            }
        } catch (FlywayException failed) {
            throw FpwException.unavailable(
                    "the database tables could not be migrated: " + DatabaseErrors.reason(cause(failed))
                            + ". If the database does not respond, try again later; if it was "
                            + "created by a newer version of fpw, use that version",
                    failed);
        }
    }

    private static void migrateInTurn(HikariDataSource dataSource) {
        try {
            migrateEmbedded(dataSource, Migrations.of(dataSource));
        } catch (FlywayException failed) {
            // a failed upgrade has closed the pool and restored the previous state
            if (!EmbeddedDatabaseOpener.hasServerEnded(failed) || dataSource.isClosed()) {
                throw failed;
            }
            migrateEmbedded(dataSource, Migrations.of(dataSource));
        }
    }

    private static void migrateEmbedded(HikariDataSource dataSource, Migrations migrations) {
        if (UnusedDatabase.isEmpty(dataSource)) {
            try {
                migrations.migrate();
            } catch (FlywayException failed) {
                // Another process may have created the tables by now and be at work: drop only incomplete ones.
                if (EmbeddedDatabaseOpener.hasServerEnded(failed)
                        || !UnusedDatabase.holdsNothing(dataSource)
                        || migrations.isDone()) {
                    throw failed;
                }
                EmptyDatabaseReset.drop(dataSource, failed);
                migrations.migrate();
            }
            return;
        }
        if (migrations.isUpgrade()) {
            EmbeddedDatabaseUpgrade.run(dataSource, migrations::migrate);
        } else {
            migrations.migrate();
        }
    }

    private static HikariDataSource pool(Force.Storage storage, String password, String suffix, int size) {
        refuseHarmful(storage);
        HikariConfig config = new HikariConfig();
        config.setPoolName("fpw");
        config.setJdbcUrl(DatabaseUrl.opening(storage.jdbcUrl()) + suffix);
        config.setUsername(storage.jdbcUser());
        config.setPassword(password);
        config.setMaximumPoolSize(size + TO_LOOK_AT_ITS_VERSION);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        if (!isEmbedded(storage)) {
            StorageTimeouts.driverSettings(storage.jdbcUrl()).forEach(config::addDataSourceProperty);
            config.setConnectionInitSql(StorageTimeouts.sessionSql());
        }
        try {
            return isEmbedded(storage)
                    ? EmbeddedDatabaseFile.open(file(storage), () -> {
                        EmbeddedDatabaseUpgrade.recover(config.getJdbcUrl(), storage.jdbcUser(), password);
                        return EmbeddedDatabaseOpener.open(config, shown(storage.jdbcUrl()));
                    })
                    : new ServerPool(config);
        } catch (PoolInitializationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            FpwException exhausted = Exhaustion.ofThisProcess(cause);
            if (exhausted != null) {
                throw exhausted;
            }
            if (isEmbedded(storage) && DatabaseErrors.isDamaged(failed)) {
                throw Damage.ofDatabase("the database file " + file(storage), failed);
            }
            if (cause instanceof SQLException refused
                    && String.valueOf(refused.getSQLState()).startsWith(WRONG_USER_OR_PASSWORD)) {
                throw FpwException.configuration(
                        "the database " + shown(storage.jdbcUrl()) + " rejects user '" + storage.jdbcUser() + "' ("
                                + DatabaseErrors.reason(cause) + "); correct storage.user in force.yml"
                                + (storage.passwordVariable().isEmpty()
                                        ? ""
                                        : " or the password in " + storage.passwordVariable()),
                        failed);
            }
            throw FpwException.unavailable(
                    "the database " + shown(storage.jdbcUrl()) + " does not respond: " + DatabaseErrors.reason(cause)
                            + (isEmbedded(storage)
                                    ? ". Check that its folder is readable and writable"
                                    : ". Check that it is running and that its URL is correct")
                            + ", then try again",
                    failed);
        }
    }

    /** Checks the URL again: it may not come from a checked force folder. */
    private static void refuseHarmful(Force.Storage storage) {
        DatabaseUrl.Problem problem = DatabaseUrl.problemOfStorage(storage.jdbcUrl());
        if (problem != null) {
            throw FpwException.configuration(
                    "force.yml: storage.database: " + problem.problem() + "; " + problem.remedy());
        }
        if (isEmbedded(storage)) {
            FilePermissions.requireOwn(file(storage));
            refuseEmptied(storage);
        }
    }

    /** H2 would start a new database in an empty file. */
    private static void refuseEmptied(Force.Storage storage) {
        try {
            if (isThere(storage)
                    && Files.size(file(storage)) == 0
                    && Files.exists(new WarehouseFolder(storage.warehouse()).identityFile())) {
                throw Damage.ofEmptyDatabase(file(storage));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot look at " + file(storage), unreadable);
        }
    }

    /**
     * The URL for readers: the whole URL of an embedded database, otherwise without its settings, which may contain a
     * password.
     */
    public static String displayUrl(Force.Storage storage) {
        return isEmbedded(storage) ? storage.jdbcUrl() + ", user " + storage.jdbcUser() : shown(storage.jdbcUrl());
    }

    static boolean isEmbedded(Force.Storage storage) {
        return isEmbedded(storage.jdbcUrl());
    }

    private static boolean isEmbedded(String jdbcUrl) {
        return DatabaseUrl.plain(jdbcUrl).startsWith(EmbeddedDatabaseFile.URL_PREFIX);
    }

    /** The URL without its settings, which might contain a password. */
    private static String shown(String jdbcUrl) {
        return DatabaseUrl.plain(jdbcUrl).split("[;?]", 2)[0];
    }

    /** The database's error behind Flyway's message about the script. */
    private static Throwable cause(FlywayException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return cause;
            }
        }
        return failed;
    }
}
