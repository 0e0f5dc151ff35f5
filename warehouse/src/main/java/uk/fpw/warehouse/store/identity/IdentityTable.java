package uk.fpw.warehouse.store.identity;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.EmbeddedDatabase;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.store.files.DurableCommit;

/**
 * The table {@code ops.warehouse}, and the metadata locations in the catalog. Reads databases of any version: missing
 * columns count as null.
 */
final class IdentityTable {

    private IdentityTable() {}

    /**
     * The only row of the table.
     *
     * @param forceFolder the force folder that may write
     * @param databaseId id of the database in which the row was written, see {@link #databaseId}
     * @param relocatedFrom the warehouse that this one is a copy of; null if none
     */
    record Row(
            WarehouseIdentity identity,
            Path forceFolder,
            String databaseId,
            @Nullable UUID relocatedFrom) {}

    /** The identity of the database; null if it has none or does not have the table yet. */
    static @Nullable Row read(Connection connection) throws SQLException {
        if (!exists(connection, "ops", "warehouse")) {
            return null;
        }
        try (PreparedStatement statement = connection.prepareStatement("select * from ops.warehouse");
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            String relocatedFrom = rows.getString("relocated_from");
            return new Row(
                    new WarehouseIdentity(
                            UUID.fromString(rows.getString("warehouse_id")),
                            rows.getString("force_code"),
                            Path.of(rows.getString("real_path")),
                            rows.getString("data_prefix"),
                            keyFormat(rows),
                            hasErasures(connection),
                            hasColumn(rows, "tables_url") ? rows.getString("tables_url") : null,
                            rows.getObject("created_at", OffsetDateTime.class).toInstant()),
                    Path.of(rows.getString("force_folder")),
                    rows.getString("database_id"),
                    relocatedFrom == null ? null : UUID.fromString(relocatedFrom));
        }
    }

    /** The format of earlier versions if the database does not have the column yet. */
    private static KeyFormat keyFormat(ResultSet row) throws SQLException {
        return hasColumn(row, "key_format") ? KeyFormat.of(row.getString("key_format")) : KeyFormat.HEX;
    }

    private static boolean hasColumn(ResultSet rows, String name) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            if (columns.getColumnName(column).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Inserts the row. */
    static void insert(Connection connection, WarehouseIdentity identity, Path forceFolder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into ops.warehouse (warehouse_id, force_code, real_path, data_prefix, force_folder, "
                        + "database_id, key_format, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, identity.id().toString());
            statement.setString(2, identity.forceCode());
            statement.setString(3, identity.path().toString());
            statement.setString(4, identity.dataPrefix());
            statement.setString(5, forceFolder.toString());
            statement.setString(6, databaseId(connection));
            statement.setString(7, identity.keyFormat().toString());
            statement.setObject(8, identity.createdAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        if (identity.tables() != null) {
            try (PreparedStatement statement = connection.prepareStatement("update ops.warehouse set tables_url = ?")) {
                statement.setString(1, identity.tables());
                statement.executeUpdate();
            }
        }
    }

    /** Deletes the row that {@link #insert} has just written. */
    static void delete(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from ops.warehouse where warehouse_id = ?")) {
            statement.setString(1, id.toString());
            statement.executeUpdate();
        }
    }

    /** Stores the database's id in a row written by a version that did not record it. */
    static void recordDatabase(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update ops.warehouse set database_id = ?")) {
            statement.setString(1, databaseId(connection));
            statement.executeUpdate();
        }
    }

    /** Records the force folder that may write from now on. */
    static void recordForceFolder(Connection connection, Path forceFolder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update ops.warehouse set force_folder = ?")) {
            statement.setString(1, forceFolder.toString());
            statement.executeUpdate();
        }
    }

