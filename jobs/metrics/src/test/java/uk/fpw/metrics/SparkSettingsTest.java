package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.RunFolder;

@Tag("time-zone")
class SparkSettingsTest {

    @Test
    void daysAreThoseOfTheForceAndNothingListensBeyondThisMachine() {
        assertThat(SparkSettings.of(ZoneId.of("America/New_York"), new RunFolder(Path.of("/scratch"))))
                .containsEntry("spark.sql.session.timeZone", "America/New_York")
                .containsEntry("spark.sql.ansi.enabled", "true")
                .containsEntry("spark.sql.variable.substitute", "false")
                .containsEntry("spark.ui.enabled", "false")
                .containsEntry("spark.hadoop.fs.permissions.umask-mode", "027")
                .containsEntry("spark.hadoop.fs.file.impl", "uk.fpw.warehouse.store.files.WarehouseFileSystem")
                .containsEntry("spark.driver.bindAddress", "127.0.0.1")
                .containsEntry("spark.local.dir", "/scratch/spark-local");
    }

    @Test
    void classesOfTheInstallationOfSparkStay() {
        assertThat(SparkSessions.withOwn("org.example.Lineage", "spark.plugins", "uk.fpw.metrics.LogLayout"))
                .isEqualTo("org.example.Lineage,uk.fpw.metrics.LogLayout");
        assertThat(SparkSessions.withOwn("", "spark.plugins", "uk.fpw.metrics.LogLayout"))
                .isEqualTo("uk.fpw.metrics.LogLayout");
        assertThat(SparkSessions.withOwn("false", "spark.sql.ansi.enabled", "true"))
                .isEqualTo("true");
    }
}
