package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.parquet.TestParquet;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** Complete loads of workbooks and Parquet files. */
class TypedFileIT {

    private static final String[] COLUMNS = {
        "device_id", "received_on", "examined_at", "size", "is_urgent", "_key", "_op", "_known_on", "_line"
    };

    private static final String PARQUET = """
            message devices {
              required int64 DEVICE;
              optional int32 RECEIVED (DATE);
              optional int64 EXAMINED (TIMESTAMP(MICROS,false));
              optional int32 SIZE (DECIMAL(9,2));
              optional boolean URGENT;
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void workbookIsLoadedAndTheNextNightFindsWhatHasChanged() throws IOException {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed("xlsx"))) {
            workbook("2024-05-01", 1001, 1002, 1003);
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 4 = loaded 3 + unchanged 0 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", COLUMNS))
                    .containsExactly(
                            "1001 | 2016-01-12 | 2016-07-12T11:00Z | 2.500000000 | true | 1001 | upsert | "
                                    + "2024-05-01 | 4",
                            "1002 | 2016-01-12 | 2016-07-12T11:00Z | 2.500000000 | true | 1002 | upsert | "
                                    + "2024-05-01 | 5",
                            "1003 | 2016-01-12 | 2016-07-12T11:00Z | 2.500000000 | true | 1003 | upsert | "
                                    + "2024-05-01 | 6");
            assertThat(warehouse.query(
                            "select line_number, row_key, field, code, message, value_shown from ops.refusal"))
                    .containsExactly("8 | EX-9 | received_on | UNPARSABLE | received_on (B8) is a number that is not "
                            + "formatted as a date: format the cells as dates, or set the "
                            + "pattern if its digits are a date | ddddd");

            workbook("2024-05-02", 1001, 1002, 1003);
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 4 = loaded 0 + unchanged 3 + refused 1; deleted 0, flagged 0");
            workbook("2024-05-03", 1001, 1003, 1004);
            assertThat(warehouse.load("devices", "2024-05-03"))
                    .isEqualTo("received 4 = loaded 1 + unchanged 2 + refused 1; deleted 1, flagged 0");
        }
    }

    @Test
    void parquetFileIsLoadedAndTheNextNightFindsWhatHasChanged() throws IOException {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed("parquet"))) {
            parquet("2024-05-01", 0, 1);
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 2 = loaded 2 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", COLUMNS))
                    .containsExactly(
                            "0 | 2016-01-12 | 2016-07-12T11:00Z | 2.500000000 | true | 0 | upsert | 2024-05-01 | 1",
                            "1 | 2016-01-12 | null | 2.510000000 | false | 1 | upsert | 2024-05-01 | 2");

            parquet("2024-05-02", 0, 1);
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 2 + refused 0; deleted 0, flagged 0");
            parquet("2024-05-03", 1, 2);
            assertThat(warehouse.load("devices", "2024-05-03"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 1, flagged 0");
        }
    }

    @Test
    void sameValuesInAnotherFormatAreTheSameRows() throws IOException {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed("parquet"))) {
            parquet("2024-05-01", 1001, 1003);
            warehouse.load("devices", "2024-05-01");
        }
        Path csv = Files.createDirectories(folder.resolve("drop")).resolve("devices_2024-05-02.csv");
        Files.writeString(csv, """
                DEVICE,RECEIVED,EXAMINED,SIZE,URGENT
                1001,2016-01-12,,2.51,no
                1003,2016-01-12,,2.51,no
                """);
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed("csv"))) {
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 2 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void fileOfAnotherFormatFailsTheLoadAndNothingIsKept() throws IOException {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed("xlsx"))) {
            warehouse.drop("devices_2024-05-01.xlsx", "DEVICE,RECEIVED", "1,2016-01-12");
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("devices", "2024-05-01"));
            assertThat(failure)
                    .hasMessage(folder.resolve("drop/devices_2024-05-01.xlsx")
                            + ": the content is not a workbook (xlsx), regardless of its name; check "
                            + "what the source delivered; if it is text, remove format.kind");
            assertThat(warehouse.query("select status from ops.feed_load")).containsExactly("failed");
        }
    }

    /**
     * A title, an empty row, the header in row 3, the devices, an empty row, and a row whose date has lost its format.
     */
    private void workbook(String date, int... devices) throws IOException {
        Path path = Files.createDirectories(folder.resolve("drop")).resolve("devices_" + date + ".xlsx");
        try (Workbook workbook = new Workbook(Files.newOutputStream(path), "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Devices");
            sheet.value(0, 0, "Devices of the unit");
            List<String> headers = List.of("DEVICE", "RECEIVED", "EXAMINED", "SIZE", "URGENT");
            for (int column = 0; column < headers.size(); column++) {
                sheet.value(2, column, headers.get(column));
            }
            int row = 3;
            for (int device : devices) {
                sheet.value(row, 0, device);
                sheet.value(row, 1, LocalDate.of(2016, 1, 12));
                sheet.style(row, 1).format("dd/mm/yyyy").set();
                sheet.value(row, 2, LocalDateTime.of(2016, 7, 12, 12, 0));
                sheet.style(row, 2).format("dd/mm/yyyy hh:mm").set();
                sheet.value(row, 3, 2.5);
                sheet.value(row, 4, true);
                row++;
            }
            sheet.value(row + 1, 0, "EX-9");
            sheet.value(row + 1, 1, 42381);
        }
    }

    /** Devices with these numbers; odd ones were not examined. */
    private void parquet(String date, int... devices) throws IOException {
        Path path = Files.createDirectories(folder.resolve("drop")).resolve("devices_" + date + ".parquet");
        TestParquet.write(path, PARQUET, CompressionCodecName.ZSTD, devices.length, (group, row) -> {
            int device = devices[row];
            group.append("DEVICE", (long) device);
            group.append("RECEIVED", (int) LocalDate.of(2016, 1, 12).toEpochDay());
            if (device % 2 == 0) {
                group.append("EXAMINED", 1_468_324_800_000_000L); // noon of 12 July 2016
            }
            group.append("SIZE", 250 + device % 2);
            group.append("URGENT", device % 2 == 0);
        });
    }

    private static Feed feed(String kind) {
        Feed feed = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                TestFeeds.column("device_id", "DEVICE", Feed.Type.TEXT),
                TestFeeds.column("received_on", "RECEIVED", Feed.Type.DATE),
                new Feed.Column(
                        "examined_at",
                        "EXAMINED",
                        Feed.Type.LOCAL_TIME,
                        Feed.TextFormat.of(ZoneId.of("Europe/London")),
                        false,
                        Feed.Privacy.NOT_PERSONAL,
                        "Test column."),
                TestFeeds.column("size", "SIZE", Feed.Type.DECIMAL),
                TestFeeds.column("is_urgent", "URGENT", Feed.Type.BOOLEAN));
        Map<String, Object> options = kind.equals("xlsx") ? Map.of("header_row", 3) : Map.of();
        return TestFeeds.with(
                feed, new Origin.DroppedFile("devices_{date}." + kind, new Origin.Format(kind, options), Set.of()));
    }
}
