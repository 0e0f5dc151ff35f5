package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.with;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.file.OutstandingFiles;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Which files a night looks for, loads and misses, according to the delivery schedule of the feed. 6 May 2024 was a
 * Monday.
 */
class DeliveryIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final Delivery MONDAYS = Delivery.weekly(Set.of(DayOfWeek.MONDAY));

    @TempDir
    Path folder;

    @Test
    void changesWithoutAFileOfADateAreKnownToTheDateBeforeAndGoOnWithLaterFiles() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(null))) {
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-06");
            OutstandingFiles seventh = outstanding(warehouse, "2024-05-07");
            assertThat(seventh.dates()).isEmpty();
            assertThat(missing(seventh).stopsNight()).isFalse();
            assertThat(missing(seventh).failure())
                    .hasMessage(folder.resolve("drop/devices_2024-05-07.csv")
                            + ": the file does not exist (feeds/devices.yml: connection: drop, file: "
                            + "devices_{date}.csv); check that the source has "
                            + "delivered it, or correct 'file'");
            assertThat(warehouse.completeTo("devices", "2024-05-07")).isEqualTo("2024-05-06");
            assertThat(warehouse.deliveries("2024-05-07")).isEmpty(); // The release reports the feed as missing.

            drop(warehouse, "2024-05-09", "A,tablet"); // No run looked for that of the 8th.
            warehouse.load("devices", "2024-05-09");
            assertThat(warehouse.completeTo("devices", "2024-05-09")).isEqualTo("2024-05-09");
            assertThat(warehouse.deliveries("2024-05-09"))
                    .containsExactly(
                            "Deliveries",
                            "  feed devices: no file of 2024-05-07, 2024-05-08 arrived before later "
                                    + "ones were loaded, and feeds/devices.yml does not define when one is due "
                                    + "(delivery); a late file is loaded when it arrives");

            drop(warehouse, "2024-05-07", "A,laptop", "B,phone");
            drop(warehouse, "2024-05-08", "C,phone");
            drop(warehouse, "2024-05-10", "D,phone");
            warehouse.load("devices", "2024-05-10");
            assertThat(warehouse.rows("current.devices", "_key", "kind"))
                    .containsExactly("A | tablet", "B | phone", "C | phone", "D | phone");
            assertThat(warehouse.deliveries("2024-05-10")).isEmpty();
        }
    }

    @Test
    void changesThatAreDueHoldLaterOnesBackAlsoOfDatesOnWhichNoNightRan() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(Delivery.daily()))) {
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-06");
            drop(warehouse, "2024-05-07", "B,phone");
            drop(warehouse, "2024-05-09", "A,tablet");
            OutstandingFiles ninth = outstanding(warehouse, "2024-05-09");
            assertThat(ninth.dates()).containsExactly(LocalDate.of(2024, 5, 7)); // What arrived in order is loaded.
            assertThat(missing(ninth).stopsNight()).isTrue();
            assertThat(missing(ninth).failure())
                    .hasMessage(folder.resolve("drop/devices_2024-05-08.csv")
                            + ": the changes of 2024-05-08 are still missing, and must be "
                            + "loaded before those of later dates (feeds/devices.yml: extract: changes, "
                            + "delivered daily); request the file, or, "
                            + "if nothing changed on that day, provide a file of "
                            + "that name with only the header");
            assertThat(warehouse.failure("devices", "2024-05-09")).isNotNull();
            assertThat(warehouse.completeTo("devices", "2024-05-09")).isEqualTo("2024-05-07");
        }
    }

    @Test
    void changesOfOneDayAWeekAreKnownToThatDayAndMissedFromTheNextOn() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(MONDAYS))) {
            drop(warehouse, "2024-05-06", "A,phone");
            assertThat(outstanding(warehouse, "2024-05-08").dates())
                    .containsExactly(LocalDate.of(2024, 5, 6)); // The first night finds the last file that was due.
            warehouse.load("devices", "2024-05-08");
            assertThat(outstanding(warehouse, "2024-05-08")).isEqualTo(new OutstandingFiles(List.of(), null));
            assertThat(outstanding(warehouse, "2024-05-12")).isEqualTo(new OutstandingFiles(List.of(), null));
            assertThat(warehouse.completeTo("devices", "2024-05-12")).isEqualTo("2024-05-06");
            assertThat(warehouse.deliveries("2024-05-12"))
                    .containsExactly(
                            "Deliveries",
                            "  feed devices, complete to 2024-05-06: no later file was due (delivered on Mondays; the "
                                    + "next is that of 2024-05-13)");

            assertThat(missing(outstanding(warehouse, "2024-05-13")).stopsNight())
                    .isTrue();
            assertThat(missing(outstanding(warehouse, "2024-05-14")).failure())
                    .hasMessageStartingWith(folder.resolve("drop/devices_2024-05-13.csv")
                            + ": the changes of 2024-05-13 are still missing");
            assertThat(warehouse.deliveries("2024-05-14")).isEmpty();
            drop(warehouse, "2024-05-13", "B,phone");
            warehouse.load("devices", "2024-05-14");
            assertThat(warehouse.completeTo("devices", "2024-05-14")).isEqualTo("2024-05-13");
            drop(warehouse, "2024-05-15", "C,phone"); // for a day on which none was due
            warehouse.load("devices", "2024-05-15");
            assertThat(warehouse.completeTo("devices", "2024-05-15")).isEqualTo("2024-05-15");
        }
    }

    @Test
    void fileThatMayComeLaterIsNotMissedYetAndHoldsLaterOnesBackAllTheSame() {
        Delivery withinTwoDays = new Delivery(Delivery.Frequency.WEEKLY, Set.of(DayOfWeek.values()), true, 2, Set.of());
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(withinTwoDays))) {
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-08");
            drop(warehouse, "2024-05-08", "A,tablet");
            assertThat(outstanding(warehouse, "2024-05-08")).isEqualTo(new OutstandingFiles(List.of(), null));
            assertThat(missing(outstanding(warehouse, "2024-05-09")).failure())
                    .hasMessageContaining("the changes of 2024-05-07 are still missing");
        }
    }

    @Test
    void lateFullExtractIsLoadedUnlessALaterOneIsThere() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, with(TestFeeds.devices(), MONDAYS))) {
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-06");
            FpwException missed = warehouse.failure("devices", "2024-05-14");
            assertThat(missed)
                    .hasMessage(folder.resolve("drop/devices_2024-05-13.csv")
                            + ": the file does not exist (feeds/devices.yml: connection: drop, file: "
                            + "devices_{date}.csv, delivered on Mondays); check "
                            + "that the source has delivered it, or correct 'file'");
            drop(warehouse, "2024-05-13", "A,tablet", "B,phone");
            warehouse.load("devices", "2024-05-15");
            assertThat(warehouse.rows("current.devices", "_key", "kind", "_known_on"))
                    .containsExactly("A | tablet | 2024-05-15", "B | phone | 2024-05-15");
            assertThat(warehouse.completeTo("devices", "2024-05-15")).isEqualTo("2024-05-13");
            assertThat(outstanding(warehouse, "2024-05-16")).isEqualTo(new OutstandingFiles(List.of(), null));
            drop(warehouse, "2024-05-17", "A,tablet");
            drop(warehouse, "2024-05-18", "A,laptop");
            assertThat(outstanding(warehouse, "2024-05-19").dates()).containsExactly(LocalDate.of(2024, 5, 18));
        }
    }

    @Test
    void fullExtractWhoseDeliveryIsNotDeclaredMayBeMissingOnceItWasLoaded() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            drop(warehouse, "2024-05-05", "A,phone");
            assertThat(missing(outstanding(warehouse, "2024-05-06")).stopsNight())
                    .isTrue(); // It was never loaded.
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-06");
            assertThat(missing(outstanding(warehouse, "2024-05-07")).stopsNight())
                    .isFalse();
            drop(warehouse, "2024-05-07", "A,tablet"); // after the night
            OutstandingFiles eighth = outstanding(warehouse, "2024-05-08");
            assertThat(eighth.dates()).containsExactly(LocalDate.of(2024, 5, 7));
            assertThat(missing(eighth).stopsNight()).isFalse();
        }
    }

    @Test
    void irregularFilesAreLoadedWhenTheyComeAndNeverMissed() {
        Delivery irregular = new Delivery(Delivery.Frequency.IRREGULAR, Set.of(), true, 0, Set.of());
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(irregular))) {
            assertThat(missing(outstanding(warehouse, "2024-05-05")).stopsNight())
                    .isTrue(); // None has ever arrived.
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-06");
            assertThat(outstanding(warehouse, "2024-05-20")).isEqualTo(new OutstandingFiles(List.of(), null));
            assertThat(warehouse.deliveries("2024-05-20"))
                    .containsExactly(
                            "Deliveries",
                            "  feed devices, complete to 2024-05-06: no later file was due (delivered irregularly)");
            drop(warehouse, "2024-05-11", "B,phone");
            warehouse.load("devices", "2024-05-20");
            assertThat(warehouse.completeTo("devices", "2024-05-20")).isEqualTo("2024-05-11");
        }
    }

    @Test
    void filesThatNoLoadHasReadAreListedWithTheReason() {
        Feed exits = with(
                TestFeeds.feed(
                        "exits",
                        List.of("device_id"),
                        "device_id",
                        TestFeeds.column("device_id", "DEVICE", Feed.Type.TEXT)),
                MONDAYS);
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(MONDAYS), exits)) {
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.drop("exits_2024-05-06.csv", "DEVICE,REMARKS", "A,x");
            warehouse.drop("exits_2024-05-13.csv", "DEVICE,REMARKS", "A,x");
            warehouse.load("devices", "2024-05-06");
            warehouse.load("exits", "2024-05-13");
            drop(warehouse, "2024-04-29", "A,phone");
            drop(warehouse, "2024-05-08", "B,phone");
            drop(warehouse, "2024-05-20", "C,phone"); // in the future
            warehouse.drop(".hidden", "");
            warehouse.drop("exits_2024-05-06 (copy).csv", "");
            assertThat(UnprocessedFiles.describe(warehouse.force, warehouse.ledger(), LocalDate.of(2024, 5, 13)))
                    .containsExactly(
                            "Files in the drop folders that no load has read: 4",
                            "  devices_2024-04-29.csv (feed devices, of a date before its first load)",
                            "  devices_2024-05-08.csv (feed devices, not loaded)",
                            "  exits_2024-05-06 (copy).csv (of no feed)",
                            "  exits_2024-05-06.csv (feed exits, superseded by a later full extract)");
            for (int number = 10; number < 20; number++) {
                warehouse.drop("x" + number + ".csv", "");
            }
            assertThat(UnprocessedFiles.describe(warehouse.force, warehouse.ledger(), LocalDate.of(2024, 5, 13)))
                    .hasSize(12)
                    .startsWith("Files in the drop folders that no load has read: 14")
                    .endsWith("  x15.csv (of no feed)", "  and 4 more");
        }
    }

    @Test
    void dropFolderWithNothingUnreadOrThatIsMissingListsNothing() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, changes(MONDAYS))) {
            assertThat(UnprocessedFiles.describe(warehouse.force, warehouse.ledger(), LocalDate.of(2024, 5, 6)))
                    .isEmpty();
            drop(warehouse, "2024-05-06", "A,phone");
            warehouse.load("devices", "2024-05-06");
            assertThat(UnprocessedFiles.describe(warehouse.force, warehouse.ledger(), LocalDate.of(2024, 5, 6)))
                    .isEmpty();
        }
    }

    private static Feed changes(@Nullable Delivery delivery) {
        Feed changes = with(TestFeeds.devices(), Feed.Extract.CHANGES);
        return delivery == null ? changes : with(changes, delivery);
    }

    /** Rows with device and kind. */
    private static void drop(IngestTestWarehouse warehouse, String date, String... rows) {
        String[] lines = new String[rows.length + 1];
        lines[0] = HEADER;
        for (int row = 0; row < rows.length; row++) {
            lines[row + 1] = rows[row].replace(",", ",01/05/2024 10:00,") + ",2,x";
        }
        warehouse.drop("devices_" + date + ".csv", lines);
    }

    private static OutstandingFiles outstanding(IngestTestWarehouse warehouse, String date) {
        return warehouse
                .loader()
                .outstanding("devices", LocalDate.parse(date), IngestTestWarehouse.run(LocalDate.parse(date)));
    }

    private static OutstandingFiles.Missing missing(OutstandingFiles outstanding) {
        if (outstanding.missing() == null) {
            throw new AssertionError("no file is missing: " + outstanding);
        }
        return outstanding.missing();
    }
}
