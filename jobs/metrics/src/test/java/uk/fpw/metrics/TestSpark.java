package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.ZoneId;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of this module's tests: a London force, no catalog, whatever zone the JVM runs in. */
public final class TestSpark {

    private TestSpark() {}

    /** The session, started by the first test that asks. */
    public static SparkSession session() {
        return SparkSessions.withoutCatalog(
                ZoneId.of("Europe/London"), Path.of("target", "spark").toAbsolutePath());
    }
}
