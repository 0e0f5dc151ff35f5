package uk.fpw.publish;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Bulk-writes rows to one table in the way that is fast on its database. Closed without {@link #finish}, it has
 * written nothing, or some rows, or rows that the transaction will roll back.
 */
interface RowWriter extends AutoCloseable {

    /**
     * A writer to a table, in the transaction of a connection. On H2 it commits that transaction every few thousand
     * rows.
     *
     * @param guard checked before each of these commits
     * @param columns column names, in the order of the values of each row
     */
    static RowWriter to(Connection connection, LockGuard guard, String table, List<String> columns)
            throws SQLException {
        // Quoted, because some names are keywords of a database.
        String target = table + " ("
                + columns.stream().map(column -> '"' + column + '"').collect(Collectors.joining(", ")) + ")";
        return isPostgres(connection)
                ? new CopyWriter(connection.unwrap(PGConnection.class), target)
                : new InsertWriter(connection, guard, target, columns.size());
    }

    static boolean isPostgres(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class);
    }

    /** Writes a row, or buffers it. */
    void write(@Nullable Object[] values) throws SQLException;

    /** Writes the buffered rows. */
    void finish() throws SQLException;

    @Override
    void close() throws SQLException;
}
