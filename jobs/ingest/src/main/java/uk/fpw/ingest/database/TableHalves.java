package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.connection.SourceConnection;

/**
 * Splits a large PostgreSQL table into halves that two parallel sessions read with the same snapshot. Each row of a
 * snapshot has exactly one place and so is in exactly one half, whatever is written to the table meanwhile; appended
 * rows are not in the snapshot.
 *
 * @param middle first page of the second half
 * @param snapshot name of the first session's snapshot, valid until its transaction ends
 */
record TableHalves(long middle, String snapshot) {

    /** The first version that reads a range of pages without scanning the others. */
    private static final int RANGES_SINCE = 14;

    private static final Pattern SNAPSHOT = Pattern.compile("[0-9A-Fa-f-]+");

    /**
     * If another session waits to alter the table, it waits for the first session, and the second session would wait
     * for it.
     */
    private static final String LOCK_TIMEOUT = "2s";

    /**
     * Decides whether to split a table and, if so, exports the session's snapshot. Tables with children are not split,
     * since each child has its own pages. After a failure, the transaction must be restarted.
     *
     * @param from quoted name of the table
     * @param minBytes minimum size for splitting a table
     * @return null if the table is to be read by a single session
     */
    static @Nullable TableHalves of(
            Connection connection, String from, long minBytes, SourceConnection.Database database) throws SQLException {
        if (SourceProduct.of(connection.getMetaData()) != SourceProduct.POSTGRESQL
                || connection.getMetaData().getDatabaseMajorVersion() < RANGES_SINCE) {
            return null;
        }
        String sql = "select pg_catalog.pg_relation_size(c.oid) as bytes,"
                + " pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint / 2 as middle"
                + " from pg_catalog.pg_class c join pg_catalog.pg_am a on a.oid = c.relam"
                + " where c.oid = pg_catalog.to_regclass(?) and c.relkind in ('r', 'm') and not c.relhassubclass"
                + " and a.amname = 'heap' and not pg_catalog.pg_is_in_recovery()";
        try (PreparedStatement statement = ExtractQuery.prepared(connection, sql, database)) {
            statement.setString(1, from);
            try (ResultSet table = statement.executeQuery()) {
                if (!table.next() || table.getLong("bytes") <= minBytes) {
                    return null;
                }
                long middle = table.getLong("middle");
                return new TableHalves(middle, exportSnapshot(connection, database));
            }
        }
    }

    private static String exportSnapshot(Connection connection, SourceConnection.Database database)
            throws SQLException {
        try (PreparedStatement statement =
                        ExtractQuery.prepared(connection, "select pg_catalog.pg_export_snapshot()", database);
                ResultSet exported = statement.executeQuery()) {
            String name = exported.next() ? exported.getString(1) : null;
            if (name == null || !SNAPSHOT.matcher(name).matches()) {
                throw new SQLException("the database exports a snapshot without a name");
            }
            return name;
        }
    }

    /**
     * Makes another session, whose transaction has not begun, use the snapshot of the first, with a short lock timeout.
     */
    void enter(Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("set transaction snapshot '" + snapshot + "'");
            statement.execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
        }
    }

    /** Resets the lock timeout after the session has its lock. */
    void entered(Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("set local lock_timeout to default");
        }
    }

    /** The conditions for the rows of each half. */
    List<String> conditions() {
        String from = "'(" + middle + ",0)'::pg_catalog.tid";
        return List.of("ctid < " + from, "ctid >= " + from);
    }
}
