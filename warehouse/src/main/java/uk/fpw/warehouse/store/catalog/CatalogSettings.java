package uk.fpw.warehouse.store.catalog;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

/** The only place with the connection settings of the catalog, for plain Java and for Spark. */
public final class CatalogSettings {

    /** Name under which tables are registered; part of the key of every row in {@code iceberg_tables}. */
    public static final String NAME = "fpw";

    /**
     * How many earlier versions of its metadata a table keeps, as Iceberg's properties of a table. A night commits to a
     * table two to four times; an earlier version is for a process that began to read it before, or for a copy of the
     * folder that is somewhat older than the database.
     */
    public static final Map<String, String> METADATA_VERSIONS =
            Map.of("write.metadata.delete-after-commit.enabled", "true", "write.metadata.previous-versions-max", "10");

    private static final String OF_NEW_TABLES = "table-default.";

    private CatalogSettings() {}

    /**
     * Iceberg properties of the catalog. The tables that hold it are created by Flyway, never by Iceberg.
     *
     * @param dataFolder absolute path of the folder that holds the tables. It is never percent-encoded:
     *     Hadoop takes it literally and would create a folder {@code my%20warehouse}
     */
    public static Map<String, String> properties(
            String jdbcUrl, String jdbcUser, String jdbcPassword, Path dataFolder) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "uri",
                DatabaseUrl.opening(jdbcUrl),
                "jdbc.user",
                jdbcUser,
                "jdbc.password",
                jdbcPassword,
                "jdbc.schema-version",
                "V1",
                "jdbc.init-catalog-tables",
                "false",
                "io-impl",
                WarehouseFileIO.class.getName(),
                "warehouse",
                "file://" + dataFolder));
        METADATA_VERSIONS.forEach((name, value) -> properties.put(OF_NEW_TABLES + name, value));
        StorageTimeouts.driverSettings(jdbcUrl).forEach((name, value) -> properties.put("jdbc." + name, value));
        return properties;
    }
}
