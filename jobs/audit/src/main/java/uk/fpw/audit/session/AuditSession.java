package uk.fpw.audit.session;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.ForceTable;
import uk.fpw.model.Model;
import uk.fpw.warehouse.message.AuditRequest;

/**
 * An in-memory DuckDB in which the tables of a candidate can be read by their simple names, next to the definitions
 * of the force. Days are days in the zone of the force.
 */
public final class AuditSession implements AutoCloseable {

    private static final String DEFAULT_MEMORY = "1GB";

    /** More threads would leave each too little memory. */
    private static final int MAX_THREADS = 4;

    private final Connection connection;
    private String searchPath = "main";

    private AuditSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens an empty session.
     *
     * @param zone time zone of the force, in which instants become days
     */
    public static AuditSession open(String zone) {
        try {
            AuditSession session = new AuditSession(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()));
            session.execute("set TimeZone = " + text(zone));
            session.execute("set autoinstall_known_extensions = false");
            session.execute("set autoload_known_extensions = false");
            session.execute("set threads = "
                    + Math.max(1, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors())));
            session.execute("set preserve_insertion_order = false");
            return session;
        } catch (SQLException failed) {
            throw new IllegalStateException("DuckDB does not start: " + failed.getMessage(), failed);
        }
    }

    /** Limits the memory, and sets the folder to which DuckDB spills. */
    public void limitMemory(@Nullable String memory, String scratch) {
        execute("set memory_limit = " + text(memory == null || memory.isBlank() ? DEFAULT_MEMORY : memory));
        execute("set temp_directory = " + text(scratch));
    }

    /**
     * Confines the session to these files and the folder of {@link #limitMemory}: it can open no other file, and
     * settings can no longer be changed.
     */
    public void confineTo(List<String> files) {
        DuckSql.confinedTo(files).forEach(this::execute);
    }

    /** Creates the tables of the force's definitions, see {@link AuditRequest}. */
    public void define(Map<String, String> definitions) {
        for (ForceTable table : ForceTable.all()) {
            execute(table.create(definitions.getOrDefault(table.name(), "[]")));
        }
    }

    /**
     * Creates a view of the files of a table, with the columns of its model; a column that was not yet written is
     * null.
     */
    public void show(String view, Model model, AuditRequest.Table table) {
        String columns = model.columns().stream()
                .map(column -> table.files().isEmpty() || !table.columns().contains(column.name())
                        ? "cast(null as " + type(column) + ") as " + name(column.name())
                        : name(column.name()))
                .collect(Collectors.joining(", "));
        String rows = table.files().isEmpty() ? " where false" : " from " + DuckSql.rowsOf(table.files());
        execute("create view " + name(view) + " as select " + columns + rows);
    }

    /** The columns of a model, cast to their DuckDB types. */
    static String typed(Model model) {
        return model.columns().stream()
                .map(column -> "cast(" + name(column.name()) + " as " + type(column) + ") as " + name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** The DuckDB type of a column. */
    public static String type(Model.Column column) {
        return switch (column.type()) {
            case TEXT -> "varchar";
            case TIMESTAMP -> "timestamptz";
            case MAP -> "map(varchar, varchar)";
            default -> column.type().word();
        };
    }

    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AuditException(failed, sql);
        }
    }

    /** Creates a table from the rows of a query. */
    public void createTable(String table, AuditQuery query) {
        execute("create table " + name(table) + " as " + query.sql());
    }

    /** Creates the table of a figure definition, from those before it. */
    public void createTable(FigureDefinition definition) {
        execute("create table " + name(definition.name()) + " as " + definition.sql());
    }

    /** Creates a view of a figure definition. */
    public void createView(String view, FigureDefinition definition) {
        execute("create view " + name(view) + " as " + definition.sql());
    }

    public void append(String table, AuditQuery query) {
        execute("insert into " + name(table) + " " + query.sql());
    }

    /**
     * Creates or replaces a table function. Unlike a view, it opens no file before it is read.
     *
     * @param signature such as {@code known_spell(source)}
     */
    public void createFunction(String signature, AuditQuery query) {
        execute("create or replace macro " + signature + " as table " + query.sql());
    }

    /** Writes the rows of a query to a Parquet file, replacing it. */
    void write(AuditQuery query, String file) {
        execute("copy (" + query.sql() + ") to " + text(file) + " (format parquet, use_tmp_file false)");
    }

    /** Creates or replaces a view of a query. */
    public void createView(String view, AuditQuery query) {
        createView(view, List.of(query));
    }

    /** Creates or replaces a view of the union of some queries. */
    public void createView(String view, List<AuditQuery> queries) {
        execute(queries.stream()
                .map(AuditQuery::sql)
                .collect(Collectors.joining("\nunion all\n", "create or replace view " + name(view) + " as ", "")));
    }

    /**
     * Runs statements in a schema. Where the schema has no table of a name, the one of {@code main} is read. After an
     * error, call {@link #leaveSchemas}.
     *
     * @param schema one schema, or several in search order, separated by commas
     */
    public void in(String schema, Runnable work) {
        String before = searchPath;
        read(schema + ",main");
        work.run();
        read(before);
    }

    /** Goes back to schema {@code main}. */
    void leaveSchemas() {
        read("main");
    }

    private void read(String schemas) {
        searchPath = schemas;
        execute("set search_path = " + text(schemas));
    }

    public void createSchema(String schema) {
        execute("create schema " + name(schema));
    }

    /** Drops a schema and everything in it, if it exists. */
    public void dropSchema(String schema) {
        execute("drop schema if exists " + name(schema) + " cascade");
    }

    public void dropTable(String schema, String table) {
        execute("drop table " + name(schema) + "." + name(table));
    }

    /** Drops a table, if it exists. */
    public void dropTable(String table) {
        execute("drop table if exists " + name(table));
    }

    /** The number of rows of a table or view. */
    public long count(String table) {
        return number("select count(*) from " + name(table));
    }

    /** All rows of a query; meant for few rows. */
    public List<QueryRow> rows(AuditQuery query) {
        return rows(query.sql()).stream().map(QueryRow::new).toList();
    }

    /** Passes on every row of a query, of which there may be many. */
    public void forEach(AuditQuery query, Consumer<QueryRow> reader) {
        String sql = query.sql();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int width = found.getMetaData().getColumnCount();
            while (found.next()) {
                reader.accept(new QueryRow(row(found, width)));
            }
        } catch (SQLException failed) {
            throw new AuditException(failed, sql);
        }
    }

    /**
     * Adds rows to a table of {@code main}.
     *
     * @param rows the values of each in the order of the columns: texts, whole numbers, doubles or null
     */
    public void append(String table, List<List<@Nullable Object>> rows) {
        try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender("main", table)) {
            for (List<@Nullable Object> row : rows) {
                appender.beginRow();
                for (Object value : row) {
                    if (value == null) {
                        appender.appendNull();
                    } else if (value instanceof Double number) {
                        appender.append(number.doubleValue());
                    } else if (value instanceof Integer number) {
                        appender.append(number.intValue());
                    } else {
                        appender.append((String) value);
                    }
                }
                appender.endRow();
            }
        } catch (SQLException failed) {
            throw new AuditException(failed, "append to " + table);
        }
    }

    private static List<@Nullable Object> row(ResultSet found, int width) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(width);
        for (int column = 1; column <= width; column++) {
            row.add(found.getObject(column));
        }
        return row;
    }

    /** The single number that a query returns. */
    public long number(AuditQuery query) {
        return rows(query).get(0).number(0);
    }

    /** The columns of Parquet files, in their order when read. */
    public List<String> storedColumns(List<String> files) {
        return names(AuditQuery.named("stored_column").with("files", files));
    }

    /** The columns of a view, in order. */
    public List<String> columns(String view) {
        return names(AuditQuery.named("view_column").with("view", view));
    }

    private List<String> names(AuditQuery query) {
        return rows(query).stream().map(row -> row.text(0)).toList();
    }

    /** All rows of a query as lists of values; meant for few rows. */
    public List<List<@Nullable Object>> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int width = found.getMetaData().getColumnCount();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row(found, width));
            }
            return rows;
        } catch (SQLException failed) {
            throw new AuditException(failed, sql);
        }
    }

    /** The single number that a query returns. */
    public long number(String sql) {
        return ((Number) java.util.Objects.requireNonNull(rows(sql).get(0).get(0))).longValue();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // nothing to do: the database is in memory
        }
    }
}
