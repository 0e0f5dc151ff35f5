package uk.fpw.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows by inserts of {@value #ROWS} at once. */
final class InsertWriter implements RowWriter {

    private static final int ROWS = 200;

    private final Connection connection;
    private final String insert;
    private final String row;
    private final List<@Nullable Object[]> kept = new ArrayList<>(ROWS);
    private @Nullable PreparedStatement full;

    InsertWriter(Connection connection, String target, int columns) {
        this.connection = connection;
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
