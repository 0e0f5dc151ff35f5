package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.dated;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** Several versions of a key in one delivery, with a column that identifies the latest. */
class OrderedRowsIT {

    private static final String HEADER = "DEVICE,KIND,changed_on,GONE";

    @TempDir
    Path folder;

    @Test
    void latestVersionIsLoadedWhereverItIsInTheFileAndTheOthersAreSuperseded() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.FULL))) {
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,phone,01/05/2024,",
                    "A,tablet,03/05/2024,",
                    "A,laptop,02/05/2024,",
                    "A,tablet,03/05/2024,", // the latest again
                    "A,phone,01/05/2024,", // an older one again
                    "B,phone,,"); // With a single version, the order need not be known.
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 6 = loaded 2 + unchanged 0 + repeated 1 + superseded 3 + refused 0; deleted "
                            + "0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("A | tablet", "B | phone");

            warehouse.drop(
                    "devices_2024-05-02.csv", HEADER, "A,tablet,03/05/2024,", "B,phone,,", "A,laptop,02/05/2024,");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 2 + superseded 1 + refused 0; deleted 0, flagged 0");

            // ops is a copy: lost parts of the account are restored from raw.
            warehouse.sql.execute("delete from ops.feed_load");
            warehouse.drop("devices_2024-05-03.csv", HEADER, "A,phone,04/05/2024,", "B,phone,,");
            warehouse.load("devices", "2024-05-03");
            assertThat(warehouse.query("select received_count, repeated_count, superseded_count, refused_count from "
                            + "ops.feed_load order by business_date"))
                    .containsExactly("6 | 1 | 3 | 0", "2 | 0 | 0 | 0");
        }
    }

    @Test
    void versionsOfWhichNoneIsKnownToBeTheLatestAreRefused() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.FULL))) {
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,phone,02/05/2024,",
                    "A,tablet,02/05/2024,",
                    "A,laptop,01/05/2024,",
                    "B,phone,,",
                    "B,tablet,02/05/2024,",
                    "C,phone,30/02/2024,", // unreadable, so it may be the latest
                    "C,tablet,02/05/2024,",
                    "D,phone,02/05/2024,");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 8 = loaded 1 + unchanged 0 + superseded 1 + refused 6; deleted 0, flagged 0");
            assertThat(warehouse.query(
                            "select line_number, row_key, code, message from ops.refusal order by " + "line_number"))
                    .containsExactly(
                            "2 | A | KEY_REPEATED | a later row has the same key and the same changed_on, with other "
                                    + "values; none of them is loaded",
                            "3 | A | KEY_REPEATED | the row in line 2 has the same key and the same changed_on; the "
                                    + "rows differ, so none of them is loaded",
                            "5 | B | KEY_REPEATED | several rows have the key, and changed_on of one of them is not "
                                    + "known; none of them is loaded",
                            "6 | B | KEY_REPEATED | several rows have the key, and changed_on of one of them is not "
                                    + "known; none of them is loaded",
                            "7 | C | KEY_REPEATED | several rows have the key, and changed_on of one of them is not "
                                    + "known; none of them is loaded",
                            "8 | C | KEY_REPEATED | several rows have the key, and changed_on of one of them is not "
                                    + "known; none of them is loaded");
        }
    }

    @Test
    void deletionIsOneOfTheVersions() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.CHANGES))) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,phone,01/05/2024,no", "B,phone,01/05/2024,no");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,,03/05/2024,yes", // finally deleted
                    "A,tablet,02/05/2024,no",
                    "B,,02/05/2024,yes",
                    "B,tablet,03/05/2024,no"); // recorded again after deletion
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 4 = loaded 2 + unchanged 0 + superseded 2 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("B | tablet");
        }
    }

    @Test
    void unreadableVersionThatIsNotTheLatestIsOfNoInterest() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.FULL))) {
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,phone,01/05/2024,perhaps",
                    "A,tablet,02/05/2024,no",
                    "B,phone,01/05/2024,no",
                    "B,tablet,02/05/2024,perhaps");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 4 = loaded 1 + unchanged 0 + superseded 2 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.query("select line_number, row_key, code, field from ops.refusal"))
                    .containsExactly("5 | B | UNPARSABLE | is_gone");
        }
    }

    private static Feed devices(Feed.Extract extract) {
        Feed feed = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                column("device_id", "DEVICE", Feed.Type.TEXT),
                column("kind", "KIND", Feed.Type.TEXT),
                dated("changed_on", Feed.Type.DATE, "dd/MM/yyyy"),
                column("is_gone", "GONE", Feed.Type.BOOLEAN));
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile("devices_{date}.csv", new Origin.Format("csv", Map.of()), Set.of()),
                        extract),
                new Feed.Rows(
                        feed.columns(),
                        feed.key(),
                        Set.of(),
                        feed.item(),
                        "is_gone",
                        null,
                        ClosedLists.NONE,
                        "changed_on"),
                feed.limits());
    }
}
