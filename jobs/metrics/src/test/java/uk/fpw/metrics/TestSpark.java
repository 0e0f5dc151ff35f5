package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.testing.TestDatabase;

/** The Spark session shared by this module's tests: a London force, no catalog, whatever zone the JVM runs in. */
public final class TestSpark {

    private TestSpark() {}

    /** The session, started on first use. */
    public static SparkSession session() {
        return SparkSessions.withoutCatalog(
                ZoneId.of("Europe/London"), Path.of("target", "spark").toAbsolutePath());
    }

    /** A run over an empty warehouse in that folder, with its catalog in that database. */
    static MetricsRequest request(Path folder, TestDatabase database) {
        return new MetricsRequest(
                MetricsRequest.Task.COMPUTE,
                folder,
                LocalDate.of(2025, 3, 1),
                ReleaseId.of("2025-03-01.1"),
                RunId.of("2025-03-01-20250302T040000-0a1b"),
                new MetricsRequest.Storage(
                        folder,
                        null,
                        0,
                        new MetricsRequest.Database(database.url(), database.user(), database.password())),
                MetricsRequest.Inputs.NONE,
                Map.of(),
                folder.resolve("result.json"));
    }
}
