package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import uk.fpw.layout.RunFolder;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/** Starts Spark. */
final class SparkSessions {

    private static final Set<String> LISTS = Set.of("spark.plugins", "spark.sql.extensions");

    private SparkSessions() {}

    /** A session without a catalog, for work that needs no stored table. */
    static SparkSession withoutCatalog(ZoneId zone, Path scratch) {
        return builder(zone, new RunFolder(scratch)).appName("fpw metrics").getOrCreate();
    }

    static SparkSession.Builder builder(ZoneId zone, RunFolder folder) {
        SparkSession.Builder builder = SparkSession.builder();
        String master = System.getProperty("spark.master");
        if (master == null) {
            builder.master("local[*]");
        } else if (!master.equals("local") && !master.startsWith("local[")) {
            // the driver commits files that executors, which are other processes, have written
            builder.config("spark.hadoop." + WarehouseFileSystem.SYNC_EACH_FILE, true);
        }
        for (Map.Entry<String, String> setting : SparkSettings.of(zone, folder).entrySet()) {
            String own = System.getProperty(setting.getKey(), "");
            builder.config(setting.getKey(), withOwn(own, setting.getKey(), setting.getValue()));
        }
        return builder;
    }

    /** Adds our classes to a list setting of the installation's spark-defaults.conf. */
    static String withOwn(String own, String setting, String value) {
        return own.isBlank() || !LISTS.contains(setting) ? value : own + "," + value;
    }
}
