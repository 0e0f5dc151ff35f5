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
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.ForceTable;
import uk.fpw.model.Model;
import uk.fpw.warehouse.message.AuditRequest;

/**
 * A DuckDB in memory in which the tables of a candidate can be read under their simple names, beside what the force
 * defines. Days are those of the force's zone.
 */
public final class AuditSession implements AutoCloseable {

    private static final String DEFAULT_MEMORY = "1GB";

    /** More would share the memory among them. */
    private static final int MAX_THREADS = 4;

    private final Connection connection;
    private String searchPath = "main";

    private AuditSession(Connection connection) {
        this.connection = connection;
    }

    /** Opens a session without any table, whose days are those of that zone. */
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

    /** Limits the memory, and names the folder that takes what does not fit into it. */
    public void limitMemory(@Nullable String memory, String scratch) {
        execute("set memory_limit = " + text(memory == null || memory.isBlank() ? DEFAULT_MEMORY : memory));
        execute("set temp_directory = " + text(scratch));
    }

    /**
     * Keeps the session to these files and the folder of {@link #limitMemory}: it can open nothing else, and no setting
     * can be changed any more.
     */
    public void confineTo(List<String> files) {
        DuckSql.confinedTo(files).forEach(this::execute);
    }

    /** Makes the tables of what the force defined, see {@link AuditRequest}. */
    public void define(Map<String, String> definitions) {
        for (ForceTable table : ForceTable.all()) {
            execute(table.create(definitions.getOrDefault(table.name(), "[]")));
        }
    }

    /**
     * Shows the rows of a table's files, as a view of that name, in the columns of the table's model; one that the
     * table was written without is null.
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

    /** The columns of a model in the types that they have in DuckDB. */
    static String typed(Model model) {
        return model.columns().stream()
                .map(column -> "cast(" + name(column.name()) + " as " + type(column) + ") as " + name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** The type of a column in DuckDB. */
    public static String type(Model.Column column) {
        return switch (column.type()) {
            case TEXT -> "varchar";
            case TIMESTAMP -> "timestamptz";
            case MAP -> "map(varchar, varchar)";
            default -> column.type().word();
        };
    }

    /** Runs a statement. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AuditException(failed, sql);
        }
    }

    /** Makes a table of the rows of a query. */
    public void createTable(String table, AuditQuery query) {
        execute("create table " + name(table) + " as " + query.sql());
    }

    /** Makes the table of a definition of the counts, from those before it. */
    public void createTable(FigureDefinition definition) {
        execute("create table " + name(definition.name()) + " as " + definition.sql());
    }

    /** Shows what a definition of the counts comes to, as a view. */
    public void createView(String view, FigureDefinition definition) {
        execute("create view " + name(view) + " as " + definition.sql());
    }

    /** Adds the rows of a query to a table. */
    public void append(String table, AuditQuery query) {
        execute("insert into " + name(table) + " " + query.sql());
    }

    /**
     * Makes a query a table function, or another one of that signature: unlike a view it opens no file before it is
     * read.
     *
     * @param signature such as {@code known_spell(source)}
     */
    public void createFunction(String signature, AuditQuery query) {
        execute("create or replace macro " + signature + " as table " + query.sql());
    }

    /** Writes the rows of a query to a Parquet file, which is replaced. */
    void write(AuditQuery query, String file) {
        execute("copy (" + query.sql() + ") to " + text(file) + " (format parquet, use_tmp_file false)");
    }

    /** Makes a view of a query, or another one of that name. */
    public void createView(String view, AuditQuery query) {
        createView(view, List.of(query));
    }

    /** Makes a view of the rows of some queries one after the other, or another one of that name. */
    public void createView(String view, List<AuditQuery> queries) {
        execute(queries.stream()
                .map(AuditQuery::sql)
                .collect(Collectors.joining("\nunion all\n", "create or replace view " + name(view) + " as ", "")));
    }

    /**
     * Makes something in a schema; where that has no table of a name, the one of {@code main} is read. After an error
     * {@link #leaveSchemas} is needed.
     *
     * @param schema one, or several in the order in which they are read, separated by commas
     */
    public void in(String schema, Runnable work) {
        String before = searchPath;
        read(schema + ",main");
        work.run();
        read(before);
    }

    /** Reads and makes tables of {@code main} again. */
    void leaveSchemas() {
        read("main");
    }

    private void read(String schemas) {
        searchPath = schemas;
        execute("set search_path = " + text(schemas));
    }

    /** Makes a schema. */
    public void createSchema(String schema) {
        execute("create schema " + name(schema));
    }

    /** Drops a schema with all that is in it, if it is there. */
    public void dropSchema(String schema) {
        execute("drop schema if exists " + name(schema) + " cascade");
    }

    /** Drops a table of a schema. */
    public void dropTable(String schema, String table) {
        execute("drop table " + name(schema) + "." + name(table));
    }

    /** Drops a table, if it is there. */
    public void dropTable(String table) {
        execute("drop table if exists " + name(table));
    }

    /** How many rows a table or view has. */
    public long count(String table) {
        return number("select count(*) from " + name(table));
    }

    /** All rows of a query; meant for few rows. */
    public List<QueryRow> rows(AuditQuery query) {
        return rows(query.sql()).stream().map(QueryRow::new).toList();
    }

    /** The single number that a query returns. */
    public long number(AuditQuery query) {
        return rows(query).get(0).number(0);
    }

    /** The columns of Parquet files, in the order in which they are read. */
    public List<String> storedColumns(List<String> files) {
        return names(AuditQuery.named("stored_column").with("files", files));
    }

    /** The columns of a view, in their order. */
    public List<String> columns(String view) {
        return names(AuditQuery.named("view_column").with("view", view));
    }

    private List<String> names(AuditQuery query) {
        return rows(query).stream().map(row -> row.text(0)).toList();
    }

    /** All rows of a query, each as its values; meant for few rows. */
    public List<List<@Nullable Object>> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int width = found.getMetaData().getColumnCount();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>(width);
                for (int column = 1; column <= width; column++) {
                    row.add(found.getObject(column));
                }
                rows.add(row);
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
            // Nothing is kept in memory that could be lost.
        }
    }
}
