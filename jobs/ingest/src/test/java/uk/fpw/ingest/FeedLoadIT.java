package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.feed;
import static uk.fpw.ingest.TestFeeds.personal;
import static uk.fpw.ingest.TestFeeds.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.SourceRow;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.LoadLedger;
import uk.fpw.warehouse.privacy.Pseudonyms;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

class FeedLoadIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final String LOADS =
            "select business_date, status, received_count, loaded_count, unchanged_count, refused_count, deleted_count, flagged_count from ops.feed_load order by load_id";

    @TempDir
    Path folder;

    @Test
    void firstLoadStoresEveryRowInRawAndCurrent() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 11:00,,,x");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 2 = loaded 2 + unchanged 0 + refused 0; deleted 0, flagged 0");
            String[] columns = {
                "device_id",
                "submitted_at",
                "kind",
                "size",
                "_key",
                "_item",
                "_op",
                "_seq",
                "_known_on",
                "_line",
                "_flags"
            };
            List<String> expected = List.of(
                    "A | 2024-05-01T09:00Z | phone | 2 | A | A | upsert | 1 | 2024-05-01 | 2 | null",
                    "B | 2024-05-01T10:00Z | null | null | B | B | upsert | 2 | 2024-05-01 | 3 | null");
            assertThat(warehouse.rows("raw.devices", columns)).isEqualTo(expected);
            assertThat(warehouse.rows("current.devices", columns)).isEqualTo(expected);
            assertThat(warehouse.query(LOADS)).containsExactly("2024-05-01 | loaded | 2 | 2 | 0 | 0 | 0 | 0");
        }
    }

    @Test
    void sameFileAgainLoadsNothingAndLeavesTheTablesAlone() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.snapshots("raw.devices")).isEqualTo(1);
            assertThat(warehouse.snapshots("current.devices")).isEqualTo(1);
            assertThat(
                            warehouse.query(
                                    "select status, loaded_count, unchanged_count, raw_snapshot_id is null from ops.feed_load order by loaded_count"))
                    .containsExactly("loaded | 0 | 1 | true", "loaded | 1 | 0 | false");
        }
    }

    @Test
    void changesReplaceAndWhatIsMissingIsDeleted() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,x",
                    "B,01/05/2024 10:00,phone,2,x",
                    "C,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,other remarks", // an ignored column changes nothing
                    "B,01/05/2024 10:00,laptop,2,x",
                    "D,02/05/2024 10:00,phone,2,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 1 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "kind", "_known_on", "_seq"))
                    .containsExactly(
                            "A | phone | 2024-05-01 | 1", "B | laptop | 2024-05-02 | 4", "D | phone | 2024-05-02 | 5");
            assertThat(warehouse.rows("raw.devices", "_seq", "_key", "_item", "_op", "kind", "_known_on"))
                    .containsExactly(
                            "1 | A | A | upsert | phone | 2024-05-01",
                            "2 | B | B | upsert | phone | 2024-05-01",
                            "3 | C | C | upsert | phone | 2024-05-01",
                            "4 | B | B | upsert | laptop | 2024-05-02",
                            "5 | D | D | upsert | phone | 2024-05-02",
                            "6 | C | C | delete | null | 2024-05-02");
            // A row that comes back is new again.
            warehouse.drop("devices_2024-05-03.csv", HEADER, "C,01/05/2024 10:00,phone,2,x");
            assertThat(warehouse.load("devices", "2024-05-03"))
                    .isEqualTo("received 1 = loaded 1 + unchanged 0 + refused 0; deleted 3, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "_seq")).containsExactly("C | 7");
        }
    }

    @Test
    void extractOfChangesDeletesNothing() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, with(TestFeeds.devices(), Feed.Extract.CHANGES))) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 1 = loaded 1 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key")).containsExactly("A", "B");
        }
    }

    @Test
    void refusedRowsAreKeptWithTheirReasonAndTheirOldVersionStands() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "F,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,30/02/2024 10:00,phone,2,x", // its version of the day before stands
                    "B,31/03/2024 01:30,phone,2,x",
                    "C,,phone,2,x",
                    "D,01/05/2024 10:00,phone,2,x",
                    "D,01/05/2024 10:00,phone,2,y", // differs only in what is ignored
                    "E,01/05/2024 10:00,phone,2,x",
                    "E,01/05/2024 10:00,laptop,2,x",
                    "F,01/05/2024 10:00,phone,2 GB,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 8 = loaded 1 + unchanged 0 + refused 7; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "_known_on"))
                    .containsExactly("A | 2024-05-01", "D | 2024-05-02", "F | 2024-05-01");
            assertThat(
                            warehouse.query(
                                    "select line_number, row_key, field, code, message, value_shown from ops.refusal order by line_number"))
                    .containsExactly(
                            "2 | A | submitted_at | UNPARSABLE | submitted_at is not a date and time that exist, written 'dd/MM/yyyy HH:mm' | 30/02/2024 10:00",
                            "3 | B | submitted_at | NO_SUCH_TIME | submitted_at is a time that did not exist in Europe/London: the clocks went from 01:00 to 02:00 that day | 31/03/2024 01:30",
                            "4 | C | submitted_at | MISSING | submitted_at is missing, but is required | null",
                            "6 | D | null | ROW_REPEATED | the row repeats line 5 word for word; that one is taken | null",
                            "7 | E | null | KEY_REPEATED | a later row has the same key with other values; none of them is taken | null",
                            "8 | E | null | KEY_REPEATED | the row in line 7 has the same key; the rows differ, so none of them is taken | null",
                            "9 | F | size | UNPARSABLE | size is not a whole number (digits only, a sign before them if need be) | 2 GB");
        }
    }

    @Test
    void nothingIsDeletedWhileARefusedRowCouldBeTheMissingOne() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 10:00,a,b,2,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 1 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load where business_date = '2024-05-02'"))
                    .containsExactly(
                            "1 row that the file lacks stays in current, since the keys of 1 refused row could not be read and may be among them");
            assertThat(warehouse.query("select row_key, code, message from ops.refusal"))
                    .containsExactly(
                            "null | FIELD_COUNT | the row has 6 fields, the header 5; perhaps a value holds the delimiter and is not quoted");
        }
    }

    @Test
    void ambiguousTimesOfTheAutumnAreFlagged() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-10-28.csv", HEADER, "A,27/10/2024 01:30,phone,2,x", "B,27/10/2024 02:30,phone,2,x");
            assertThat(warehouse.load("devices", "2024-10-28"))
                    .isEqualTo("received 2 = loaded 2 + unchanged 0 + refused 0; deleted 0, flagged 1");
            assertThat(warehouse.rows("current.devices", "_key", "submitted_at", "_flags"))
                    .containsExactly("A | 2024-10-27T00:30Z | submitted_at:ambiguous", "B | 2024-10-27T02:30Z | null");
        }
    }

    @Test
    void keysOfSeveralColumnsAreJoined() {
        Feed exhibits = feed(
                "exhibits",
                List.of("case_no", "exhibit_no"),
                "case_no",
                column("case_no", "CASE", Feed.Type.TEXT),
                column("exhibit_no", "EXHIBIT", Feed.Type.WHOLE),
                column("kind", "KIND", Feed.Type.TEXT));
        try (TestWarehouse warehouse = new TestWarehouse(folder, exhibits)) {
            warehouse.drop(
                    "exhibits_2024-05-01.csv",
                    "CASE,EXHIBIT,KIND,REMARKS",
                    "C1,01,phone,x",
                    "C1,2,phone,x",
                    "C|1,1,phone,x");
            warehouse.drop(
                    "exhibits_2024-05-02.csv",
                    "CASE,EXHIBIT,KIND,REMARKS",
                    "C1,1,phone,x",
                    "C1,2,laptop,x",
                    "C|1,1,phone,x");
            warehouse.load("exhibits", "2024-05-01");
            assertThat(warehouse.load("exhibits", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 1 + unchanged 2 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.exhibits", "_key", "_item", "kind"))
                    .containsExactly("C1|1 | C1 | phone", "C1|2 | C1 | laptop", "C\\|1|1 | C|1 | phone");
        }
    }

    @Test
    void personalKeysReachNeitherTablesNorRefusals() throws IOException {
        Feed people = feed(
                "people",
                List.of("person_id"),
                "person_id",
                personal("person_id", "PERSON"),
                column("n", "N", Feed.Type.WHOLE));
        try (TestWarehouse warehouse = new TestWarehouse(folder, people)) {
            warehouse.drop(
                    "people_2024-05-01.csv",
                    "PERSON,N,REMARKS",
                    "Jane Doe,1,x",
                    "John Roe,1,x",
                    "John Roe,2,x",
                    "Jill Poe,one,x");
            warehouse.load("people", "2024-05-01");
            assertThat(warehouse.rows("current.people", "person_id"))
                    .hasSize(1)
                    .allMatch(id -> id.matches("[0-9a-f]{64}"));
            assertThat(warehouse.query("select row_key, code from ops.refusal"))
                    .hasSize(3)
                    .allMatch(row -> row.matches("[0-9a-f]{64} \\| (KEY_REPEATED|UNPARSABLE)"));
            assertThat(warehouse.summary("raw.people", "fpw.key-fingerprint")).matches("[0-9a-f]{16}");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("drop")))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("Jane Doe", "John Roe", "Jill Poe");
            }
        }
    }

    @Test
    void feedWithPersonalColumnsNeedsTheKeyOfTheLastLoad() {
        Feed people = feed("people", List.of("person_id"), "person_id", personal("person_id", "PERSON"));
        try (TestWarehouse warehouse = new TestWarehouse(folder, people)) {
            warehouse.drop("people_2024-05-01.csv", "PERSON,REMARKS", "Jane Doe,x");
            warehouse.load("people", "2024-05-01");
        }
        try (TestWarehouse warehouse = new TestWarehouse(folder, Map.of(), people)) {
            assertFailure(
                    warehouse,
                    "people",
                    "2024-05-01",
                    ExitCode.CONFIGURATION,
                    "feeds/people.yml: column 'person_id' is declared 'privacy: pseudonymise', but there is no pseudonym key; make one with 'openssl rand -hex 32', keep it outside the force folder, and set FPW_PSEUDONYM_KEY to it or FPW_PSEUDONYM_KEY_FILE to the path of a file that holds it");
        }
        try (TestWarehouse warehouse =
                new TestWarehouse(folder, Map.of("FPW_PSEUDONYM_KEY", "ff".repeat(32)), people)) {
            NightFailure failure = failure(warehouse, "people", "2024-05-01");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(failure.getMessage())
                    .matches(
                            "feed people: the pseudonym key is another \\(fingerprint [0-9a-f]{16}\\) than that of the last load \\([0-9a-f]{16}\\), so no row would be recognised; give the key that was used before");
        }
    }

    @Test
    void limitsStopALoadAndItsRefusalsAreKept() throws IOException {
        Feed devices = with(TestFeeds.devices(), new Feed.Limits(2, 0.1, 0.4));
        try (TestWarehouse warehouse = new TestWarehouse(folder, devices)) {
            Path few = warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-01",
                    ExitCode.BAD_DATA,
                    few
                            + ": the file has 1 row, fewer than limits.min_rows: 2 in feeds/devices.yml; nothing was loaded; see whether the extract is complete, or lower the limit");
            Path bad = warehouse.drop(
                    "devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,2024-05-01,phone,2,x");
            NightFailure failure = failure(warehouse, "devices", "2024-05-01");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(failure)
                    .hasMessage(
                            bad
                                    + ": 1 of 2 rows (50.0 %) cannot be stored, more than limits.max_refused_share: 0.1 in feeds/devices.yml:\n"
                                    + "  line 3: submitted_at is not a date and time that exist, written 'dd/MM/yyyy HH:mm': '2024-05-01'\n"
                                    + "nothing was loaded; correct the file or the feed's columns, or raise the limit if so many are to be expected");
            assertThat(
                            warehouse.query(
                                    "select status, received_count, refused_count, message from ops.feed_load where received_count = 2"))
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
                            + ": the file lacks 2 of 4 rows (50.0 %) that were there before, more than limits.max_deleted_share: 0.4 in feeds/devices.yml; nothing was loaded; see whether the extract is complete, or raise the limit for this night, or declare 'extract: changes' if files hold changed rows only");
            assertThat(warehouse.rows("current.devices", "_key")).containsExactly("A", "B", "C", "D");
        }
    }

    @Test
    void businessDateNeverDecreases() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-02");
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-01",
                    ExitCode.CONFIGURATION,
                    "feed devices: the business date 2024-05-01 is earlier than 2024-05-02, that of its last load; what is known on a date never decreases: choose 2024-05-02 or later");
        }
    }

    @Test
    void missingFileAndUnknownFeedAreTold() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            assertFailure(
                    warehouse,
                    "devices",
                    "2024-05-01",
                    ExitCode.UNAVAILABLE,
                    folder.resolve("drop/devices_2024-05-01.csv")
                            + ": the file is not there, nor is its folder (feeds/devices.yml: connection: drop, file: devices_{date}.csv); see that the source has delivered it, or correct the connection's 'path' in connections.yml");
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

    @Test
    void nightThatDiedBetweenRawAndCurrentIsMadeUpByTheNext() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,laptop,2,x");
            int[] checks = {0};
            warehouse.guard = () -> {
                if (++checks[0] == 2) { // the first is for raw, the second for current
                    throw new NightFailure(ExitCode.LOCK_HELD, "another night has taken the lock");
                }
            };
            assertFailure(warehouse, "devices", "2024-05-02", ExitCode.LOCK_HELD, "another night has taken the lock");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("A | phone");
            warehouse.guard = () -> {};
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "kind")).containsExactly("A | laptop");
            assertThat(
                            warehouse.query(
                                    "select status, loaded_count, unchanged_count, message from ops.feed_load where business_date = '2024-05-02' order by loaded_count"))
                    .containsExactly("loaded | 0 | 1 | null", "loaded | 1 | 0 | null");
        }
    }

    @Test
    void fileThatChangesWhileItIsReadIsNotLoaded() {
        try (TestWarehouse warehouse = new TestWarehouse(folder, TestFeeds.devices())) {
            Path path = warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            try (LoadAttempt attempt = new LoadAttempt(
                    FeedFile.of(warehouse.force, TestFeeds.devices(), LocalDate.of(2024, 5, 1)),
                    LocalDate.of(2024, 5, 1),
                    "run",
                    "load",
                    warehouse.catalog,
                    new LoadLedger(warehouse.dataSource, Clock.systemUTC()),
                    () -> {},
                    Clock.systemUTC(),
                    Pseudonyms.none())) {
                attempt.heal();
                attempt.inspect();
                warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,laptop,2,x");
                attempt.beginExtract();
                for (SourceRow row = attempt.nextRow(); row != null; row = attempt.nextRow()) {
                    assertThat(attempt.read(row)).isNotNull();
                }
                assertThatThrownBy(attempt::reconcile)
                        .hasMessage(
                                path
                                        + ": the file changed while it was being read; run the night again once the source has finished writing it");
            }
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

    private static void assertFailure(
            TestWarehouse warehouse, String feed, String date, ExitCode exitCode, String message) {
        NightFailure failure = failure(warehouse, feed, date);
        assertThat(failure).hasMessage(message);
        assertThat(failure.exitCode()).isEqualTo(exitCode);
    }

    private static NightFailure failure(TestWarehouse warehouse, String feed, String date) {
        return catchThrowableOfType(NightFailure.class, () -> warehouse.load(feed, date));
    }
}
