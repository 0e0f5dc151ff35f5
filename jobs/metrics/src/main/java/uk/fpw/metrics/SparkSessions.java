package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.wait.WaitFunctions;
import uk.fpw.warehouse.catalog.CatalogSettings;
import uk.fpw.warehouse.run.MetricsRun;

/** Starts Spark sessions; every session knows the functions that the models call. */
final class SparkSessions {

    private SparkSessions() {}

    /** The session of a night, with the warehouse as catalog {@value CatalogSettings#NAME}. Embedded unless the installation names a master. */
    static SparkSession ofNight(MetricsRun run, ZoneId zone) {
        SparkSession.Builder builder = builder(
                        zone, run.warehouse().resolve("runs").resolve(run.runId()))
                .appName("fpw metrics " + run.runId());
        String catalog = "spark.sql.catalog." + CatalogSettings.NAME;
        builder.config(catalog, "org.apache.iceberg.spark.SparkCatalog")
                .config(catalog + ".catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
                .config(catalog + ".cache-enabled", "false");
        CatalogSettings.properties(run.jdbcUrl(), run.jdbcUser(), run.jdbcPassword(), run.warehouse())
                .forEach((name, value) -> builder.config(catalog + "." + name, value));
        run.sparkSettings().forEach(builder::config);
        return start(builder);
    }

    /** A session without a catalog, for what needs no stored table. */
    static SparkSession withoutCatalog(ZoneId zone, Path scratch) {
        return start(builder(zone, scratch).appName("fpw metrics"));
    }

    private static SparkSession.Builder builder(ZoneId zone, Path scratch) {
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
        WaitFunctions.register(spark);
        return spark;
    }
}
