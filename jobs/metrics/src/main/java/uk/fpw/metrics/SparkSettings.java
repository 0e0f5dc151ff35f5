package uk.fpw.metrics;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.fpw.layout.RunFolder;
import uk.fpw.metrics.staging.QuietCasts;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * The Spark settings of every session of this module, in tests as in production:
 *
 * <ul>
 * <li>The time zone of dates and times is the force's, whatever that of the JVM.
 * <li>ANSI mode: an invalid cast or an overflow is an error, not null.
 * <li>SQL cannot read the environment through {@code ${env:...}}.
 * <li>Few partitions: the tables of one force are small.
 * <li>No class loader per session: sessions bring no classes, and every task and compiled plan would search all jars
 * again.
 * <li>The cache of compiled plans holds all plans of a run, about 2,100; with Spark's default of 100, most of them
 * would be recompiled for the next table and the next run.
 * </ul>
 */
final class SparkSettings {

    private SparkSettings() {}

    /**
     * @param zone zone whose calendar dates are the force's days
     * @param folder for spill and shuffle files, in folders that Spark creates when needed
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
