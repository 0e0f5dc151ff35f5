package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;

/** The order of business dates required of loads. */
class BusinessDateIT extends FeedRefusalTesting {

    @Test
    void businessDateNeverDecreases() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-02");
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-01",
                    ExitCode.CONFIGURATION,
                    "feed devices: the business date 2024-05-01 is earlier than 2024-05-02, the date of its "
                            + "last load; business dates must not decrease: choose 2024-05-02 or later");
        }
    }

    @Test
    void changesOfADateThatWasPassedOverAreLoadedBeforeThoseOfTheNext() throws IOException {
        Feed devices = with(TestFeeds.devices(), Feed.Extract.CHANGES);
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices)) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-03.csv", HEADER, "A,01/05/2024 10:00,laptop,2,x");
            warehouse.drop(
                    "devices_2024-05-04.csv", HEADER, "A,01/05/2024 10:00,tablet,2,x", "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01"); // Nothing was delivered on the 2nd, and no run looked for it.
            warehouse.load("devices", "2024-05-04");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("A | tablet", "B | phone");
            assertThat(warehouse.rows("raw.devices", "_key", "kind", "_known_on"))
                    .containsExactlyInAnyOrder(
                            "A | phone | 2024-05-01",
                            "A | laptop | 2024-05-04",
                            "A | tablet | 2024-05-04",
                            "B | phone | 2024-05-04");
            assertThat(warehouse.query(
                            "select business_date, source_date, loaded_count from ops.feed_load order by source_date"))
                    .containsExactly(
                            "2024-05-01 | 2024-05-01 | 1",
                            "2024-05-04 | 2024-05-03 | 1",
                            "2024-05-04 | 2024-05-04 | 2");
        }
    }

    @Test
    void changesThatAreDueMustComeBeforeThoseOfTheNextDate() throws IOException {
        Feed devices = with(with(TestFeeds.devices(), Feed.Extract.CHANGES), Delivery.daily());
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices)) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            assertThat(failure(warehouse, "devices", "2024-05-02").exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            warehouse.drop("devices_2024-05-03.csv", HEADER, "B,01/05/2024 10:00,phone,2,x");
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-03",
                    ExitCode.UNAVAILABLE,
                    folder.resolve("drop/devices_2024-05-02.csv")
                            + ": the changes of 2024-05-02 are still missing, and must be loaded "
                            + "before those of later dates (feeds/devices.yml: extract: changes, delivered daily); "
                            + "request "
                            + "the file, or, if nothing changed on that day, provide "
                            + "a file of that name with only the header");
            // After an outage of two nights, the file of the second date also counts as missing, although no run looked
            // for it.
            Path early = folder.resolve("drop/devices_2024-05-03.csv");
            Files.move(early, folder.resolve("drop/later.csv"));
            warehouse.drop("devices_2024-05-02.csv", HEADER); // Nothing changed on that day.
            warehouse.drop("devices_2024-05-04.csv", HEADER, "B,01/05/2024 10:00,tablet,2,x");
            assertThat(failure(warehouse, "devices", "2024-05-04"))
                    .hasMessageStartingWith(early + ": the changes of 2024-05-03 are still missing");
            Files.move(folder.resolve("drop/later.csv"), early);
            warehouse.load("devices", "2024-05-04");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("A | phone", "B | tablet");
            assertThat(warehouse.query("select business_date, source_date from ops.feed_load where status = 'loaded' "
                            + "order by source_date"))
                    .containsExactly(
                            "2024-05-01 | 2024-05-01",
                            "2024-05-04 | 2024-05-02",
                            "2024-05-04 | 2024-05-03",
                            "2024-05-04 | 2024-05-04");
        }
    }
}
