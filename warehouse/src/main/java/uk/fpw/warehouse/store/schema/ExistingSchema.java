package uk.fpw.warehouse.store.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The published tables and views that exist in a database. Names are qualified, such as {@code bi.queue_daily}.
 *
 * @param columns columns of each table and view, in order
 * @param keys columns of the primary key of each table, in order
 * @param comments comment of each table and view, and of each column as {@code bi.queue_daily.day}; without entries for
 *     missing comments
 * @param grants privileges on each table and view
 * @param views text of every view, as stored by the database
 */
record ExistingSchema(
        Map<String, List<Column>> columns,
        Map<String, List<String>> keys,
        Map<String, String> comments,
        Map<String, Set<Grant>> grants,
        Map<String, String> views) {

    private static final List<String> SCHEMAS =
            List.of("mart_rows", "mart", "mart_releases", "bi", "bi_detail", "bi_releases");

    private static final String OURS = " in ('" + String.join("', '", SCHEMAS) + "')";

    private static final String POSTGRES_VIEWS = """
            select distinct n.nspname || '.' || c.relname, bn.nspname || '.' || b.relname
            from pg_depend as d
            inner join pg_rewrite as r on d.objid = r.oid
            inner join pg_class as c on r.ev_class = c.oid
            inner join pg_namespace as n on c.relnamespace = n.oid
            inner join pg_class as b on d.refobjid = b.oid
            inner join pg_namespace as bn on b.relnamespace = bn.oid
            where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and c.oid <> b.oid
            """;

    /** A column as in {@code information_schema}; {@code length} is 0 if the type has none. */
    record Column(String name, String type, int length, boolean isNullable) {}

    /** A privilege on a table or view. */
    record Grant(String grantee, String privilege) {}

    /** Reads the schema. */
    static ExistingSchema of(Connection connection) throws SQLException {
        return new ExistingSchema(
                columns(connection), keys(connection), comments(connection), grants(connection), views(connection));
    }

    /** Whether there is a table or view of that name. */
    boolean has(String name) {
        return columns.containsKey(name);
    }

    /** All views that directly read the view or table of that name. */
    Set<String> readersOf(String name) {
        String quoted = PortableSql.qualified(name);
        Set<String> readers = new TreeSet<>();
        views.forEach((view, text) -> {
            if (text.contains(quoted)) {
                readers.add(view);
            }
        });
        return readers;
    }

    private static Map<String, List<Column>> columns(Connection connection) throws SQLException {
        Map<String, List<Column>> found = new TreeMap<>();
        query(
                connection,
                "select table_schema, table_name, column_name, data_type, coalesce(character_maximum_length, 0), "
                        + "is_nullable"
                        + " from information_schema.columns where table_schema" + OURS
                        + " order by table_schema, table_name, ordinal_position",
                row -> found.computeIfAbsent(row.getString(1) + "." + row.getString(2), name -> new ArrayList<>())
                        .add(new Column(
                                row.getString(3),
                                row.getString(4).toLowerCase(Locale.ROOT),
                                row.getInt(5),
                                row.getString(6).equals("YES"))));
        return found;
    }

    private static Map<String, List<String>> keys(Connection connection) throws SQLException {
        Map<String, List<String>> found = new TreeMap<>();
        query(
                connection,
                "select t.table_schema, t.table_name, k.column_name from information_schema.table_constraints as t"
                        + " inner join information_schema.key_column_usage as k on t.constraint_schema = "
                        + "k.constraint_schema"
                        + " and t.constraint_name = k.constraint_name and t.table_name = k.table_name"
                        + " where t.constraint_type = 'PRIMARY KEY' and t.table_schema" + OURS
                        + " order by t.table_schema, t.table_name, k.ordinal_position",
                row -> found.computeIfAbsent(row.getString(1) + "." + row.getString(2), name -> new ArrayList<>())
                        .add(row.getString(3)));
        return found;
    }

    /** Uses the driver's metadata, since the databases store comments in different places. */
    private static Map<String, String> comments(Connection connection) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String schema : SCHEMAS) {
            try (ResultSet tables = connection.getMetaData().getTables(null, schema, "%", null);
                    ResultSet columns = connection.getMetaData().getColumns(null, schema, "%", "%")) {
                while (tables.next()) {
                    put(found, schema + "." + tables.getString("TABLE_NAME"), tables.getString("REMARKS"));
                }
                while (columns.next()) {
                    put(
                            found,
                            schema + "." + columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME"),
                            columns.getString("REMARKS"));
                }
            }
        }
        return found;
    }

    private static void put(Map<String, String> comments, String name, @Nullable String comment) {
        if (comment != null && !comment.isEmpty()) {
            comments.put(name, comment);
        }
    }

    private static Map<String, Set<Grant>> grants(Connection connection) throws SQLException {
        Map<String, Set<Grant>> found = new TreeMap<>();
        query(
                connection,
                "select table_schema, table_name, grantee, privilege_type from information_schema.table_privileges"
                        + " where table_schema" + OURS,
                row -> found.computeIfAbsent(row.getString(1) + "." + row.getString(2), name -> new LinkedHashSet<>())
                        .add(new Grant(row.getString(3), row.getString(4))));
        return found;
    }

    /** PostgreSQL stores what a view reads separately from its text; H2 stores only the text, with all names quoted. */
    private static Map<String, String> views(Connection connection) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        if (isPostgres(connection)) {
            query(
                    connection,
                    POSTGRES_VIEWS,
                    row -> found.merge(
                            row.getString(1),
                            PortableSql.qualified(row.getString(2)),
                            (some, more) -> some + " " + more));
        } else {
            query(
                    connection,
                    "select table_schema, table_name, view_definition from information_schema.views",
                    row -> found.put(row.getString(1) + "." + row.getString(2), String.valueOf(row.getString(3))));
        }
        return found;
    }

    static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    @FunctionalInterface
    private interface RowMapper {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(Connection connection, String sql, RowMapper reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** For callers that only need to know whether a table exists. */
    static boolean hasTable(Connection connection, String schema, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from information_schema.tables where table_schema = "
                        + PortableSql.text(schema) + " and table_name = " + PortableSql.text(table))) {
            return rows.next();
        }
    }
}
