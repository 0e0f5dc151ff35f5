package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;

/**
 * Statements of one transaction. Values are bound in order. Instants must be given as offset date-times; ids are bound
 * as text.
 */
public final class OpsStatements {

    private final Connection connection;

    /** Statements in the open transaction of a connection, which is neither committed nor closed here. */
    public OpsStatements(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Reads one row, or returns null. */
    @FunctionalInterface
    public interface NullableReader<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, RowMapper<? extends T> mapper, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = prepare(sql, values);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(mapper.read(rows));
            }
        }
        return found;
    }

    /** The first row of a query; null if there is none or the reader returns null. */
    public <T> @Nullable T first(String sql, NullableReader<? extends T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement select = prepare(sql, values);
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? reader.read(rows) : null;
        }
    }

    /** Whether a query returns a row. */
    boolean exists(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> true, values) != null;
    }

    /** Executes an update and returns the number of rows. */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Executes the same update for many rows of values, as one batch. */
    public void updateAll(String sql, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(statement, values);
            return statement;
        } catch (SQLException | RuntimeException failed) {
            statement.close();
            throw failed;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, bound(values[index]));
        }
    }

    /** Ids are bound as text, since a driver would serialize the object. */
    private static @Nullable Object bound(@Nullable Object value) {
        return value instanceof ReleaseId || value instanceof RunId ? value.toString() : value;
    }
}
