package uk.fpw.warehouse.store.absence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.fpw.warehouse.store.absence.FileSearch.Gap;
import uk.fpw.warehouse.store.absence.FileSearch.Hit;
import uk.fpw.warehouse.store.absence.FileSearch.Result;
import uk.fpw.warehouse.store.files.DurableCommit;

/**
 * Searches the rows of all tables of a database, of all schemas, for texts that must be nowhere; in PostgreSQL also
 * what its planner remembers of their columns, and its data directory if this process can read it. The files of an
 * embedded database are searched by {@link FileSearch}. The result names tables, but no text.
 */
public final class DatabaseSearch {

    /** The place of a gap if the files of PostgreSQL were not searched. */
    public static final String DATA_DIRECTORY = "the data directory of PostgreSQL";

    private static final int FETCHED = 1000;

    /** System schemas have no rows of others, except for {@code pg_stats}. */
    private static final String TABLES = """
            select t.table_schema, t.table_name, c.column_name, c.data_type
            from information_schema.tables as t
            inner join information_schema.columns as c
                on t.table_schema = c.table_schema and t.table_name = c.table_name
            where t.table_type in ('BASE TABLE', 'FOREIGN')
                and lower(t.table_schema) not in ('information_schema', 'pg_catalog')
                and not (
                    lower(c.data_type) like '%int%' or lower(c.data_type) like 'time%'
                    or lower(c.data_type) in (
                        'numeric', 'decimal', 'decfloat', 'real', 'double precision', 'float', 'boolean', 'date',
                        'interval'
                    )
                )
            order by t.table_schema, t.table_name, c.ordinal_position""";

    /** Tables, and materialised views, that the user may not read; {@code information_schema} does not list them. */
    private static final String FORBIDDEN = """
            select n.nspname, c.relname
            from pg_catalog.pg_class as c
            inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
            where c.relkind in ('r', 'm', 'p', 'f')
                and n.nspname not in ('information_schema', 'pg_catalog')
                and n.nspname not like 'pg\\_t%'
                and (
                    c.relkind = 'm'
                    or not has_schema_privilege(n.oid, 'usage')
                    or not has_table_privilege(c.oid, 'select')
                )
            order by n.nspname, c.relname""";

    private static final String STATISTICS = """
            select most_common_vals::text, histogram_bounds::text, most_common_elems::text
            from pg_catalog.pg_stats
            where schemaname not in ('information_schema', 'pg_catalog')""";

    private final Connection connection;
    private final Needles needles;
    private final List<Hit> hits = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private long count;

    private DatabaseSearch(Needles needles, Connection connection) {
        this.needles = needles;
        this.connection = connection;
    }

    /**
     * Searches all rows.
     *
     * @param connection a connection of the owner of the tables; a transaction in it is rolled back
     * @return with a gap for each table that this user may not read, and for PostgreSQL's data directory if this
     *     process cannot read it
     */
    public static Result search(Needles needles, Connection connection) throws SQLException {
        DatabaseSearch search = new DatabaseSearch(needles, connection);
        boolean isEmbedded = DurableCommit.isEmbedded(connection);
        boolean wasAutomatic = connection.getAutoCommit();
        connection.setAutoCommit(false); // PostgreSQL reads rows in batches only within a transaction
        try (Statement statement = connection.createStatement()) {
            if (isEmbedded) {
                statement.execute("set lazy_query_execution 1");
            }
            search.tables();
            if (!isEmbedded) {
                search.postgres();
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(wasAutomatic);
        }
        Result rows = new Result(search.hits, search.gaps, search.count);
        return isEmbedded ? rows : rows.and(search.dataDirectory());
    }

    private void tables() throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                columns.computeIfAbsent(
                                quoted(found.getString(1)) + "." + quoted(found.getString(2)),
                                table -> new ArrayList<>())
                        .add(expression(quoted(found.getString(3)), found.getString(4)));
            }
        }
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            rows(
                    "table " + table.getKey().replace("\"", ""),
                    "select " + String.join(", ", table.getValue()) + " from " + table.getKey());
        }
    }

    private static String expression(String column, String type) {
        boolean isBinary =
                type.equalsIgnoreCase("bytea") || type.toLowerCase(Locale.ROOT).contains("binary");
        return isBinary ? column : "cast(" + column + " as varchar)";
    }

    private void postgres() throws SQLException {
        rows("the statistics of columns (pg_stats)", STATISTICS);
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(FORBIDDEN)) {
            while (found.next()) {
                gaps.add(new Gap(
                        "table " + found.getString(1) + "." + found.getString(2),
                        "is a materialised view, or may not be read by this user of the database"));
            }
        }
    }

    private void rows(String place, String query) throws SQLException {
        count++;
        ByteSearch search = new ByteSearch(needles);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery(query)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        Object value = rows.getObject(column);
                        if (value != null) {
                            byte[] bytes = value instanceof byte[] binary
                                    ? binary
                                    : String.valueOf(rows.getString(column)).getBytes(StandardCharsets.UTF_8);
                            search.add(bytes, 0, bytes.length);
                            search.end();
                        }
                    }
                }
            }
        }
        if (search.count() > 0) {
            hits.add(new Hit(place, search.count()));
        }
    }

    private Result dataDirectory() throws SQLException {
        Path directory = null;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select current_setting('data_directory'), system_identifier from pg_control_system()")) {
            if (found.next() && isSameCluster(Path.of(found.getString(1)), found.getLong(2))) {
                directory = Path.of(found.getString(1));
            }
        } catch (SQLException forbidden) {
            // only a superuser, or a member of pg_monitor, may ask for the directory
        }
        return directory == null
                ? new Result(
                        List.of(),
                        List.of(new Gap(DATA_DIRECTORY, "cannot be read by this process on this machine")),
                        0)
                : FileSearch.search(needles, List.of(directory));
    }

    /** Whether a directory of this machine is that of the database, and may be read. */
    private static boolean isSameCluster(Path directory, long identifier) {
        try {
            byte[] control = Files.readAllBytes(directory.resolve("global/pg_control"));
            return ByteBuffer.wrap(control).order(ByteOrder.nativeOrder()).getLong() == identifier;
        } catch (IOException notHere) {
            return false;
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
