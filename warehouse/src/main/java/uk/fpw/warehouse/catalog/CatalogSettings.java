package uk.fpw.warehouse.catalog;

import java.nio.file.Path;
import java.util.Map;

/** The one place that says how the catalog is reached, from plain Java and from Spark alike. */
public final class CatalogSettings {

    /** Name under which tables are registered; part of the key of every row in {@code iceberg_tables}. */
    public static final String NAME = "fpw";

    /** Hadoop's own umask, which it sets on every file whatever the umask of the process: without it data files can be read by every user of the machine. */
    public static final String UMASK_SETTING = "fs.permissions.umask-mode";

    /** Files for owner and group only. */
    public static final String UMASK = "027";

    private CatalogSettings() {}

    /**
     * Iceberg properties of the catalog. The tables that hold it are made by Flyway, never by Iceberg.
     *
     * @param warehouse absolute path of the warehouse folder; data files are kept in its folder {@code data}. Its location is written as it is, never
     *     percent-encoded: Hadoop takes it literally and would make a folder {@code my%20warehouse}
     */
    public static Map<String, String> properties(String jdbcUrl, String jdbcUser, String jdbcPassword, Path warehouse) {
        return Map.of(
                "uri",
                jdbcUrl,
                "jdbc.user",
                jdbcUser,
                "jdbc.password",
                jdbcPassword,
                "jdbc.schema-version",
                "V1",
                "jdbc.init-catalog-tables",
                "false",
                "warehouse",
                "file://" + warehouse.resolve("data"));
    }
}
