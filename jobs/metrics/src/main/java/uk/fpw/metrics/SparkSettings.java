package uk.fpw.metrics;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.fpw.layout.RunFolder;
import uk.fpw.metrics.staging.QuietCasts;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * The Spark settings of every session of this module, so that tests and production behave the same.
 *
 * <p>They define: dates and times of day in the force's time zone, regardless of the zone of the JVM; ANSI mode,
 * so that an invalid cast or an overflow is an error, not null; no substitution of {@code ${env:...}} in SQL, which
 * would let a query read the environment; few partitions, since the tables of one force are small; no separate class
 * loader per session, since no session brings classes and every task and every compiled plan would look for each
 * class in all jars again; a cache of compiled plans that holds all plans of a run (about 2,100), since
 * Spark's default of 100 would recompile most of them for the next table and the next run.
 */
final class SparkSettings {

    private SparkSettings() {}

    /**
     * The settings.
     *
     * @param zone zone whose calendar dates are the force's days
     * @param folder takes spill and shuffle files, in folders that are made by Spark when needed
     */
    static Map<String, String> of(ZoneId zone, RunFolder folder) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.driver.host", "127.0.0.1");
        settings.put("spark.driver.bindAddress", "127.0.0.1");
        settings.put("spark.local.dir", folder.sparkLocal().toString());
        settings.put("spark.sql.warehouse.dir", folder.sparkWarehouse().toUri().toString());
        settings.put("spark.sql.session.timeZone", zone.getId());
        settings.put("spark.sql.ansi.enabled", "true");
        settings.put("spark.sql.variable.substitute", "false");
        settings.put("spark.sql.shuffle.partitions", "4");
        settings.put("spark.sql.adaptive.enabled", "true");
        settings.put("spark.sql.legacy.createHiveTableByDefault", "false");
        settings.put(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions," + QuietCasts.class.getName());
        settings.put("spark.plugins", LogLayout.class.getName());
        settings.put("spark.sql.artifact.isolation.enabled", "false");
        settings.put("spark.sql.codegen.cache.maxEntries", "5000");
        settings.put("spark.log.structuredLogging.enabled", "false");
        WarehouseFileSystem.SETTINGS.forEach((setting, value) -> settings.put("spark.hadoop." + setting, value));
        return settings;
    }
}
