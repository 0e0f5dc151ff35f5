package uk.fpw.publish;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Writes many rows to one table, in the way that is fast on that database. Closed without {@link #finish}, it has
 * written nothing, a part of them, or what the transaction's end undoes.
 */
interface RowWriter extends AutoCloseable {

    /**
     * A writer of rows to a table in the transaction of a connection. H2 commits it for every part of many rows.
     *
     * @param guard checked before that
     * @param columns names of the columns, in the order in which each row has their values
     */
    static RowWriter to(Connection connection, LockGuard guard, String table, List<String> columns)
            throws SQLException {
        // Quoted, because some are keywords of a database.
        String target = table + " ("
                + columns.stream().map(column -> '"' + column + '"').collect(Collectors.joining(", ")) + ")";
        return isPostgres(connection)
                ? new CopyWriter(connection.unwrap(PGConnection.class), target)
                : new InsertWriter(connection, guard, target, columns.size());
    }

    static boolean isPostgres(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class);
    }

    /** Writes a row, or keeps it to be written with the next ones. */
    void write(@Nullable Object[] values) throws SQLException;

    /** Writes what was kept. */
    void finish() throws SQLException;

    @Override
    void close() throws SQLException;
}