    /** Stores the identity of a relocated warehouse. */
    static void relocate(
            Connection connection,
            WarehouseIdentity identity,
            Path forceFolder,
            Instant now,
            @Nullable UUID relocatedFrom)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update ops.warehouse set warehouse_id = ?, real_path = ?, force_folder = ?, database_id = ?, "
                        + "relocated_at = ?, relocated_from = ?, created_at = ?")) {
            statement.setString(1, identity.id().toString());
            statement.setString(2, identity.path().toString());
            statement.setString(3, forceFolder.toString());
            statement.setString(4, databaseId(connection));
            statement.setObject(5, now.atOffset(ZoneOffset.UTC));
            statement.setString(6, relocatedFrom == null ? null : relocatedFrom.toString());
            statement.setObject(7, identity.createdAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /** Whether the row was written in another database, in which case one of them is a copy. */
    static boolean isCopy(Connection connection, Row row) throws SQLException {
        return !row.databaseId().isEmpty() && !row.databaseId().equals(databaseId(connection));
    }

    /** Replaces the metadata location of a table if it still has the old one. */
    static void setMetadataFile(Connection connection, String table, String oldFile, String newFile)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update iceberg_tables set metadata_location = ?, previous_metadata_location = null where "
                        + "table_namespace = ? and table_name = ? and metadata_location = ?")) {
            String[] name = table.split("\\.", 2);
            statement.setString(1, newFile);
            statement.setString(2, name[0]);
            statement.setString(3, name[1]);
            statement.setString(4, oldFile);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException(
                        table + " was changed by another process meanwhile; run again, with nothing else running");
            }
        }
    }

    /** Records the key format from now on. */
    static void setKeyFormat(Connection connection, KeyFormat format) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update ops.warehouse set key_format = ?")) {
            statement.setString(1, format.toString());
            statement.executeUpdate();
        }
    }

    /** Whether keys were replaced in the database but not yet in all files of the folder. */
    static boolean isRekeyingUnfinished(Connection connection) throws SQLException {
        return exists(connection, "ops", "rekeying")
                && hasRow(connection, "select 1 from ops.rekeying where finished_at is null");
    }

    /** Whether rows were erased from the database but not yet from all files of the folder. */
    static boolean isErasureUnfinished(Connection connection) throws SQLException {
        return exists(connection, "ops", "erasure")
                && hasRow(connection, "select 1 from ops.erasure where finished_at is null");
    }

    private static boolean hasErasures(Connection connection) throws SQLException {
        return exists(connection, "ops", "erasure") && hasRow(connection, "select 1 from ops.erasure");
    }

    /** The erasures of the database by id, each with whether it was listed elsewhere. */
    static Map<String, Boolean> erasures(Connection connection) throws SQLException {
        Map<String, Boolean> found = new TreeMap<>();
        if (exists(connection, "ops", "erasure")) {
            try (PreparedStatement statement = connection.prepareStatement("select * from ops.erasure");
                    ResultSet rows = statement.executeQuery()) {
                boolean mayBeListed = hasColumn(rows, "is_listed");
                while (rows.next()) {
                    found.put(rows.getString("erasure_id"), mayBeListed && rows.getBoolean("is_listed"));
                }
            }
        }
        return found;
    }

    private static boolean hasRow(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    /**
     * Distinguishes a database from its copies: for PostgreSQL the ids of server and database, for an embedded database
     * the path of its file with links resolved. Empty in rows written by earlier versions to an embedded database, and
     * for databases in memory.
     */
    static String databaseId(Connection connection) throws SQLException {
        if (DurableCommit.isEmbedded(connection)) {
            Path file = file(connection);
            return file == null ? "" : file.toString();
        }
        // Not every user may read the server's id; the database's own id at least distinguishes copies on the same
        // server.
        boolean mayAsk = text(connection, "select has_function_privilege('pg_control_system()', 'execute')")
                .equals("t");
        return (mayAsk ? text(connection, "select system_identifier from pg_control_system()") : "") + "/"
                + text(connection, "select oid from pg_database where datname = current_database()");
    }

    /** The file of an embedded database with links resolved; null for databases in memory and for PostgreSQL. */
    static @Nullable Path file(Connection connection) throws SQLException {
        String path = DurableCommit.isEmbedded(connection) ? text(connection, "select database_path()") : "";
        return path.equals("null") || path.isEmpty() ? null : RealPath.of(EmbeddedDatabase.file(path));
    }

    /** Whether the database has releases, but not the given one. */
    static boolean isMissing(Connection connection, ReleaseId releaseId) throws SQLException {
        if (!exists(connection, "ops", "release")) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select count(*), count(case when release_id = ? then 1 end) from ops.release")) {
            statement.setString(1, releaseId.value());
            try (ResultSet counts = statement.executeQuery()) {
                return counts.next() && counts.getLong(1) > 0 && counts.getLong(2) == 0;
            }
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /**
     * The metadata file of each table in the catalog, by name such as {@code raw.requests}; empty if there is no
     * catalog yet.
     */
    static Map<String, String> metadataFiles(Connection connection) throws SQLException {
        Map<String, String> files = new TreeMap<>();
        if (exists(connection, connection.getSchema(), "iceberg_tables")) {
            try (PreparedStatement statement = connection.prepareStatement(
                            "select table_namespace, table_name, metadata_location from iceberg_tables");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    files.put(rows.getString(1) + "." + rows.getString(2), rows.getString(3));
                }
            }
        }
        return files;
    }

    private static boolean exists(Connection connection, @Nullable String schema, String table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, schema, table, null)) {
            return tables.next();
        }
    }
}
