package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.failure.TimeLimit;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.SourceConnection;

/** Sessions with operational databases: read-only, in one transaction with a single snapshot. */
final class SourceSession {

    private static final Logger LOG = LoggerFactory.getLogger(SourceSession.class);

    /** Snapshot isolation of H2, which is not a standard level. */
    private static final int H2_SNAPSHOT = 6;

    /** Snapshot isolation of SQL Server, where repeatable read would lock what it reads. */
    private static final int SQL_SERVER_SNAPSHOT = 4096;

    private static final int GRACE_SECONDS = 10;
    private static final long LOCK_MARGIN_MILLIS = 500;
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private SourceSession() {}

    static Connection open(SourceConnection.Database database, String password, SourceFailures failures)
            throws SQLException {
        try {
            DriverManager.getDriver(database.jdbcUrl());
        } catch (SQLException none) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "connections.yml: connection '" + database.name()
                            + "': there is no JDBC driver for URLs that start with "
                            + scheme(database.jdbcUrl())
                            + "; put the jar of the database's JDBC driver into a folder and "
                            + "set the environment variable FPW_DRIVERS to that folder",
                    none);
        }
        // Not every driver limits the whole of it.
        Connection connection = TimeLimit.within(
                Duration.ofSeconds(database.timeoutSeconds() + GRACE_SECONDS),
                () -> connect(database, password, failures),
                failures::notConnectedInTime);
        try {
            limitSilence(connection, database.timeoutSeconds());
            limitLocks(connection, database);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(isolation(connection.getMetaData()));
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException failed) {
            end(connection);
            throw failed;
        }
    }

    private static Connection connect(SourceConnection.Database database, String password, SourceFailures failures) {
        try {
            return DriverManager.getConnection(database.jdbcUrl(), properties(database, password));
        } catch (SQLException failed) {
            throw failures.connecting(failed);
        }
    }

    /** The lock timeout is a little shorter than the query timeout, so that the failure names the lock. */
    private static void limitLocks(Connection connection, SourceConnection.Database database) throws SQLException {
        if (database.jdbcUrl().startsWith(POSTGRESQL)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout = " + (database.timeoutSeconds() * 1000L - LOCK_MARGIN_MILLIS));
            }
        }
    }

    /** Closes the session. Nothing was written, so nothing can be lost. */
    static void end(Connection connection) {
        try (connection) {
            connection.rollback();
        } catch (SQLException ignored) {
            LOG.debug("a session with a source database did not close properly", ignored);
        }
    }

    private static Properties properties(SourceConnection.Database database, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        String url = database.jdbcUrl();
        String timeout = Integer.toString(database.timeoutSeconds());
        if (url.startsWith(POSTGRESQL)) {
            properties.setProperty("ApplicationName", "fpw");
            properties.setProperty("connectTimeout", timeout);
            properties.setProperty("loginTimeout", timeout);
            properties.setProperty("tcpKeepAlive", "true");
            // Transfer values in binary form from the first statement on.
            properties.setProperty("prepareThreshold", "-1");
            properties.setProperty("requireAuth", DatabaseUrl.requireAuth(url));
        } else if (url.startsWith("jdbc:h2:")) {
            // Otherwise H2 would create an empty database if there is none.
            properties.setProperty("IFEXISTS", "TRUE");
        }
        return properties;
    }

    /** The isolation level at which a transaction sees a single snapshot without locking it. */
    private static int isolation(DatabaseMetaData database) throws SQLException {
        String product = database.getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.equals("h2")) {
            return H2_SNAPSHOT;
        }
        if (product.contains("microsoft sql server")) {
            return SQL_SERVER_SNAPSHOT;
        }
        return database.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)
                ? Connection.TRANSACTION_REPEATABLE_READ
                : Connection.TRANSACTION_SERIALIZABLE;
    }

    /**
     * A database that does not respond within the query timeout is unavailable; if the driver does not detect this, the
     * socket timeout will.
     */
    private static void limitSilence(Connection connection, int timeoutSeconds) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.multiplyExact(timeoutSeconds + GRACE_SECONDS, 1000));
        } catch (SQLFeatureNotSupportedException unsupported) {
            LOG.debug("the driver has no network timeout", unsupported);
        }
    }

    private static String scheme(String url) {
        return url.substring(0, url.indexOf(':', "jdbc:".length()) + 1);
    }
}
