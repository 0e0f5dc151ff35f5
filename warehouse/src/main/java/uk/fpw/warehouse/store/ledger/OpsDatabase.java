package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.ledger.OpsStatements.NullableReader;
import uk.fpw.warehouse.store.ledger.OpsStatements.RowMapper;

/**
 * The only access to schema {@code ops}. Each unit of work is one transaction, which is rolled back if anything in it
 * fails and durable when the method returns. Plain JDBC, since this module is used with and without Spring.
 *
 * <p>Every method fails with {@code UNAVAILABLE} if the database does not respond or tables or privileges are missing,
 * and with {@link IllegalStateException} if a statement fails for another reason.
 */
public final class OpsDatabase {

    private final DataSource dataSource;

    public OpsDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work to do in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        @Nullable
        T with(OpsStatements statements) throws SQLException;
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, RowMapper<? extends T> mapper, @Nullable Object... values) {
        return inTransaction(statements -> statements.<T>list(sql, mapper, values));
    }

    /** The first row of a query; null if there is none or the reader returns null. */
    public <T> @Nullable T first(String sql, NullableReader<? extends T> reader, @Nullable Object... values) {
        return inTransaction(statements -> statements.<T>first(sql, reader, values));
    }

    /** Executes an update and returns the number of rows. */
    public int update(String sql, @Nullable Object... values) {
        return inTransaction(statements -> statements.update(sql, values));
    }

    /** Whether the schema has a table; a database not yet used by this version may lack it. */
    public boolean hasTable(String table) {
        return inConnection(connection -> {
            try (ResultSet tables = connection.getMetaData().getTables(null, "ops", table, null)) {
                return tables.next();
            }
        });
    }

    /** Syncs everything committed so far, on any connection; see {@link DurableCommit}. */
    void sync() {
        inConnection(connection -> {
            DurableCommit.sync(connection);
            return true;
        });
    }

    /** Runs work in its own transaction. */
    @SuppressWarnings("NullAway") // Null if the work returns null.
    public <T> T inTransaction(Work<T> work) {
        return inConnection(connection -> {
            // The connection pool resets this on closing.
            connection.setAutoCommit(false);
            try {
                T result = work.with(new OpsStatements(connection));
                DurableCommit.commit(connection);
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollback(connection, failed);
                throw failed;
            }
        });
    }

    @FunctionalInterface
    private interface ConnectionWork<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T inConnection(ConnectionWork<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException failed) {
            if (DatabaseErrors.isUnavailable(failed)) {
                throw FpwException.unavailable(
                        "the database does not respond: " + DatabaseErrors.reason(failed)
                                + "; check that it is running, then try again",
                        failed);
            }
            FpwException ofAnotherVersion = DatabaseVersion.difference(dataSource, failed);
            if (ofAnotherVersion != null) {
                throw ofAnotherVersion;
            }
            if (isRefused(failed)) {
                throw FpwException.unavailable(
                        "the database rejects the access: " + failed.getMessage()
                                + ". Check that this version has completed a nightly run, and that "
                                + "this user has read and write access to schema ops, then try again",
                        failed);
            }
            throw new IllegalStateException("a statement on ops failed: " + failed.getMessage(), failed);
        }
    }

    /**
     * Whether a table or schema does not exist, access is denied, or the database is read-only, by the SQLSTATEs of
     * PostgreSQL and H2.
     */
    private static boolean isRefused(SQLException failed) {
        return List.of(
                        "42P01", "3F000", "42501", "25006", "42S02", "42S03", "42S04", "42102", "42104", "90079",
                        "90096", "90097")
                .contains(String.valueOf(failed.getSQLState()));
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** An instant in the type that the database expects; null for null. */
    public static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** An instant column of a row; null if the column is null. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Whether a row has a column; in a database not yet used by this version it may be missing. */
    public static boolean has(ResultSet row, String column) {
        try {
            return row.findColumn(column) > 0;
        } catch (SQLException isNotThere) {
            return false;
        }
    }

    /** A date column of a row; null if the column is null. */
    public static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    /** A text truncated to the width of its column, with an ellipsis; null for null. */
    public static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
