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
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/** Which loads of an interrupted run a resuming run does not repeat. */
class CompletedLoadIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final LocalDate DATE = LocalDate.of(2024, 5, 1);
    private static final RunId KILLED = RunId.of("2024-05-01-20240502T010000-0001");
    private static final RunId BY_HAND = RunId.of("2024-05-01-20240502T010000-0002");
    private static final RunId ANOTHER = RunId.of("2024-05-01-20240502T010000-0003");

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
    void aLoadOfAnInterruptedRunIsReportedWithItsCounts() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, KILLED);
            LoadSummary told = Objects.requireNonNull(completed(warehouse, KILLED, ANOTHER));
            assertThat(IngestTestWarehouse.text(told))
                    .isEqualTo("received 2 = loaded 1 + unchanged 0 + refused 1; deleted 0, flagged 0");
            assertThat(told.isOfThisRun()).isFalse();
            assertThat(completed(warehouse, ANOTHER)).isNull();
            assertThat(completed(warehouse)).isNull();
            assertThat(warehouse.loader().completed("devices", DATE, DATE.plusDays(1), Set.of(KILLED)))
                    .isNull();
        }
    }

    @Test
    void aFileThatWasDeliveredAgainSinceIsLoaded() throws IOException {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, KILLED);
            FileTime read = Files.getLastModifiedTime(file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-01T12:00:00Z")));
            assertThat(completed(warehouse, KILLED)).isNull();
            Files.setLastModifiedTime(file, read);
            assertThat(completed(warehouse, KILLED)).isNotNull();
            Files.delete(file);
            assertThat(completed(warehouse, KILLED)).isNull();
        }
    }

    @Test
    void aLoadWhoseFileWasNotNotedAnyMoreIsRepeated() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, KILLED);
            warehouse.sql.update("update ops.feed_load set file_size = null, file_modified_at = null");
            assertThat(completed(warehouse, KILLED)).isNull();
        }
    }

    @Test
    void onlyTheLatestLoadOfADateCounts() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            load(warehouse, KILLED);
            warehouse.sql.update(
                    "update ops.feed_load set started_at = timestamp with time zone '2024-05-02 01:00:00+00'");
            load(warehouse, BY_HAND);
            assertThat(completed(warehouse, KILLED)).isNull();
            assertThat(completed(warehouse, BY_HAND)).isNotNull();
            for (String status : List.of("failed", "withdrawn", "running")) {
                warehouse.sql.update("update ops.feed_load set status = ? where run_id = ?", status, BY_HAND.value());
                assertThat(completed(warehouse, KILLED, BY_HAND)).as(status).isNull();
            }
        }
    }

    @Test
    void underAnotherPseudonymKeyALoadIsRepeatedWhichRefusesIt() {
        Feed.Column person = new Feed.Column(
                "device_id",
                "DEVICE",
                Feed.Type.TEXT,
                Feed.TextFormat.PLAIN,
                true,
                Feed.Privacy.PSEUDONYMISE,
                "Number.");
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
            load(warehouse, KILLED);
            assertThat(completed(warehouse, KILLED)).isNotNull();
        }
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                folder,
                Map.of(Pseudonymiser.KEY_VARIABLE, "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
                feed)) {
            assertThat(completed(warehouse, KILLED)).isNull();
        }
    }

    private static void load(IngestTestWarehouse warehouse, RunId runId) {
        warehouse.loader().load("devices", DATE, DATE, runId);
    }

    private static @Nullable LoadSummary completed(IngestTestWarehouse warehouse, RunId... runs) {
        return warehouse.loader().completed("devices", DATE, DATE, Set.of(runs));
    }
}
