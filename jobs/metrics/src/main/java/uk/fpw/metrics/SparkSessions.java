package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import uk.fpw.layout.RunFolder;

/** Starts Spark. */
final class SparkSessions {

    private SparkSessions() {}

    /** A session without a catalog, for what needs no stored table. */
    static SparkSession withoutCatalog(ZoneId zone, Path scratch) {
        return builder(zone, new RunFolder(scratch)).appName("fpw metrics").getOrCreate();
    }

    static SparkSession.Builder builder(ZoneId zone, RunFolder folder) {
        SparkSession.Builder builder = SparkSession.builder();
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]");
        }
        for (Map.Entry<String, String> setting : SparkSettings.of(zone, folder).entrySet()) {
            builder.config(setting.getKey(), setting.getValue());
        }
        return builder;
    }
}
