package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.feed;
import static uk.fpw.ingest.TestFeeds.personal;
import static uk.fpw.ingest.TestFeeds.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.testing.TestLimits;

/** Rows, files and dates that a load rejects. */
class FeedRefusalIT extends FeedRefusalTesting {

    @Test
    void refusedRowsAreKeptWithTheirReasonAndTheirOldVersionStands() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "F,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,30/02/2024 10:00,phone,2,x", // the version of the previous day remains valid
                    "B,31/03/2024 01:30,phone,2,x",
                    "C,,phone,2,x",
                    "D,01/05/2024 10:00,phone,2,x",
                    "D,01/05/2024 10:00,phone,2,y", // differs only in ignored columns
                    "E,01/05/2024 10:00,phone,2,x",
                    "E,01/05/2024 10:00,laptop,2,x",
                    "F,01/05/2024 10:00,phone,2 GB,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 8 = loaded 1 + unchanged 0 + repeated 1 + refused 6; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "_known_on"))
                    .containsExactly("A | 2024-05-01", "D | 2024-05-02", "F | 2024-05-01");
            assertThat(warehouse.query("select line_number, row_key, field, code, message, value_shown from "
                            + "ops.refusal order by line_number"))
                    .containsExactly(
                            "2 | A | submitted_at | UNPARSABLE | submitted_at is not an existing date and time, "
                                    + "written 'dd/MM/yyyy HH:mm' | dd/dd/dddd dd:dd",
                            "3 | B | submitted_at | NO_SUCH_TIME | submitted_at is a time that did not exist in "
                                    + "Europe/London: the clocks went from 01:00 to 02:00 that day | "
                                    + "dd/dd/dddd dd:dd",
                            "4 | C | submitted_at | MISSING | submitted_at is missing, but is required | null",
                            "7 | E | null | KEY_REPEATED | a later row has the same key with "
                                    + "other values; none of them is loaded | null",
                            "8 | E | null | KEY_REPEATED | the row in line 7 has the same key; the "
                                    + "rows differ, so none of them is loaded | null",
                            "9 | F | size | UNPARSABLE | size is not a whole number (digits "
                                    + "only, with an optional sign) | d [2 letters]");
        }
    }

    @Test
    void repeatedRowsAreAnAccountOfTheirOwnAndForceNoLimitOpen() {
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, TestFeeds.with(TestFeeds.devices(), TestLimits.of(1, 0.2, 1, 1)))) {
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,x",
                    "A,01/05/2024 10:00,phone,2,x",
                    "A,01/05/2024 10:00,phone,2,y", // differs in ignored columns
                    "B,01/05/2024 10:00,phone,2,x",
                    "B,01/05/2024 10:00,phone,2,x");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 5 = loaded 2 + unchanged 0 + repeated 3 + refused 0; deleted 0, flagged 0");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,x",
                    "A,01/05/2024 10:00,phone,2,x",
                    "B,01/05/2024 10:00,phone,2,x",
                    "C,01/05/2024 10:00,phone,many,x",
                    "D,01/05/2024 10:00,phone,2,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 5 = loaded 1 + unchanged 2 + repeated 1 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.query("select received_count, loaded_count, unchanged_count, repeated_count, "
                            + "refused_count from ops.feed_load order by business_date"))
                    .containsExactly("5 | 2 | 0 | 3 | 0", "5 | 1 | 2 | 1 | 1");
            assertThat(warehouse.query("select line_number, code from ops.refusal"))
                    .containsExactly("5 | UNPARSABLE");

            // ops is a copy: lost parts of the account are restored from raw.
            warehouse.sql.execute("delete from ops.feed_load");
            warehouse.drop("devices_2024-05-03.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-03");
            assertThat(warehouse.query("select received_count, repeated_count, refused_count from ops.feed_load order "
                            + "by business_date"))
                    .containsExactly("5 | 3 | 0", "5 | 1 | 1", "1 | 0 | 0");
        }
    }

    @Test
    void repeatsOfARowThatCannotBeStoredCountAsRefused() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,x",
                    "B,01/05/2024 10:00,phone,many,x",
                    "B,01/05/2024 10:00,phone,many,x");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 3 = loaded 1 + unchanged 0 + refused 2; deleted 0, flagged 0");
        }
    }

    @Test
    void nothingIsDeletedWhileARefusedRowCouldBeTheMissingOne() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,a,b,2,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 1 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load where business_date = '2024-05-02'"))
                    .containsExactly(
                            "1 row missing from the file is kept in current and not deleted, since the key of 1 "
                                    + "refused row could not be read and may be among them; first missing on "
                                    + "2024-05-02");
            assertThat(warehouse.query("select row_key, code, message from ops.refusal"))
                    .containsExactly("null | FIELD_COUNT | the row has 6 fields, the header 5; perhaps a value "
                            + "contains the delimiter and is not quoted");
        }
    }

    @Test
    void feedWithPersonalColumnsNeedsTheKeyOfTheLastLoad() {
        Feed people = feed("people", List.of("person_id"), "person_id", personal("person_id", "PERSON"));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, people)) {
            warehouse.drop("people_2024-05-01.csv", "PERSON,REMARKS", "Jane Doe,x");
            warehouse.load("people", "2024-05-01");
        }
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, Map.of(), people)) {
            assertFailure(
                    warehouse,
                    "people",
                    "2024-05-01",
                    ExitCode.CONFIGURATION,
                    "feeds/people.yml: column 'person_id' is declared 'privacy: pseudonymise', but there is no "
                            + "pseudonym key; create one with 'openssl rand -hex 32', "
                            + "keep it outside the force folder, and set FPW_PSEUDONYM_KEY to it or "
                            + "FPW_PSEUDONYM_KEY_FILE to "
                            + "the path of a file that holds it");
        }
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, Map.of("FPW_PSEUDONYM_KEY", "ff".repeat(32)), people)) {
            FpwException failure = failure(warehouse, "people", "2024-05-01");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(failure.getMessage())
                    .matches(
                            "feed people: the pseudonym key \\(fingerprint [0-9a-f]{16}-base32\\) differs from that of "
                                    + "the last load \\([0-9a-f]{16}-base32\\), so no row would be "
                                    + "recognised; use the previous key, or replace it: fpw rekey");
        }
    }

    /** A daily file of changes often has a single row; if that is unreadable, it must not stop all later nights. */
    @Test
    void fewRefusedRowsOfASmallFileStopNothingWhereTheFeedSaysSo() throws IOException {
        Feed devices = with(
                with(
                        TestFeeds.devices(),
                        new FeedLimits(
                                new FeedLimits.Rows(0, 0.5, 2, 0.5),
                                new FeedLimits.Changes(1, 1, 1, 1, 1, 1),
                                new FeedLimits.ChangesIn28Days(1, 1, 1))),
                Feed.Extract.CHANGES);
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices)) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,2024-05-01,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2024-05-02.csv", HEADER, ",01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-02");
            assertThat(warehouse.query("select business_date, received_count, loaded_count, refused_count, "
                            + "empty_key_count from ops.feed_load order by 1"))
                    .containsExactly("2024-05-01 | 1 | 0 | 1 | 0", "2024-05-02 | 1 | 0 | 1 | 1");

            Path bad = warehouse.drop(
                    "devices_2024-05-03.csv", HEADER, "A,2024-05-01,phone,2,x", "B,2024-05-01,phone,2,x");
            assertThat(failure(warehouse, "devices", "2024-05-03").getMessage())
                    .startsWith(bad
                            + ": 2 of 2 rows (100.0 %) cannot be stored, more than "
                            + "limits.max_refused_share: 0.5 in feeds/devices.yml:\n");
        }
    }

    @Test
    void limitsStopALoadAndItsRefusalsAreKept() throws IOException {
        Feed devices = with(TestFeeds.devices(), TestLimits.of(2, 0.1, 1, new FeedLimits.Changes(0.4, 1, 1, 1, 2, 2)));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices)) {
            Path few = warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-01",
                    ExitCode.BAD_DATA,
                    few
                            + ": the file has 1 row, fewer than limits.min_rows: 2 in feeds/devices.yml; nothing "
                            + "was loaded; check whether the extract is complete, or lower the limit");
            Path bad = warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,2024-05-01,phone,2,x");
            FpwException failure = failure(warehouse, "devices", "2024-05-01");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(failure)
                    .hasMessage(bad
                            + ": 1 of 2 rows (50.0 %) cannot be stored, more than "
                            + "limits.max_refused_share: 0.1 in feeds/devices.yml:\n"
                            + "  line 3: submitted_at is not an existing date and time, written "
                            + "'dd/MM/yyyy HH:mm' (the value: dddd-dd-dd)\n"
                            + "nothing was loaded; correct the file or the feed's columns, "
                            + "or raise the limit (limits.min_refused_rows for small "
                            + "files) if this many are expected. The rows: fpw rejections --feed devices "
                            + "--date 2024-05-01");
            assertThat(warehouse.query("select status, received_count, refused_count, message from ops.feed_load "
                            + "where received_count = 2"))
                    .containsExactly("failed | 2 | 1 | " + failure.getMessage());
            assertThat(warehouse.query("select line_number, code from ops.refusal"))
                    .containsExactly("3 | UNPARSABLE");
            assertThat(warehouse.snapshots("raw.devices")).isZero();
            assertThat(dataFiles()).isEmpty();

            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,x",
                    "B,01/05/2024 10:00,phone,2,x",
                    "C,01/05/2024 10:00,phone,2,x",
                    "D,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            Path half = warehouse.drop(
                    "devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,phone,2,x");
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-02",
                    ExitCode.BAD_DATA,
                    half
                            + ": 2 of 4 rows (50.0 %) deleted: 2 missing from the file (in 28 days before a load "
                            + "deleted at most 0), more than limits.max_deleted_share: 0.4 in "
                            + "feeds/devices.yml; nothing was loaded; check whether the file is "
                            + "complete and correct (if it contains changed rows only, "
                            + "declare 'extract: changes'). If it is, accept this once and "
                            + "run again: fpw accept devices:deleted --date 2024-05-02 --reason \"WHY\"");
            assertThat(warehouse.rows("current.devices", "_key")).containsExactly("A", "B", "C", "D");
        }
    }

    @Test
    void aFileOfTooManyRefusedRowsDoesNotFillTheDatabase() {
        Feed devices = with(TestFeeds.devices(), TestLimits.of(1, 0.5, 1, 1));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices)) {
            List<String> lines = new ArrayList<>(List.of(HEADER));
            for (int row = 0; row < 10_007; row++) {
                lines.add("D" + row + ",2024-05-01,phone,2,x");
            }
            warehouse.drop("devices_2024-05-01.csv", lines.toArray(String[]::new));
            assertThat(failure(warehouse, "devices", "2024-05-01"))
                    .hasMessageContaining("10007 of 10007 rows (100.0 %) cannot be stored")
                    .hasMessageContaining("and 10002 more, of all of which 10000 are recorded\n");
            assertThat(warehouse.query("select count(*) from ops.refusal")).containsExactly("10000");
            assertThat(warehouse.query("select refused_count from ops.feed_load"))
                    .containsExactly("10007");
        }
    }

    @Test
    void missingFileAndUnknownFeedAreReported() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-01",
                    ExitCode.UNAVAILABLE,
                    folder.resolve("drop/devices_2024-05-01.csv")
                            + ": the file does not exist, and neither is its folder (feeds/devices.yml: connection: "
                            + "drop, "
                            + "file: devices_{date}.csv); check that the source has "
                            + "delivered it, or correct the connection's 'path' in connections.yml");
            assertThat(warehouse.query("select status, received_count from ops.feed_load"))
                    .containsExactly("failed | null");
            assertFailure(
                    warehouse,
                    "phones",
                    "2024-05-01",
                    ExitCode.CONFIGURATION,
                    "there is no feed 'phones' in " + folder + "; feeds: [devices]");
        }
    }

    private List<Path> dataFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.exists(folder.resolve("data"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
                files.filter(file -> file.toString().endsWith(".parquet")).forEach(found::add);
            }
        }
        return found;
    }
}
