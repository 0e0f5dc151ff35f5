package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/** Which loads a run that goes on after an interrupted one does not repeat. */
class CompletedLoadIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final LocalDate DATE = LocalDate.of(2024, 5, 1);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void dropFile() throws IOException {
        file = Files.createDirectory(folder.resolve("drop")).resolve("devices_2024-05-01.csv");
        Files.write(file, List.of(HEADER, "A,01/05/2024 10:00,phone,2,x", "B,31/02/2024 11:00,,,x"));
    }

    @Test
    void aLoadOfAnInterruptedRunIsToldWithItsCounts() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, "killed");
            LoadSummary told = Objects.requireNonNull(completed(warehouse, "killed", "another"));
            assertThat(IngestTestWarehouse.text(told))
                    .isEqualTo("received 2 = loaded 1 + unchanged 0 + refused 1; deleted 0, flagged 0");
            assertThat(told.isOfThisRun()).isFalse();
            assertThat(completed(warehouse, "another")).isNull();
            assertThat(completed(warehouse)).isNull();
            assertThat(warehouse.loader().completed("devices", DATE, DATE.plusDays(1), Set.of("killed")))
                    .isNull();
        }
    }

    @Test
    void aFileThatWasDeliveredAgainSinceIsLoaded() throws IOException {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, "killed");
            FileTime read = Files.getLastModifiedTime(file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-01T12:00:00Z")));
            assertThat(completed(warehouse, "killed")).isNull();
            Files.setLastModifiedTime(file, read);
            assertThat(completed(warehouse, "killed")).isNotNull();
            Files.delete(file);
            assertThat(completed(warehouse, "killed")).isNull();
        }
    }

    @Test
    void aLoadWhoseFileWasNotNotedAnyMoreIsRepeated() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, "killed");
            warehouse.sql.update("update ops.feed_load set file_size = null, file_modified_at = null");
            assertThat(completed(warehouse, "killed")).isNull();
        }
    }

    @Test
    void onlyTheLatestLoadOfADateCounts() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, "killed");
            warehouse.sql.update(
                    "update ops.feed_load set started_at = timestamp with time zone '2024-05-02 01:00:00+00'");
            load(warehouse, "by hand");
            assertThat(completed(warehouse, "killed")).isNull();
            assertThat(completed(warehouse, "by hand")).isNotNull();
            for (String status : List.of("failed", "withdrawn", "running")) {
                warehouse.sql.update("update ops.feed_load set status = ? where run_id = 'by hand'", status);
                assertThat(completed(warehouse, "killed", "by hand")).as(status).isNull();
            }
        }
    }

    @Test
    void underAnotherPseudonymKeyALoadIsRepeatedWhichRefusesIt() {
        Feed.Column person = new Feed.Column(
                "device_id", "DEVICE", Feed.Type.TEXT, null, null, null, true, Feed.Privacy.PSEUDONYMISE, "Number.");
        Feed devices = TestFeeds.devices();
        Feed feed = new Feed(
                devices.name(),
                devices.source(),
                devices.description(),
                new Feed.Input(devices.connection(), devices.origin(), devices.extract()),
                new Feed.Rows(
                        devices.columns().stream()
                                .map(column -> column.name().equals("device_id") ? person : column)
                                .toList(),
                        devices.key(),
                        Set.of(),
                        devices.item(),
                        null),
                devices.limits());
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            load(warehouse, "killed");
            assertThat(completed(warehouse, "killed")).isNotNull();
        }
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                folder,
                Map.of(Pseudonymiser.KEY_VARIABLE, "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
                feed)) {
            assertThat(completed(warehouse, "killed")).isNull();
        }
    }

    private static void load(IngestTestWarehouse warehouse, String runId) {
        warehouse.loader().load("devices", DATE, DATE, runId);
    }

    private static @Nullable LoadSummary completed(IngestTestWarehouse warehouse, String... runs) {
        return warehouse.loader().completed("devices", DATE, DATE, Set.of(runs));
    }
}
