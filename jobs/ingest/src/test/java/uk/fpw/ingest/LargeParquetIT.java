package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.parquet.TestParquet;
import uk.fpw.warehouse.force.Feed;

/** A Parquet file of many rows; {@code -Dfpw.parquet.rows=1000000} for as many as a large system has. */
class LargeParquetIT {

    private static final Logger LOG = LoggerFactory.getLogger(LargeParquetIT.class);

    private static final int ROWS = Integer.getInteger("fpw.parquet.rows", 200_000);

    @TempDir
    private Path folder;

    @Test
    void everyRowIsLoadedOnceAndNoneInTheNextNight() throws IOException {
        Path drop = Files.createDirectories(folder.resolve("drop"));
        for (String date : List.of("2024-05-01", "2024-05-02")) {
            TestParquet.write(
                    drop.resolve("devices_" + date + ".parquet"),
                    "message devices { required int64 DEVICE; required int32 RECEIVED (DATE); optional binary KIND (STRING); optional double SIZE; }",
                    CompressionCodecName.SNAPPY,
                    ROWS,
                    (group, row) -> {
                        group.append("DEVICE", (long) row);
                        group.append("RECEIVED", (int) LocalDate.of(2016, 1, 1).toEpochDay() + row % 3000);
                        group.append("KIND", "kind " + row % 7);
                        group.append("SIZE", row % 1000 / 8.0);
                    });
        }
        Feed feed = TestFeeds.with(
                TestFeeds.feed(
                        "devices",
                        List.of("device_id"),
                        "device_id",
                        TestFeeds.column("device_id", "DEVICE", Feed.Type.WHOLE),
                        TestFeeds.column("received_on", "RECEIVED", Feed.Type.DATE),
                        TestFeeds.column("kind", "KIND", Feed.Type.TEXT),
                        TestFeeds.column("size", "SIZE", Feed.Type.DECIMAL)),
                new Feed.DroppedFile("devices_{date}.parquet", new Feed.Format("parquet", Map.of()), Set.of()));
        try (TestWarehouse warehouse = new TestWarehouse(folder, feed)) {
            long start = System.nanoTime();
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received %1$d = loaded %1$d + unchanged 0 + refused 0; deleted 0, flagged 0", ROWS);
            long first = System.nanoTime();
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received %1$d = loaded 0 + unchanged %1$d + refused 0; deleted 0, flagged 0", ROWS);
            LOG.info(
                    "{} rows: loaded in {} ms, found unchanged in {} ms, heap limit {} MiB",
                    ROWS,
                    (first - start) / 1_000_000,
                    (System.nanoTime() - first) / 1_000_000,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }
}
