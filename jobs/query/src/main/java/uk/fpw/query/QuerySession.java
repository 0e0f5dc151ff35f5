package uk.fpw.query;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.CheckedFiles;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.model.DuckSql;
import uk.fpw.model.ForceTable;
import uk.fpw.model.Models;

/**
 * An in-memory DuckDB that shows the tables of one release as views and can reach nothing else.
 *
 * <p>There are two protections. A user's SQL is passed as text to the table function {@code query}, which accepts a
 * single SELECT and gives a clear message for everything else. Behind it, DuckDB's settings are locked so that the
 * session can open only the release's files and one output file.
 */
public final class QuerySession implements AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final String MEMORY = "1GB";
    private static final Set<String> NUMERIC = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL");

    private final Connection connection;
    private final ReleaseManifest release;
    private final List<ReleaseManifest.Table> readable;
    private final DuckDbValues values;
    private final CheckedFiles checked = CheckedFiles.ofThisUser();

    /** The statement whose rows were requested last; null if none is open. */
    private volatile @Nullable Statement running;

    private QuerySession(Connection connection, ReleaseManifest release, Predicate<ReleaseManifest.Table> isReadable) {
        this.connection = connection;
        this.release = release;
        this.readable = release.tables().stream().filter(isReadable).toList();
        this.values = new DuckDbValues(release.zone());
    }

    /**
     * Opens a session over all tables of a release, for programs whose reads nobody sees one by one. What a person asks
     * goes through {@link RecordedSession}.
     */
    public static QuerySession open(ReleaseManifest release) {
        return open(release, null, List.of(), table -> true);
    }

    /**
     * Opens a session over some tables of a release. The others do not exist in it, and their files cannot be opened.
     *
     * @param output file that {@link #writeParquet} may write; null for none
     * @param parameters the values that {@link QueryParameters#placed} makes the query read
     */
    static QuerySession open(
            ReleaseManifest release,
            @Nullable Path output,
            List<QueryParameters.Bound> parameters,
            Predicate<ReleaseManifest.Table> isReadable) {
        Connection connection;
        try {
            Properties properties = new Properties();
            properties.setProperty("jdbc_stream_results", "true");
            connection = connect(properties);
        } catch (SQLException failed) {
            throw new IllegalStateException("DuckDB does not start: " + failed.getMessage(), failed);
        } catch (LinkageError unloadable) {
            throw QueryException.unavailable(
                    "DuckDB's native library cannot be loaded from lib/query; install an archive that was built on a "
                            + "machine of this kind (" + System.getProperty("os.arch")
                            + "), in a folder from which programs may be run",
                    unloadable);
        }
        try {
            QuerySession session = new QuerySession(connection, release, isReadable);
            session.prepare(output, parameters);
            return session;
        } catch (SQLException failed) {
            close(connection);
            requireWhole(release, CheckedFiles.ofThisUser(), isReadable);
            throw QueryException.unavailable(
                    "release " + release.id() + " cannot be opened: " + DuckDbMessage.plain(failed)
                            + "; its files may have been deleted: choose another release, or run `fpw nightly` again",
                    failed);
        } catch (IllegalArgumentException unreadable) {
            close(connection);
            throw QueryException.unavailable(
                    "release " + release.id() + " cannot be opened: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * DuckDB prints a stack trace when its library cannot be loaded, besides throwing the error; suppresses the printed
     * one.
     */
    private static Connection connect(Properties properties) throws SQLException {
        PrintStream standardErr = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            return DriverManager.getConnection("jdbc:duckdb:", properties);
        } finally {
            System.setErr(standardErr);
        }
    }

    private void prepare(@Nullable Path output, List<QueryParameters.Bound> parameters) throws SQLException {
        execute("set TimeZone = " + text(release.zone().getId()));
        execute("set threads = "
                + Math.max(1, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors())));
        execute("set memory_limit = " + text(MEMORY));
        execute("set temp_directory = ''");
        Set<String> schemas = new LinkedHashSet<>(List.of("mart", "core"));
        release.tables().forEach(table -> schemas.add(table.schema()));
        for (String schema : schemas) {
            execute("create schema " + name(schema));
        }
        for (ReleaseManifest.Table table : readable) {
            if (!table.expired()) {
                execute("create view " + view(table) + " as " + source(table));
            }
        }
        if (!release.definitions().isEmpty()) {
            for (ForceTable table : ForceTable.all()) {
                execute(table.create(release.definitions().getOrDefault(table.name(), "[]")));
            }
        }
        // lets definitions and queries of the audit, which name no schema, run as they are
        execute("set search_path = 'main,mart,core'");
        bind(parameters);
        List<String> allowed = new ArrayList<>();
        readable.forEach(table -> allowed.addAll(paths(table)));
        if (output != null) {
            allowed.add(output.toString());
        }
        for (String setting : DuckSql.confinedTo(allowed)) {
            execute(setting);
        }
    }

    private void bind(List<QueryParameters.Bound> parameters) throws SQLException {
        if (parameters.isEmpty()) {
            return;
        }
        execute(parameters.stream()
                .map(one -> name(one.parameter().name()) + " "
                        + one.parameter().type().inSql())
                .collect(Collectors.joining(", ", "create temp table " + QueryParameters.TABLE + " (", ")")));
        String places = parameters.stream().map(one -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + QueryParameters.TABLE + " values (" + places + ")")) {
            for (int i = 0; i < parameters.size(); i++) {
                insert.setObject(i + 1, parameters.get(i).value());
            }
            insert.executeUpdate();
        }
    }

    private String source(ReleaseManifest.Table table) {
        if (table.files().isEmpty()) {
            return noRows(table);
        }
        String query = table.query();
        if (query != null) {
            return query;
        }
        // rows that an earlier release added belong to this release too
        boolean isHistory = Models.history().contains(table.name())
                && table.columns().stream().anyMatch(column -> column.name().equals("release_id"));
        String shown = isHistory ? " replace (" + text(release.id().value()) + " as release_id)" : "";
        return table.added().stream()
                .map(column -> ", " + nothing(table, column))
                .collect(Collectors.joining("", "select *" + shown, " from " + DuckSql.rowsOf(paths(table))));
    }

    private static String noRows(ReleaseManifest.Table table) {
        return Stream.concat(table.columns().stream(), table.added().stream())
                .map(column -> nothing(table, column))
                .collect(Collectors.joining(", ", "select ", " where false"));
    }

    private static String view(ReleaseManifest.Table table) {
        return name(table.schema()) + "." + name(table.plainName());
    }

    private static String nothing(ReleaseManifest.Table table, ReleaseManifest.Column column) {
        return "cast(null as " + duckType(table.name() + "." + column.name(), column.type()) + ") as "
                + name(column.name());
    }

    static String duckType(String column, String type) {
        return switch (type) {
            case "text" -> "varchar";
            case "int" -> "integer";
            case "decimal" -> "decimal(38, 9)";
            case "bigint", "double", "boolean", "date" -> type;
            case "timestamp" -> "timestamp with time zone";
            case "map" -> "map(varchar, varchar)";
            default ->
                throw QueryException.unavailable("release.json: " + column + " has type '"
                        + type + "', which this version of fpw does not support; use the version of fpw that "
                        + "created the release");
        };
    }

    /**
     * Compares the files of the tables that a query may read with what was released, since DuckDB itself does not. A
     * query names its tables, unless it builds a name for the functions {@code query} and {@code query_table}.
     */
    private void requireWhole(String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        requireWhole(
                release,
                checked,
                table -> readable.contains(table) && (text.contains(table.plainName()) || text.contains("query")));
    }

    private static void requireWhole(
            ReleaseManifest release, CheckedFiles checked, Predicate<ReleaseManifest.Table> isRead) {
        try {
            List<WrittenFile.Comparison> damaged = checked.damaged(release.tables().stream()
                    .filter(isRead)
                    .flatMap(table -> table.files().stream())
                    .toList());
            if (!damaged.isEmpty()) {
                throw QueryException.damaged(release.id(), damaged);
            }
        } catch (IOException unreadable) {
            throw QueryException.unavailable(
                    "a file of release " + release.id() + " cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Runs SQL. The rows are read from DuckDB on demand, until the next SQL is run; an error while reading is a
     * {@link QueryException} too.
     *
     * @throws QueryException with DuckDB's reason and what may have been meant
     */
    public QueryResult run(String sql) {
        requireWhole(sql);
        try {
            closeRunning();
            @SuppressWarnings("resource") // closed by the next query, or with the connection
            Statement statement = connection.createStatement();
            running = statement;
            ResultSet rows = statement.executeQuery("select * from " + asTable(sql));
            ResultSetMetaData meta = rows.getMetaData();
            int width = meta.getColumnCount();
            List<QueryResult.Heading> headings = new ArrayList<>(width);
            for (int column = 1; column <= width; column++) {
                headings.add(new QueryResult.Heading(
                        meta.getColumnLabel(column), isNumeric(meta.getColumnTypeName(column))));
            }
            return new QueryResult(headings, QueryResult.rows(() -> {
                try {
                    return rows.next() ? values.row(rows, width) : null;
                } catch (SQLException failed) {
                    throw failure(sql, failed);
                }
            }));
        } catch (SQLException failed) {
            throw failure(sql, failed);
        }
    }

    /**
     * Which of some tables that this session does not have a query reads: DuckDB binds the query to empty tables of
     * their columns, then to all but one of them, for each. So it finds whatever DuckDB itself would read, however the
     * query names it. If it missed one, the query would fail for want of it.
     *
     * @return none if the query needs none of them
     * @throws QueryException if the query cannot be run even with all of them
     */
    List<ReleaseManifest.Table> needed(String sql, List<ReleaseManifest.Table> tables) {
        List<ReleaseManifest.Table> existing =
                tables.stream().filter(table -> !table.expired()).toList();
        try {
            closeRunning();
            if (cannotBind(sql) == null) {
                return List.of();
            }
            try {
                for (ReleaseManifest.Table table : existing) {
                    execute("create schema if not exists " + name(table.schema()));
                    execute("create view " + view(table) + " as " + noRows(table));
                }
                SQLException failed = cannotBind(sql);
                if (failed != null) {
                    throw failure(sql, failed);
                }
                List<ReleaseManifest.Table> needed = new ArrayList<>();
                for (ReleaseManifest.Table table : existing) {
                    execute("drop view " + view(table));
                    if (cannotBind(sql) != null) {
                        needed.add(table);
                    }
                    execute("create view " + view(table) + " as " + noRows(table));
                }
                return needed;
            } finally {
                for (ReleaseManifest.Table table : existing) {
                    execute("drop view if exists " + view(table));
                }
            }
        } catch (SQLException impossible) {
            close(); // a query must never find one of the empty tables
            throw new IllegalStateException("DuckDB cannot create or drop a view", impossible);
        }
    }

    /** Why the query cannot be bound; null if it can. */
    private @Nullable SQLException cannotBind(String sql) {
        try {
            connection.prepareStatement("select * from " + asTable(sql)).close();
            return null;
        } catch (SQLException failed) {
            return failed;
        }
    }

    /** Cancels, from another thread, the query that is running: it fails there. */
    public void cancel() {
        Statement now = running;
        try {
            if (now != null) {
                now.cancel();
            }
        } catch (SQLException ended) {
            // it has already ended
            return;
        }
    }

    private void closeRunning() throws SQLException {
        Statement last = running;
        if (last != null) {
            running = null;
            last.close();
        }
    }

    /**
     * Runs SQL and writes its rows as one Parquet file; returns their number. The file must be the output that the
     * session was opened with.
     */
    long writeParquet(String sql, Path output) {
        requireWhole(sql);
        try (Statement statement = connection.createStatement()) {
            running = statement;
            return statement.executeUpdate("copy (select * from " + asTable(sql) + ") to " + text(output.toString())
                    + " (format parquet, compression zstd, use_tmp_file false)");
        } catch (SQLException failed) {
            throw failure(sql, failed);
        }
    }

    /**
     * Runs a statement unchanged and without that check: for the session's own statements, and for tests of the second
     * protection.
     */
    void execute(String statement) throws SQLException {
        try (Statement duck = connection.createStatement()) {
            duck.execute(statement);
        }
    }

    private QueryException failure(String sql, SQLException failed) {
        return DuckDbMessage.failure(release, placed(sql, failed), failed);
    }

    /**
     * The same error with its position in the user's own text, if preparing that text fails too. Nothing is run, since
     * {@code query} has already accepted it as a single SELECT.
     */
    private SQLException placed(String sql, SQLException failed) {
        if (DuckDbMessage.isNotOneSelect(failed)) {
            return failed;
        }
        try {
            connection.prepareStatement(sql).close();
            return failed;
        } catch (SQLException placed) {
            return placed;
        }
    }

    private static String asTable(String sql) {
        return "query(" + text(sql) + ")";
    }

    private static boolean isNumeric(String type) {
        return NUMERIC.contains(type.replaceFirst("\\(.*", ""));
    }

    private static List<String> paths(ReleaseManifest.Table table) {
        return table.files().stream().map(file -> file.path().toString()).toList();
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // nothing in memory can be lost
        }
    }
}
