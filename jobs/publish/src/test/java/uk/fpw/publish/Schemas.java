package uk.fpw.publish;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.model.Model;
import uk.fpw.warehouse.testing.TestDatabase;

/** Describes what the migrations created, in words that are the same for every database. */
final class Schemas {

    private final Connection connection;
    private final Map<String, Map<String, List<String>>> columns = new TreeMap<>();

    Schemas(Connection connection) {
        this.connection = connection;
    }

    /** Tables and views of a schema in alphabetical order, with their comments; {@code NO COMMENT} without one. */
    Map<String, String> relations(String schema) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (ResultSet rows =
                connection.getMetaData().getTables(null, schema, null, new String[] {"TABLE", "BASE TABLE", "VIEW"})) {
            while (rows.next()) {
                found.put(rows.getString("TABLE_NAME"), comment(rows));
            }
        }
        return found;
    }

    /** Columns of a table or view in their order: name, type, {@code not null} where so, comment. */
    List<String> columns(String schema, String table) throws SQLException {
        Map<String, List<String>> known = columns.get(schema);
        if (known == null) {
            known = columns(schema);
            columns.put(schema, known);
        }
        return known.getOrDefault(table, List.of());
    }

    private Map<String, List<String>> columns(String schema) throws SQLException {
        Map<String, String> comments = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getColumns(null, schema, null, null)) {
            while (rows.next()) {
                comments.put(rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME"), comment(rows));
            }
        }
        Map<String, List<String>> found = new TreeMap<>();
        for (String row : TestDatabase.query(
                connection,
                "select table_name, column_name, column_name || ' ' || lower(data_type) || case is_nullable when 'NO'"
                        + " then ' not null' else '' end from information_schema.columns where table_schema = '"
                        + schema + "' order by table_name, ordinal_position")) {
            String[] column = row.split(" \\| ", -1);
            found.computeIfAbsent(column[0], any -> new ArrayList<>())
                    .add(column[2] + ": " + comments.get(column[0] + "." + column[1]));
        }
        return found;
    }

    /** A column as defined by a model, in the words of {@link #columns}. */
    static String column(Model.Column column, boolean notNull) {
        String type =
                switch (column.type()) {
                    case TEXT -> "character varying";
                    case INT -> "integer";
                    case DOUBLE -> "double precision";
                    case TIMESTAMP -> "timestamp with time zone";
                    default -> column.type().word();
                };
        return column.name() + " " + type + (notNull ? " not null" : "") + ": " + column.comment();
    }

    private static String comment(ResultSet rows) throws SQLException {
        String remarks = rows.getString("REMARKS");
        return remarks == null ? "NO COMMENT" : remarks;
    }
}
