package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.grading.GradingFunctions;

/** Starts Spark; every session knows the functions that the models call. */
final class SparkSessions {

    private SparkSessions() {}

    /** A session without a catalog, for what needs no stored table. */
    static SparkSession withoutCatalog(ZoneId zone, Path scratch) {
        return start(builder(zone, scratch).appName("fpw metrics"));
    }

    static SparkSession.Builder builder(ZoneId zone, Path scratch) {
        SparkSession.Builder builder = SparkSession.builder();
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]");
        }
        for (Map.Entry<String, String> setting : SparkSettings.of(zone, scratch).entrySet()) {
            builder.config(setting.getKey(), setting.getValue());
        }
        return builder;
    }

    private static SparkSession start(SparkSession.Builder builder) {
        SparkSession spark = builder.getOrCreate();
        GradingFunctions.register(spark);
        return spark;
    }
}
