package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names in a database. A feed may write them in any case; statements use the database's spelling in quotes, so that a
 * name cannot be interpreted as SQL.
 */
final class Identifiers {

    private static final int SHOWN = 30;

    private final Connection connection;
    private final SourceFailures failures;
    private final String quote;

    Identifiers(Connection connection, SourceFailures failures) throws SQLException {
        this.connection = connection;
        this.failures = failures;
        String found = connection.getMetaData().getIdentifierQuoteString();
        this.quote = found == null || found.isBlank() ? "" : found;
    }

    String quote(String name) {
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    /** The column with that name; null if there is none. An exact match takes precedence over one in another case. */
    @Nullable
    SourceColumn column(String written, List<SourceColumn> columns) {
        List<String> names = columns.stream().map(SourceColumn::name).toList();
        String name = match(written, names);
        return name == null ? null : columns.get(names.indexOf(name));
    }

    /** Quoted name of a table or view including its schema, or its database where databases have no schemas. */
    String table(String written, String user) throws SQLException {
        List<String> parts = List.of(written.split("[.]", -1));
        if (!connection.getMetaData().supportsSchemasInDataManipulation()) {
            return tableOfDatabase(parts, user);
        }
        String table = parts.get(parts.size() - 1);
        String catalog = parts.size() > 2 ? parts.get(0) : connection.getCatalog();
        String schema = schema(parts.size() > 1 ? parts.get(parts.size() - 2) : null, catalog, user);
        String found = found(table, tables(catalog, schema), schema == null ? null : "schema " + schema, user);
        return (parts.size() > 2 ? quote(catalog) + "." : "")
                + (schema == null ? "" : quote(schema) + ".")
                + quote(found);
    }

    /** The same for MySQL and MariaDB, whose databases are catalogs without schemas. */
    private String tableOfDatabase(List<String> parts, String user) throws SQLException {
        if (parts.size() > 2) {
            throw failures.badData(
                    "tables of this database have no schema", "write table as the name of a database and a table");
        }
        String catalog = connection.getCatalog();
        if (parts.size() > 1) {
            List<String> catalogs = new ArrayList<>();
            try (ResultSet found = connection.getMetaData().getCatalogs()) {
                while (found.next()) {
                    catalogs.add(found.getString("TABLE_CAT"));
                }
            }
            catalog = match(parts.get(0), catalogs);
            if (catalog == null) {
                throw failures.badData(
                        "there is no database " + parts.get(0) + " that user '" + user + "' can see",
                        "the databases are " + shown(catalogs) + "; correct table");
            }
        }
        String where = catalog == null ? null : "database " + catalog;
        String found = found(parts.get(parts.size() - 1), tables(catalog, null), where, user);
        return (catalog == null ? "" : quote(catalog) + ".") + quote(found);
    }

    private String found(String table, List<String> tables, @Nullable String where, String user) {
        String found = match(table, tables);
        if (found == null) {
            throw failures.badData(
                    "there is no such table or view that user '" + user + "' can see",
                    tables.isEmpty()
                            ? "in " + (where == null ? "the database" : where)
                                    + " the user sees none; correct table, or grant the user the SELECT privilege"
                            : (where == null ? "" : "in " + where + " ") + "there are " + shown(tables)
                                    + "; correct table, or check what has changed in the database");
        }
        return found;
    }

    private @Nullable String schema(@Nullable String written, @Nullable String catalog, String user)
            throws SQLException {
        if (written == null) {
            return connection.getSchema();
        }
        List<String> schemas = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getSchemas(catalog, null)) {
            while (found.next()) {
                schemas.add(found.getString("TABLE_SCHEM"));
            }
        }
        String schema = match(written, schemas);
        if (schema == null) {
            throw failures.badData(
                    "there is no schema " + written + " that user '" + user + "' can see",
                    "the schemas are " + shown(schemas) + "; correct table");
        }
        return schema;
    }

    private List<String> tables(@Nullable String catalog, @Nullable String schema) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String escape = metaData.getSearchStringEscape();
        String pattern =
                schema == null ? null : schema.replace("_", escape + "_").replace("%", escape + "%");
        List<String> tables = new ArrayList<>();
        try (ResultSet found = metaData.getTables(catalog, pattern, "%", null)) {
            while (found.next()) {
                String type = String.valueOf(found.getString("TABLE_TYPE"));
                if (!type.contains("INDEX") && !type.contains("SEQUENCE") && !type.equals("TYPE")) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
        }
        return tables;
    }

    private static @Nullable String match(String written, Collection<String> names) {
        if (names.contains(written)) {
            return written;
        }
        List<String> others =
                names.stream().filter(written::equalsIgnoreCase).distinct().toList();
        return others.size() == 1 ? others.get(0) : null;
    }

    private static String shown(List<String> names) {
        List<String> sorted = List.copyOf(new TreeSet<>(names));
        return sorted.size() <= SHOWN
                ? String.join(", ", sorted)
                : String.join(", ", sorted.subList(0, SHOWN)) + " and " + (sorted.size() - SHOWN) + " more";
    }
}
