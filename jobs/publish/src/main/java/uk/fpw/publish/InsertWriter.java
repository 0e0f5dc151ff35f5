package uk.fpw.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Inserts {@value #ROWS} rows per statement and {@value #ROWS_PER_COMMIT} per transaction. H2 spills a longer
 * transaction and its undo log to its file, and writes all of it again at the commit.
 */
final class InsertWriter implements RowWriter {

    /** H2 needs at most half of its 19 MB of memory for this many rows. */
    static final int ROWS_PER_COMMIT = 2_000;

    private static final int ROWS = 200;

    private final Connection connection;
    private final LockGuard guard;
    private final String insert;
    private final String row;
    private final List<@Nullable Object[]> kept = new ArrayList<>(ROWS);
    private @Nullable PreparedStatement full;
    private int uncommitted;

    InsertWriter(Connection connection, LockGuard guard, String target, int columns) {
        this.connection = connection;
        this.guard = guard;
        this.insert = "insert into " + target + " values ";
        this.row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    @Override
    public void write(@Nullable Object[] values) throws SQLException {
        kept.add(values);
        if (kept.size() == ROWS) {
            PreparedStatement statement = full;
            if (statement == null) {
                statement = statement(ROWS);
                full = statement;
            }
            insert(statement);
            uncommitted += ROWS;
            if (uncommitted == ROWS_PER_COMMIT) {
                guard.check(connection);
                connection.commit();
                uncommitted = 0;
            }
        }
    }

    @Override
    public void finish() throws SQLException {
        if (!kept.isEmpty()) {
            try (PreparedStatement rest = statement(kept.size())) {
                insert(rest);
            }
        }
    }

    private PreparedStatement statement(int rows) throws SQLException {
        return connection.prepareStatement(insert + String.join(", ", Collections.nCopies(rows, row)));
    }

    private void insert(PreparedStatement statement) throws SQLException {
        int parameter = 0;
        for (@Nullable Object[] values : kept) {
            for (Object value : values) {
                statement.setObject(++parameter, value);
            }
        }
        statement.executeUpdate();
        kept.clear();
    }

    @Override
    public void close() throws SQLException {
        PreparedStatement statement = full;
        if (statement != null) {
            statement.close();
        }
    }
}
