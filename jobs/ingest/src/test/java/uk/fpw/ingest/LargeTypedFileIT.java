package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.parquet.TestParquet;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** Files with many rows; {@code -Dfpw.typed.rows=1000000} for the size of a large system or a full sheet. */
@Tag("thorough")
class LargeTypedFileIT {

    private static final Logger LOG = LoggerFactory.getLogger(LargeTypedFileIT.class);

    private static final int ROWS = Integer.getInteger("fpw.typed.rows", 100_000);

    @TempDir
    private Path folder;

    @Test
    void everyRowOfAParquetFileIsLoadedOnceAndNoneInTheNextNight() throws IOException {
        Path drop = Files.createDirectories(folder.resolve("drop"));
        Path file = TestParquet.write(
                drop.resolve("devices_2024-05-01.parquet"),
                "message devices { required int64 DEVICE; required int32 RECEIVED (DATE); optional binary KIND "
                        + "(STRING); optional double SIZE; }",
                CompressionCodecName.SNAPPY,
                ROWS,
                (group, row) -> {
                    group.append("DEVICE", (long) row);
                    group.append("RECEIVED", (int) LocalDate.of(2016, 1, 1).toEpochDay() + row % 3000);
                    group.append("KIND", "kind " + row % 7);
                    group.append("SIZE", row % 1000 / 8.0);
                });
        Files.copy(file, drop.resolve("devices_2024-05-02.parquet"));
        loadTwice("parquet");
    }

    @Test
    void everyRowOfAWorkbookIsLoadedOnceAndNoneInTheNextNight() throws IOException {
        Path drop = Files.createDirectories(folder.resolve("drop"));
        Path file = drop.resolve("devices_2024-05-01.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Devices");
            List<String> headers = List.of("DEVICE", "RECEIVED", "KIND", "SIZE");
            for (int column = 0; column < headers.size(); column++) {
                sheet.value(0, column, headers.get(column));
            }
            for (int row = 1; row <= ROWS; row++) {
                sheet.value(row, 0, row);
                sheet.value(row, 1, LocalDate.of(2016, 1, 1).plusDays(row % 3000));
                sheet.style(row, 1).format("yyyy-mm-dd").set();
                sheet.value(row, 2, "kind " + row % 50_000);
                sheet.value(row, 3, row % 1000 / 8.0);
                if (row % 1000 == 0) {
                    sheet.flush();
                }
            }
        }
        Files.copy(file, drop.resolve("devices_2024-05-02.xlsx"));
        loadTwice("xlsx");
    }

    private void loadTwice(String kind) {
        Feed feed = TestFeeds.with(
                TestFeeds.feed(
                        "devices",
                        List.of("device_id"),
                        "device_id",
                        TestFeeds.column("device_id", "DEVICE", Feed.Type.WHOLE),
                        TestFeeds.column("received_on", "RECEIVED", Feed.Type.DATE),
                        TestFeeds.column("kind", "KIND", Feed.Type.TEXT),
                        TestFeeds.column("size", "SIZE", Feed.Type.DECIMAL)),
                new Origin.DroppedFile("devices_{date}." + kind, new Origin.Format(kind, Map.of()), Set.of()));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            long start = System.nanoTime();
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received %1$d = loaded %1$d + unchanged 0 + refused 0; deleted 0, flagged 0", ROWS);
            long first = System.nanoTime();
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received %1$d = loaded 0 + unchanged %1$d + refused 0; deleted 0, flagged 0", ROWS);
            LOG.info(
                    "{} rows of {}: loaded in {} ms, found unchanged in {} ms, heap limit {} MiB",
                    ROWS,
                    kind,
                    (first - start) / 1_000_000,
                    (System.nanoTime() - first) / 1_000_000,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }
}
