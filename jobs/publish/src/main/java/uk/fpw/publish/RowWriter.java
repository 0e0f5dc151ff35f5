package uk.fpw.publish;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Writes many rows to one table in the transaction of its connection, in the way that is fast on that database. Closed
 * without {@link #finish}, it has written nothing, or what the transaction's end undoes.
 */
interface RowWriter extends AutoCloseable {

    /**
     * A writer of rows to a table.
     *
     * @param columns names of the columns, in the order in which each row has their values
     */
    static RowWriter to(Connection connection, String table, List<String> columns) throws SQLException {
        // Quoted, because some are keywords of a database.
        String target = table + " ("
                + columns.stream().map(column -> '"' + column + '"').collect(Collectors.joining(", ")) + ")";
        return connection.isWrapperFor(PGConnection.class)
                ? new CopyWriter(connection.unwrap(PGConnection.class), target)
                : new InsertWriter(connection, target, columns.size());
    }

    /** Writes a row, or keeps it to be written with the next ones. */
    void write(@Nullable Object[] values) throws SQLException;

    /** Writes what was kept. */
    void finish() throws SQLException;

    @Override
    void close() throws SQLException;
}
