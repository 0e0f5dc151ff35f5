package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.SourceConnection;

/**
 * Databases that feeds read, and how they differ: sessions, errors, identities. The URLs that a force folder may
 * contain are in {@link DatabaseUrl}. All but PostgreSQL and H2 are only tested with recorded responses.
 */
enum SourceProduct {
    POSTGRESQL("PostgreSQL", "jdbc:postgresql:") {
        @Override
        void addProperties(Properties properties, SourceConnection.Database database) {
            String timeout = Integer.toString(database.timeoutSeconds());
            properties.setProperty("ApplicationName", "fpw");
            properties.setProperty("connectTimeout", timeout);
            properties.setProperty("loginTimeout", timeout);
            properties.setProperty("tcpKeepAlive", "true");
            // Transfer values in binary form from the first statement on.
            properties.setProperty("prepareThreshold", "-1");
            properties.setProperty("requireAuth", DatabaseUrl.requireAuth(database.jdbcUrl()));
        }

        @Override
        String sessionStatement(long lockMillis) {
            return "set lock_timeout = " + lockMillis;
        }

        @Override
        String identityQuery() {
            // A database dropped and restored under the same name has another oid.
            return "select s.system_identifier, c.timeline_id || ', database ' || d.oid "
                    + "from pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c, "
                    + "pg_catalog.pg_database d where d.datname = pg_catalog.current_database()";
        }
    },
    H2("H2", "jdbc:h2:") {
        @Override
        void addProperties(Properties properties, SourceConnection.Database database) {
            // Otherwise H2 would create an empty database if there is none.
            properties.setProperty("IFEXISTS", "TRUE");
        }

        @Override
        int isolation(DatabaseMetaData database) {
            return H2_SNAPSHOT;
        }

        @Override
        String lockSetting(SourceConnection.Database database) {
            return "LOCK_TIMEOUT in the url of the connection";
        }

        @Override
        boolean isNotPermitted(int errorCode) {
            return errorCode == 90096;
        }

        @Override
        boolean isLocked(int errorCode) {
            return errorCode == H2_LOCK_TIMEOUT;
        }

        @Override
        boolean isOfConnection(int errorCode) {
            return switch (errorCode) {
                // Database closed, connection broken, closed, not found, lock timeout, file locked.
                case 90007, 90013, 90020, 90031, 90067, 90098, 90121, 90146, H2_LOCK_TIMEOUT -> true;
                default -> false;
            };
        }
    },
    SQL_SERVER("Microsoft SQL Server", "jdbc:sqlserver:") {
        @Override
        int isolation(DatabaseMetaData database) {
            return SQL_SERVER_SNAPSHOT;
        }

        @Override
        String identityQuery() {
            return "select recovery_fork_guid, null from sys.database_recovery_status where database_id = db_id()";
        }
    },
    ORACLE("Oracle", "jdbc:oracle:") {
        @Override
        String identityQuery() {
            return "select to_char(dbid), to_char(resetlogs_change#) from v$database";
        }
    },
    MYSQL("MySQL", "jdbc:mysql:") {
        @Override
        void addProperties(Properties properties, SourceConnection.Database database) {
            properties.setProperty("yearIsDateType", "false");
            // A date 0000-00-00 is read as null, which MariaDB's driver always does.
            properties.setProperty("zeroDateTimeBehavior", "CONVERT_TO_NULL");
            // Otherwise the driver would read all rows into memory.
            properties.setProperty("useCursorFetch", "true");
        }
    },
    MARIADB("MariaDB", "jdbc:mariadb:") {
        @Override
        void addProperties(Properties properties, SourceConnection.Database database) {
            properties.setProperty("yearIsDateType", "false");
        }
    },
    /** Any other product; it is unknown whether its transactions see a single snapshot. */
    OTHER("", "jdbc:");

    /** Snapshot isolation of H2, which is not a standard level. */
    private static final int H2_SNAPSHOT = 6;

    /** Snapshot isolation of SQL Server, where repeatable read would lock what it reads. */
    private static final int SQL_SERVER_SNAPSHOT = 4096;

    private static final int H2_LOCK_TIMEOUT = 50200;

    private final String productName;
    private final String urlPrefix;

    SourceProduct(String productName, String urlPrefix) {
        this.productName = productName;
        this.urlPrefix = urlPrefix;
    }

    /** The product that a URL is of. */
    static SourceProduct ofUrl(String jdbcUrl) {
        return Arrays.stream(values())
                .filter(product -> jdbcUrl.startsWith(product.urlPrefix))
                .findFirst()
                .orElse(OTHER);
    }

    /** The product that a session is with, whatever its URL. */
    static SourceProduct of(DatabaseMetaData database) throws SQLException {
        String name = database.getDatabaseProductName();
        return Arrays.stream(values())
                .filter(product -> product.productName.equalsIgnoreCase(name))
                .findFirst()
                .orElse(OTHER);
    }

    /** Adds the settings of a session. */
    void addProperties(Properties properties, SourceConnection.Database database) {}

    /** The isolation level at which a transaction sees a single snapshot without locking it. */
    int isolation(DatabaseMetaData database) throws SQLException {
        return database.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)
                ? Connection.TRANSACTION_REPEATABLE_READ
                : Connection.TRANSACTION_SERIALIZABLE;
    }

    /** Whether transactions see a single snapshot at that isolation level. */
    boolean hasSnapshots() {
        return this != OTHER;
    }

    /**
     * The first statement of a session; null if there is none.
     *
     * @param lockMillis how long the session may wait for a lock
     */
    @Nullable
    String sessionStatement(long lockMillis) {
        return isOfMySql()
                ? "set session time_zone = '+00:00', lock_wait_timeout = " + Math.max(1, lockMillis / 1000)
                : null;
    }

    /**
     * Whether values of a type are instants, which the database shows as date and time in the session's time zone, UTC.
     *
     * @param type type name in lower case
     */
    boolean showsInstantByClock(String type) {
        return isOfMySql() && type.equals("timestamp");
    }

    /** The value for a parameter of a statement. */
    Object parameter(Object value) {
        // The drivers would convert it to the time zone of this process, or to that of the URL.
        return isOfMySql() && value instanceof OffsetDateTime time
                ? time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : value;
    }

    /** Whether a transaction can be continued after a failed statement only from a savepoint. */
    boolean needsSavepoints() {
        // MySQL's driver has none in a read-only session.
        return !isOfMySql();
    }

    private boolean isOfMySql() {
        return this == MYSQL || this == MARIADB;
    }

    /** The setting that limits how long a session waits for a lock, for messages. */
    String lockSetting(SourceConnection.Database database) {
        return "timeout_seconds of the connection (" + database.timeoutSeconds()
                + "), from which its lock_timeout follows";
    }

    /** A query for the identifier and, if available, the timeline of a database; null if there is none. */
    @Nullable
    String identityQuery() {
        return null;
    }

    /** Whether an error code of its own, beside the SQLSTATE, means that the user may not read something. */
    boolean isNotPermitted(int errorCode) {
        return isOfMySql() && (errorCode == 1142 || errorCode == 1143);
    }

    /** The same for something that another session has locked. */
    boolean isLocked(int errorCode) {
        return isOfMySql() && errorCode == 1205;
    }

    /** The same for failures of the connection, whose messages contain no values of rows. */
    boolean isOfConnection(int errorCode) {
        return false;
    }
}
