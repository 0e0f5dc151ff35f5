package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises an embedded database without recorded runs and registered tables. Does not use {@link OpsDatabase}, since
 * its tables may be incomplete.
 */
public final class UnusedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedDatabase.class);

    /** H2: table not found, in an existing or missing schema. */
    private static final int NO_TABLE = 42102;

    private static final int NO_TABLE_IN_EMPTY_SCHEMA = 42104;
    private static final int NO_SCHEMA = 90079;

    private UnusedDatabase() {}

    /** Whether the database is empty; false if it does not respond. */
    public static boolean isEmpty(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return !hasRow(statement, "ops.night") && !hasRow(statement, "iceberg_tables");
        } catch (SQLException failed) {
            LOG.warn("cannot determine whether the database contains anything", failed);
            return false;
        }
    }

    /** Whether the database contains nothing that a command could read; false if it does not respond. */
    public static boolean holdsNothing(DataSource dataSource) {
        if (!isEmpty(dataSource)) {
            return false;
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return !hasRow(statement, "ops.warehouse")
                    && !hasRow(statement, "ops.release")
                    && !hasRow(statement, "ops.feed_load");
        } catch (SQLException failed) {
            LOG.warn("cannot determine whether the database contains anything", failed);
            return false;
        }
    }

    private static boolean hasRow(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select 1 from " + table + " fetch first row only")) {
            return rows.next();
        } catch (SQLException failed) {
            int code = failed.getErrorCode();
            if (code == NO_TABLE || code == NO_TABLE_IN_EMPTY_SCHEMA || code == NO_SCHEMA) {
                return false;
            }
            throw failed;
        }
    }
}
