package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.testing.TestLimits;

/** Files of changes that arrive after one of a later date was loaded. */
class LateFileIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final String LOADS =
            "select business_date, source_date, received_count, loaded_count, unchanged_count, refused_count from "
                    + "ops.feed_load where status = 'loaded' order by business_date, source_date, started_at";

    @TempDir
    Path folder;

    @Test
    void fileOfADateOnWhichNoNightRanIsLoadedWhenItComes() {
        try (IngestTestWarehouse warehouse = changes()) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2024-05-04.csv", HEADER, "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-04"); // No night ran on the 2nd and 3rd.
            warehouse.drop("devices_2024-05-03.csv", HEADER, "D,01/05/2024 10:00,tablet,2,x");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "D,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-05.csv", HEADER, "E,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-05");
            assertThat(warehouse.rows("current.devices", "_key", "kind", "_known_on"))
                    .containsExactly(
                            "A | phone | 2024-05-01",
                            "B | phone | 2024-05-04",
                            "D | tablet | 2024-05-05",
                            "E | phone | 2024-05-05");
            warehouse.load("devices", "2024-05-05"); // Late files are loaded once.
            assertThat(warehouse.query(LOADS))
                    .containsExactly(
                            "2024-05-01 | 2024-05-01 | 1 | 1 | 0 | 0",
                            "2024-05-04 | 2024-05-04 | 1 | 1 | 0 | 0",
                            "2024-05-05 | 2024-05-02 | 1 | 1 | 0 | 0",
                            "2024-05-05 | 2024-05-03 | 1 | 1 | 0 | 0",
                            "2024-05-05 | 2024-05-05 | 1 | 1 | 0 | 0",
                            "2024-05-05 | 2024-05-05 | 1 | 0 | 1 | 0");
        }
    }

    @Test
    void rowsOfALateFileDoNotReplaceWhatALaterFileBrought() {
        try (IngestTestWarehouse warehouse = changes()) {
            warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-03.csv",
                    HEADER,
                    "A,01/05/2024 10:00,tablet,2,x",
                    "B,01/05/2024 10:00,phone,2,x"); // as on the 1st, so raw has no version of the 3rd
            warehouse.load("devices", "2024-05-03");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,01/05/2024 10:00,laptop,2,x",
                    "B,01/05/2024 10:00,laptop,2,x",
                    "C,01/05/2024 10:00,laptop,2,x");
            warehouse.drop("devices_2024-05-04.csv", HEADER);
            warehouse.load("devices", "2024-05-04");
            assertThat(warehouse.rows("current.devices", "_key", "kind"))
                    .containsExactly("A | tablet", "B | phone", "C | laptop");
            assertThat(warehouse.query("select received_count, loaded_count, unchanged_count, superseded_count, "
                            + "refused_count, message from ops.feed_load where source_date = '2024-05-02'"))
                    .containsExactly("3 | 1 | 0 | 2 | 0 | devices_2024-05-02.csv came late: 2 rows of it with a key "
                            + "that a later file contained are superseded, and the newer versions are kept");
        }
    }

    @Test
    void laterFileThatIsGoneIsSaidSinceWhatItConfirmedIsNotKnown() throws IOException {
        try (IngestTestWarehouse warehouse = changes()) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            Path later = warehouse.drop("devices_2024-05-03.csv", HEADER, "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-03");
            Files.delete(later);
            warehouse.drop("devices_2024-05-02.csv", HEADER, "B,01/05/2024 10:00,laptop,2,x");
            warehouse.drop("devices_2024-05-04.csv", HEADER);
            warehouse.load("devices", "2024-05-04");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("B | laptop");
            assertThat(warehouse.query("select message from ops.feed_load where source_date = '2024-05-02'"))
                    .containsExactly("devices_2024-05-02.csv came late, and the file of 2024-05-03, loaded "
                            + "before, no longer exists: rows that it confirmed unchanged could not "
                            + "be determined, and may have been replaced by older versions");
        }
    }

    @Test
    void fileThatWasDeliveredAgainCompleteIsListedAndLoadedAgain() throws IOException {
        try (IngestTestWarehouse warehouse = changes()) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "X,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-02");
            warehouse.drop("devices_2024-05-03.csv", HEADER, "Z,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-03");
            assertThat(unread(warehouse)).isEmpty();

            // The first delivery of the 2nd was truncated, and had an old row of Z, which is newer in that of the 3rd.
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "X,01/05/2024 10:00,phone,2,x",
                    "Y,01/05/2024 10:00,phone,2,x",
                    "Z,01/05/2024 10:00,laptop,2,x");
            assertThat(unread(warehouse))
                    .containsExactly(
                            "Files in the drop folders that have changed since they were read: 1",
                            "  devices_2024-05-02.csv (feed devices, changed since it was read)");

            warehouse.drop("devices_2024-05-04.csv", HEADER);
            warehouse.load("devices", "2024-05-04");
            assertThat(warehouse.rows("current.devices", "_key", "kind", "_known_on"))
                    .containsExactly(
                            "A | phone | 2024-05-01",
                            "X | phone | 2024-05-02",
                            "Y | phone | 2024-05-04",
                            "Z | phone | 2024-05-03");
            assertThat(unread(warehouse)).isEmpty();
            assertThat(warehouse.query("select received_count, loaded_count, unchanged_count, superseded_count, "
                            + "message from ops.feed_load where source_date = '2024-05-02' and "
                            + "business_date = '2024-05-04'"))
                    .containsExactly(
                            "3 | 1 | 1 | 1 | devices_2024-05-02.csv has changed since it was read, and was read "
                                    + "again; devices_2024-05-02.csv came late: 1 row of it with a "
                                    + "key that a later file contained is superseded, and the newer "
                                    + "versions are kept");
            // once
            warehouse.drop("devices_2024-05-05.csv", HEADER);
            assertThat(warehouse.load("devices", "2024-05-05"))
                    .isEqualTo("received 0 = loaded 0 + unchanged 0 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void fileOfTheLastLoadedDateAndOfTheFirstIsLoadedAgainTooIfItHasChanged() {
        try (IngestTestWarehouse warehouse = changes()) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "X,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-02");
            warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,phone,2,x");
            warehouse.drop(
                    "devices_2024-05-02.csv", HEADER, "X,01/05/2024 10:00,phone,2,x", "Y,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-03.csv", HEADER);
            warehouse.load("devices", "2024-05-03");
            assertThat(warehouse.rows("current.devices", "_key")).containsExactly("A", "B", "X", "Y");
        }
    }

    @Test
    void fileThatIsOnlyNewerIsNotLoadedAgainAndIsReadOnceToKnow() throws IOException {
        try (IngestTestWarehouse warehouse = changes()) {
            Path file = warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            FileTime later = FileTime.from(Instant.parse("2031-01-01T00:00:00Z"));
            Files.setLastModifiedTime(file, later);
            assertThat(unread(warehouse)).isEmpty();
            warehouse.drop("devices_2024-05-02.csv", HEADER);
            warehouse.load("devices", "2024-05-02");
            assertThat(warehouse.query("select business_date, file_size, file_modified_at = timestamp with time zone "
                            + "'2031-01-01 00:00:00+00' from ops.feed_load order by "
                            + "business_date"))
                    .containsExactly(
                            "2024-05-01 | " + Files.size(file) + " | true",
                            "2024-05-02 | " + (HEADER.length() + 1) + " | false");
        }
    }

    private static List<String> unread(IngestTestWarehouse warehouse) {
        return UnprocessedFiles.describe(
                warehouse.force, new LoadLedger(warehouse.dataSource, Clock.systemUTC()), LocalDate.of(2024, 5, 3));
    }

    /** Otherwise no row may be refused: superseded rows are not errors of the file. */
    private IngestTestWarehouse changes() {
        return new IngestTestWarehouse(
                folder, with(with(TestFeeds.devices(), TestLimits.of(0, 0, 0, 1)), Feed.Extract.CHANGES));
    }
}
