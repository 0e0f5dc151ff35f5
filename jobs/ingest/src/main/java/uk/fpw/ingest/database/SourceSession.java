package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.failure.TimeLimit;
import uk.fpw.warehouse.force.connection.SourceConnection;

/** Sessions with operational databases: read-only, in one transaction with a single snapshot. */
final class SourceSession {

    private static final Logger LOG = LoggerFactory.getLogger(SourceSession.class);

    private static final int GRACE_SECONDS = 10;
    private static final long LOCK_MARGIN_MILLIS = 500;

    private SourceSession() {}

    static Connection open(SourceConnection.Database database, String password, SourceFailures failures)
            throws SQLException {
        try {
            DriverManager.getDriver(database.jdbcUrl());
        } catch (SQLException none) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "connection '" + database.name()
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
            set(connection, database);
            connection.setReadOnly(true);
            DatabaseMetaData metaData = connection.getMetaData();
            connection.setTransactionIsolation(SourceProduct.of(metaData).isolation(metaData));
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
    private static void set(Connection connection, SourceConnection.Database database) throws SQLException {
        String first = SourceProduct.ofUrl(database.jdbcUrl())
                .sessionStatement(database.timeoutSeconds() * 1000L - LOCK_MARGIN_MILLIS);
        if (first != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
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
        SourceProduct.ofUrl(database.jdbcUrl()).addProperties(properties, database);
        return properties;
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
