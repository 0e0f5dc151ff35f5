package uk.fpw.publish;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.model.Model;
import uk.fpw.warehouse.testing.TestDatabase;

/** What the migrations made of a database, in words that are the same for every database. */
final class Schemas {

    private final TestDatabase database;

    Schemas(TestDatabase database) {
        this.database = database;
    }

    static void migrate(TestDatabase database) {
        database.migrated();
    }

    /** Tables and views of a schema in alphabetical order, with their comments; {@code NO COMMENT} without one. */
    Map<String, String> relations(String schema) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Connection connection = database.open();
                ResultSet rows = metaData(connection)
                        .getTables(null, schema, null, new String[] {"TABLE", "BASE TABLE", "VIEW"})) {
            while (rows.next()) {
                found.put(rows.getString("TABLE_NAME"), comment(rows));
            }
        }
        return found;
    }

    /** Columns of a table or view in their order: name, type, {@code not null} where so, comment. */
    List<String> columns(String schema, String table) throws SQLException {
        Map<String, String> comments = new TreeMap<>();
        try (Connection connection = database.open();
                ResultSet rows = metaData(connection).getColumns(null, schema, table, null)) {
            while (rows.next()) {
                // The name is a pattern, in which "_" stands for any character.
                if (rows.getString("TABLE_NAME").equals(table)) {
                    comments.put(rows.getString("COLUMN_NAME"), comment(rows));
                }
            }
        }
        List<String> columns = new ArrayList<>();
        for (String column : database.query(String.format(
                Locale.ROOT,
                "select column_name || ' ' || lower(data_type) || case is_nullable when 'NO' then ' not null' else "
                        + "'' end"
                        + " from information_schema.columns where table_schema = '%s' and table_name = '%s'"
                        + " order by ordinal_position",
                schema,
                table))) {
            columns.add(column + ": " + comments.get(column.split(" ", 2)[0]));
        }
        return columns;
    }

    /** A column as a model states it, in the words of {@link #columns}. */
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

    private static DatabaseMetaData metaData(Connection connection) throws SQLException {
        return connection.getMetaData();
    }

    private static String comment(ResultSet rows) throws SQLException {
        String remarks = rows.getString("REMARKS");
        return remarks == null ? "NO COMMENT" : remarks;
    }
}
