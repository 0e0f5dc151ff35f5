package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.ColumnKind;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * A table or view of an operational database that no feed describes yet. Read in the same kind of session as that of a
 * feed: read-only, in one transaction with a single snapshot.
 */
public final class DatabaseTable implements AutoCloseable {

    private final String table;
    private final SourceConnection.Database database;
    private final SourceFailures failures;
    private final Connection connection;
    private final String from;
    private final String selected;
    private final List<SourceColumn> columns;
    private final List<SourceColumn> unreadable;

    private DatabaseTable(String table, SourceConnection.Database database, String password) {
        this.table = table;
        this.database = database;
        this.failures =
                new SourceFailures(database, password, "connection " + database.name() + ", table " + table, null);
        try {
            connection = SourceSession.open(database, password, failures);
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
        try {
            Identifiers identifiers = new Identifiers(connection, failures);
            from = identifiers.table(table, database.user());
            List<SourceColumn> found = ExtractQuery.probe(connection, from, database);
            columns = found.stream()
                    .filter(column -> column.kind() != ColumnKind.OTHER)
                    .toList();
            unreadable = found.stream()
                    .filter(column -> column.kind() == ColumnKind.OTHER)
                    .toList();
            selected = columns.stream()
                    .map(column -> identifiers.quote(column.name()))
                    .collect(Collectors.joining(", "));
        } catch (SQLException failed) {
            SourceSession.end(connection);
            throw failures.of(failed, 0);
        } catch (RuntimeException failed) {
            SourceSession.end(connection);
            throw failed;
        }
    }

    /**
     * Opens a session and finds the table.
     *
     * @param table name of the table, with schema if necessary, in any case
     * @param password password; empty for none
     * @throws FpwException with {@code CONFIGURATION} if there is no such table or the user has no permission to read
     *     it, {@code UNAVAILABLE} if the database does not respond
     */
    public static DatabaseTable open(String table, SourceConnection.Database database, String password) {
        try {
            DatabaseTable opened = new DatabaseTable(table, database, password);
            if (opened.columns.isEmpty()) {
                opened.close();
                throw opened.failures.badData("has no column that a feed can read", "choose another table");
            }
            return opened;
        } catch (FpwException failed) {
            // The table comes from the command line, so its absence is an error in the command line.
            throw failed.exitCode() == ExitCode.BAD_DATA
                    ? new FpwException(ExitCode.CONFIGURATION, String.valueOf(failed.getMessage()), failed)
                    : failed;
        }
    }

    /** The table name as given. */
    public String name() {
        return table;
    }

    /** Names of the columns that a feed can read, in order. */
    public List<String> headers() {
        return columns.stream().map(SourceColumn::name).toList();
    }

    /** The other columns, each with its type. */
    public Map<String, String> unreadableColumns() {
        Map<String, String> types = new LinkedHashMap<>();
        unreadable.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    /** The type of each of {@link #headers}; null for text. */
    public List<Feed.@Nullable Type> declaredTypes() {
        return columns.stream().map(column -> column.kind().declaredType()).toList();
    }

    /** Starts reading, with the values of {@link #headers} as texts. */
    public SourceRows open() {
        try {
            PreparedStatement statement =
                    ExtractQuery.prepared(connection, "select " + selected + " from " + from, database);
            try {
                return new Rows(statement, statement.executeQuery());
            } catch (SQLException | RuntimeException failed) {
                statement.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    @Override
    public void close() {
        SourceSession.end(connection);
    }

    private final class Rows implements SourceRows {

        private final PreparedStatement statement;
        private final ResultSet results;
        private long count;

        Rows(PreparedStatement statement, ResultSet results) {
            this.statement = statement;
            this.results = results;
        }

        @Override
        public @Nullable SourceRow next() {
            try {
                if (!results.next()) {
                    return null;
                }
                count++;
                List<@Nullable Object> texts = new ArrayList<>(columns.size());
                for (int index = 0; index < columns.size(); index++) {
                    String text = columns.get(index).read(results, index + 1);
                    String stripped = text == null ? "" : text.strip();
                    texts.add(stripped.isEmpty() ? null : stripped);
                }
                return new SourceRow(count, columns.size(), Collections.unmodifiableList(texts), 0, false);
            } catch (SQLException failed) {
                throw failures.of(failed, count);
            }
        }

        @Override
        public int width() {
            return columns.size();
        }

        @Override
        public String digest() {
            throw new UnsupportedOperationException("a profile does not compare reads");
        }

        @Override
        public void close() {
            try (statement) {
                results.close();
            } catch (SQLException ignored) {
                // Nothing is lost, since it was only read.
            }
        }
    }
}
