package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.dated;
import static uk.fpw.ingest.TestFeeds.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Freshness.DatedBy;
import uk.fpw.warehouse.force.feed.Origin;

/** Files that were not updated: what counts as not delivered, and the date up to which a feed is complete. */
class FreshnessIT {

    private static final String HEADER = "DEVICE,KIND,extracted_on";

    @TempDir
    Path folder;

    @Test
    void fileWithoutADateThatWasNotRenewedIsNotThatOfTheBusinessDate() throws IOException {
        Feed feed = undated(freshness(DatedBy.MODIFICATION_TIME, null, 2));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            Path file = warehouse.drop("devices.csv", HEADER, "A,phone,");
            // 00:30 in summer time, the 11th in London
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-10T23:30:00Z")));
            warehouse.load("devices", "2024-05-11");
            assertThat(warehouse.completeTo("devices", "2024-05-11")).isEqualTo("2024-05-11");

            // copied again without a change
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-13T10:00:00Z")));
            assertThat(load(warehouse, "2024-05-13").note())
                    .isEqualTo("devices.csv has not changed since its delivery of 2024-05-11: 2 days old on "
                            + "2024-05-13, at most 2 days");
            assertThat(warehouse.completeTo("devices", "2024-05-13")).isEqualTo("2024-05-11");
            assertThat(warehouse.deliveries("2024-05-13")).isEmpty(); // reported in the note

            assertThat(warehouse.failure("devices", "2024-05-14"))
                    .hasMessage(file + ": has not changed since its delivery of 2024-05-11: 3 days old on 2024-05-14, "
                            + "at most 2 days (feeds/devices.yml: freshness), so it counts as not delivered; ask the "
                            + "source for newer data")
                    .extracting(FpwException::exitCode)
                    .isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(warehouse.completeTo("devices", "2024-05-14")).isEqualTo("2024-05-11");
            assertThat(warehouse.deliveries("2024-05-14")).isEmpty(); // The release reports the feed as missing.
            assertThat(warehouse.query("select business_date, status, message is not null from ops.feed_load order by "
                            + "started_at, business_date"))
                    .containsExactly(
                            "2024-05-11 | loaded | false", "2024-05-13 | loaded | true", "2024-05-14 | failed | true");

            warehouse.drop("devices.csv", HEADER, "A,tablet,");
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-11T10:00:00Z")));
            assertThat(warehouse.failure("devices", "2024-05-14"))
                    .hasMessageStartingWith(file + ": was last written on 2024-05-11: 3 days old on 2024-05-14");
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-15T01:00:00Z"))); // after that day
            assertThat(load(warehouse, "2024-05-14").note()).isNull();
            assertThat(warehouse.completeTo("devices", "2024-05-14")).isEqualTo("2024-05-14");
        }
    }

    @Test
    void sameContentUnderANewNameHasTheDateOfItsFirstDelivery() {
        Feed feed = with(devices("devices_{date}.csv", Feed.Extract.FULL), freshness(DatedBy.FILE_NAME, null, 3));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            warehouse.drop("devices_2024-05-09.csv", HEADER, "A,phone,");
            warehouse.load("devices", "2024-05-09");
            warehouse.drop("devices_2024-05-10.csv", HEADER, "A,tablet,");
            warehouse.load("devices", "2024-05-10");
            warehouse.drop("devices_2024-05-12.csv", HEADER, "A,phone,"); // that of the 9th again
            assertThat(load(warehouse, "2024-05-12").note())
                    .isEqualTo("devices_2024-05-12.csv has the same content as devices_2024-05-09.csv, first delivered "
                            + "for 2024-05-09: 3 days old on 2024-05-12, at most 3 days");
            assertThat(warehouse.completeTo("devices", "2024-05-12")).isEqualTo("2024-05-10");
            warehouse.drop("devices_2024-05-13.csv", HEADER, "A,phone,");
            assertThat(warehouse.failure("devices", "2024-05-13"))
                    .hasMessageContaining("devices_2024-05-13.csv: has the same content as devices_2024-05-09.csv, "
                            + "first delivered for 2024-05-09: 4 days old on 2024-05-13, at most 3 days");
            assertThat(UnprocessedFiles.describe(warehouse.force, warehouse.ledger(), LocalDate.of(2024, 5, 13)))
                    .containsExactly(
                            "Files in the drop folders that no load has read: 1",
                            "  devices_2024-05-13.csv (feed devices, not loaded)");
        }
    }

    @Test
    void repeatedContentIsToldOnTheFirstNightOnlyUntilItIsTooOld() {
        Feed feed = with(devices("devices_{date}.csv", Feed.Extract.FULL), freshness(DatedBy.FILE_NAME, null, 5));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            assertThat(noteOf(warehouse, "2024-05-09", "A,phone,")).isNull();
            assertThat(noteOf(warehouse, "2024-05-10", "A,phone,"))
                    .contains(": 1 day old on 2024-05-10, at most 5 days");
            assertThat(noteOf(warehouse, "2024-05-10", "A,phone,")).contains(": 1 day old"); // the same night again
            assertThat(noteOf(warehouse, "2024-05-11", "A,phone,")).isNull();
            assertThat(noteOf(warehouse, "2024-05-12", "A,tablet,")).isNull();
            assertThat(noteOf(warehouse, "2024-05-13", "A,phone,")).contains(": 4 days old"); // the first one again
            assertThat(noteOf(warehouse, "2024-05-14", "A,phone,")).isNull();
            assertThat(warehouse.deliveries("2024-05-14")).isEmpty(); // What arrived is reported by the release.
            warehouse.drop("devices_2024-05-15.csv", HEADER, "A,phone,");
            assertThat(warehouse.failure("devices", "2024-05-15")).hasMessageContaining(": 6 days old");
        }
    }

    @Test
    void quietDayIsNoNewsWhereOneWasInTheWeekBefore() {
        Feed feed = with(devices("devices_{date}.csv", Feed.Extract.FULL), freshness(DatedBy.FILE_NAME, null, 10));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            assertThat(noteOf(warehouse, "2024-05-10", "A,phone,")).isNull();
            assertThat(noteOf(warehouse, "2024-05-10", "A,phone,")).isNull(); // the same night again
            assertThat(noteOf(warehouse, "2024-05-11", "A,phone,")).contains(": 1 day old on 2024-05-11"); // Saturday
            assertThat(noteOf(warehouse, "2024-05-12", "A,phone,")).isNull();
            assertThat(noteOf(warehouse, "2024-05-13", "A,tablet,")).isNull();
            assertThat(noteOf(warehouse, "2024-05-18", "A,tablet,")).isNull(); // six days after the last one
            assertThat(noteOf(warehouse, "2024-05-20", "A,phone,")).contains(": 10 days old"); // an earlier one
        }
    }

    @Test
    void datedFileThatIsMissingIsDueOnceTheLastOneIsTooOld() {
        Feed feed = with(devices("devices_{date}.csv", Feed.Extract.FULL), freshness(DatedBy.FILE_NAME, null, 2));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            warehouse.drop("devices_2024-05-10.csv", HEADER, "A,phone,");
            warehouse.load("devices", "2024-05-10");
            assertThat(warehouse.load("devices", "2024-05-12")).isEmpty();
            assertThat(feed.dueTo(LocalDate.of(2024, 5, 12))).isEqualTo("2024-05-10");
            assertThat(warehouse.deliveries("2024-05-12"))
                    .containsExactly(
                            "Deliveries",
                            "  feed devices, complete to 2024-05-10: no newer file came, and the last is 2 days old, "
                                    + "at most 2 days");
            assertThat(warehouse.failure("devices", "2024-05-13"))
                    .hasMessageContaining("devices_2024-05-11.csv: the file does not exist");
        }
    }

    @Test
    void columnInsideTheFileDatesItWhateverItsNameAndContentSay() {
        Feed feed = undated(freshness(DatedBy.COLUMN, "extracted_on", 1));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            // A mistyped year does not count as newer.
            Path file =
                    warehouse.drop("devices.csv", HEADER, "A,phone,09/05/2024", "B,phone,10/05/2024", "C,,10/05/2062");
            assertThat(load(warehouse, "2024-05-11").note()).isNull();
            assertThat(warehouse.completeTo("devices", "2024-05-11")).isEqualTo("2024-05-10");
            assertThat(warehouse.failure("devices", "2024-05-13"))
                    .hasMessage(file + ": the newest extracted_on in it is of 2024-05-10: 3 days old on 2024-05-13, at "
                            + "most 1 day (feeds/devices.yml: freshness), so it counts as not delivered; ask the "
                            + "source for newer data");
            warehouse.drop("devices.csv", HEADER, "A,phone,14/05/2024"); // written after midnight
            warehouse.load("devices", "2024-05-13");
            assertThat(warehouse.completeTo("devices", "2024-05-13")).isEqualTo("2024-05-13");
            warehouse.drop("devices.csv", HEADER, "A,phone,");
            assertThat(warehouse.failure("devices", "2024-05-13"))
                    .hasMessageContaining(
                            "no row has a value in extracted_on up to 2024-05-13, so its age is not known");
        }
    }

    @Test
    void controlFileDatesADeliveryWhoseContentNeedNotChange() {
        Freshness freshness = new Freshness(
                DatedBy.CONTROL_FILE,
                "devices.ctl",
                DateTimeFormatter.ofPattern("ddMMuuuu"),
                0,
                ZoneId.of("Europe/London"));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, undated(freshness))) {
            warehouse.drop("devices.csv", HEADER, "A,phone,");
            assertThat(warehouse.failure("devices", "2024-05-10"))
                    .hasMessage(folder.resolve("drop/devices.ctl")
                            + ": the control file does not exist, so devices.csv counts as not delivered "
                            + "(feeds/devices.yml: freshness); check that the source has written it");
            warehouse.drop("devices.ctl", "devices.csv;1 row;0010052024;10052024;");
            warehouse.load("devices", "2024-05-10");
            assertThat(UnprocessedFiles.describe(warehouse.force, warehouse.ledger(), LocalDate.of(2024, 5, 10)))
                    .isEmpty();
            assertThat(warehouse.failure("devices", "2024-05-11"))
                    .hasMessageContaining("devices.csv: is of 2024-05-10 by its control file devices.ctl: 1 day old on "
                            + "2024-05-11, at most 0 days");
            warehouse.drop("devices.ctl", "11052024");
            assertThat(load(warehouse, "2024-05-11").note()).isNull();
            assertThat(warehouse.completeTo("devices", "2024-05-11")).isEqualTo("2024-05-11");
            warehouse.drop("devices.ctl", "11/05/2024");
            assertThat(warehouse.failure("devices", "2024-05-11"))
                    .hasMessageContaining("there is no date in the control file as feeds/devices.yml expects it");
        }
    }

    @Test
    void changesOfTwoDatesWithTheSameRowsAreToldAndThoseWithoutRowsAreNot() {
        Feed feed = with(devices("devices_{date}.csv", Feed.Extract.CHANGES), freshness(DatedBy.FILE_NAME, null, 1));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            warehouse.drop("devices_2024-05-10.csv", HEADER, "A,phone,");
            warehouse.load("devices", "2024-05-10");
            warehouse.drop("devices_2024-05-11.csv", HEADER, "A,phone,");
            assertThat(load(warehouse, "2024-05-11").note())
                    .startsWith("devices_2024-05-11.csv has the same content as devices_2024-05-10.csv");
            assertThat(warehouse.completeTo("devices", "2024-05-11")).isEqualTo("2024-05-11");
            warehouse.drop("devices_2024-05-12.csv", HEADER);
            warehouse.drop("devices_2024-05-13.csv", HEADER);
            warehouse.load("devices", "2024-05-13");
            assertThat(warehouse.completeTo("devices", "2024-05-13")).isEqualTo("2024-05-13");
            warehouse.drop("devices_2024-05-14.csv", HEADER, "A,phone,");
            assertThat(warehouse.failure("devices", "2024-05-14"))
                    .hasMessageContaining(": 4 days old on 2024-05-14, at most 1 day");
        }
    }

    @Test
    void fileOfAFeedThatSaysNothingOfItsAgeCountsAsThatOfTheBusinessDate() {
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, devices("devices.csv", Feed.Extract.FULL))) {
            warehouse.drop("devices.csv", HEADER, "A,phone,");
            warehouse.load("devices", "2024-05-10");
            assertThat(load(warehouse, "2024-05-13").note()).isNull();
            assertThat(warehouse.completeTo("devices", "2024-05-13")).isEqualTo("2024-05-13");
        }
    }

    private static Freshness freshness(DatedBy datedBy, @Nullable String name, int maxAgeDays) {
        return new Freshness(datedBy, name, DateTimeFormatter.ISO_LOCAL_DATE, maxAgeDays, ZoneId.of("Europe/London"));
    }

    private static Feed undated(Freshness freshness) {
        return with(devices("devices.csv", Feed.Extract.FULL), freshness);
    }

    private static Feed devices(String file, Feed.Extract extract) {
        Feed feed = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                column("device_id", "DEVICE", Feed.Type.TEXT),
                column("kind", "KIND", Feed.Type.TEXT),
                dated("extracted_on", Feed.Type.DATE, "dd/MM/yyyy"));
        return with(with(feed, new Origin.DroppedFile(file, new Origin.Format("csv", Map.of()), Set.of())), extract);
    }

    /** Drops the file of a date and loads it. Returns the note. */
    private static @Nullable String noteOf(IngestTestWarehouse warehouse, String date, String row) {
        warehouse.drop("devices_" + date + ".csv", HEADER, row);
        return load(warehouse, date).note();
    }

    private static LoadSummary load(IngestTestWarehouse warehouse, String date) {
        LocalDate businessDate = LocalDate.parse(date);
        return warehouse.loader().load("devices", businessDate, businessDate, IngestTestWarehouse.run(businessDate));
    }
}
