package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.dated;
import static uk.fpw.ingest.TestFeeds.emptyIfUnreadable;
import static uk.fpw.ingest.TestFeeds.time;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;

/** Unreadable values in columns whose rows are stored without them. */
class UnreadableValuesIT {

    private static final String HEADER = "DEVICE,KIND,examined_on,CALLED,REMARKS";

    @TempDir
    Path folder;

    @Test
    void rowIsStoredWithoutTheValueAndTheValueIsCounted() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(List.of("device_id")))) {
            LoadSummary first = load(
                    warehouse,
                    "2024-05-01",
                    "A,phone,chased 3/9,,x",
                    "B,phone,30/02/2024,27/10/2024 01:30,x", // a time that the clocks show twice
                    "C,phone,01/05/2024,,x",
                    "D,phone,,,x");
            assertThat(IngestTestWarehouse.text(first))
                    .isEqualTo("received 4 = loaded 4 + unchanged 0 + refused 0; deleted 0, flagged 1");
            assertThat(first.note()).isEqualTo("values that could not be read and are empty: 2 of examined_on");
            assertThat(warehouse.rows("current.devices", "_key", "examined_on", "_flags"))
                    .containsExactly(
                            "A | null | examined_on:unreadable",
                            "B | null | examined_on:unreadable,called_at:ambiguous",
                            "C | 2024-05-01 | null",
                            "D | null | null");
            assertThat(warehouse.query("select column_name, value_count from ops.unreadable_value"))
                    .containsExactly("examined_on | 2");

            // reported when it changes
            assertThat(load(warehouse, "2024-05-02", "A,phone,chased 3/9,,x", "D,phone,written off,,x")
                            .note())
                    .isNull();
            assertThat(load(warehouse, "2024-05-03", "A,phone,,,x", "D,phone,written off,,x")
                            .note())
                    .isEqualTo("values that could not be read and are empty: 1 of examined_on");
            assertThat(warehouse.rows("raw.devices", "_key", "_known_on", "_flags"))
                    .contains(
                            "A | 2024-05-03 | null", // a missing value makes a different version than an unreadable one
                            "D | 2024-05-02 | examined_on:unreadable")
                    .doesNotContain("A | 2024-05-02 | examined_on:unreadable");
        }
    }

    @Test
    void ofRowsWithoutAKeyAnUnreadableValueIsAnotherContentThanNone() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(List.of()))) {
            load(warehouse, "2024-05-01", "A,phone,,,x");
            assertThat(IngestTestWarehouse.text(load(warehouse, "2024-05-02", "A,phone,chased 3/9,,x")))
                    .isEqualTo("received 1 = loaded 1 + unchanged 0 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.devices", "device_id", "_flags"))
                    .containsExactly("A | examined_on:unreadable");
        }
    }

    private static LoadSummary load(IngestTestWarehouse warehouse, String date, String... rows) {
        String[] lines = new String[rows.length + 1];
        lines[0] = HEADER;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        warehouse.drop("devices_" + date + ".csv", lines);
        LocalDate businessDate = LocalDate.parse(date);
        return warehouse.loader().load("devices", businessDate, businessDate, IngestTestWarehouse.run(businessDate));
    }

    private static Feed devices(List<String> key) {
        return TestFeeds.feed(
                "devices",
                key,
                "device_id",
                column("device_id", "DEVICE", Feed.Type.TEXT),
                column("kind", "KIND", Feed.Type.TEXT),
                emptyIfUnreadable(dated("examined_on", Feed.Type.DATE, "dd/MM/yyyy")),
                time("called_at", "CALLED", "dd/MM/yyyy HH:mm", "Europe/London"));
    }
}
