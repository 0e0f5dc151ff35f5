package uk.fpw.warehouse.store.catalog;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

/** Connection settings of the catalog, for plain Java and for Spark. */
public final class CatalogSettings {

    /** Name of the catalog; part of the key of every row in {@code iceberg_tables}. */
    public static final String NAME = "fpw";

    /**
     * Iceberg table properties for the number of old metadata files that a table keeps. A night commits to a table two
     * to four times. Old metadata is needed by processes that started reading before a commit, and by copies of the
     * folder that are slightly older than the database.
     */
    public static final Map<String, String> METADATA_VERSIONS =
            Map.of("write.metadata.delete-after-commit.enabled", "true", "write.metadata.previous-versions-max", "10");

    private static final String OF_NEW_TABLES = "table-default.";

    private CatalogSettings() {}

    /**
     * Iceberg properties of the catalog. Its tables are created by Flyway, never by Iceberg.
     *
     * @param dataFolder absolute path of the folder of the tables
     */
    public static Map<String, String> properties(
            String jdbcUrl, String jdbcUser, String jdbcPassword, Path dataFolder) {
        return properties(jdbcUrl, jdbcUser, jdbcPassword, "file://" + dataFolder, Map.of());
    }

    /**
     * The same for tables anywhere.
     *
     * @param location URL of the folder of the tables; never percent-encoded, since Hadoop would take that literally
     * and create a folder {@code my%20warehouse}
     * @param ofFiles properties of the access to files, see {@link uk.fpw.warehouse.store.files.ObjectStores}; empty
     * for a folder of this machine
     */
    public static Map<String, String> properties(
            String jdbcUrl, String jdbcUser, String jdbcPassword, String location, Map<String, String> ofFiles) {
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
                location));
        properties.putAll(ofFiles);
        METADATA_VERSIONS.forEach((name, value) -> properties.put(OF_NEW_TABLES + name, value));
        StorageTimeouts.driverSettings(jdbcUrl).forEach((name, value) -> properties.put("jdbc." + name, value));
        return properties;
    }
}
