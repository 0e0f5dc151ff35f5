package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.feed;
import static uk.fpw.ingest.TestFeeds.personal;
import static uk.fpw.ingest.TestFeeds.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.key.LegacyRowHash;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.Replacing;

class FeedLoadIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final String LOADS =
            "select business_date, status, received_count, loaded_count, unchanged_count, refused_count, "
                    + "deleted_count, flagged_count from ops.feed_load order by load_id";

    @TempDir
    Path folder;

    @Test
    void firstLoadStoresEveryRowInRawAndCurrent() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
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
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.snapshots("raw.devices")).isEqualTo(1);
            assertThat(warehouse.snapshots("current.devices")).isEqualTo(1);
            assertThat(warehouse.query("select status, loaded_count, unchanged_count, raw_snapshot_id is null from "
                            + "ops.feed_load order by loaded_count"))
                    .containsExactly("loaded | 0 | 1 | true", "loaded | 1 | 0 | false");
        }
    }

    @Test
    void itemsThatDifferInCapitalsAloneAreLoadedAndCounted() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            String count = "select feed, counted_on, alike_count from ops.item_spelling";
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "DFU/1,01/05/2024 10:00,phone,2,x",
                    "dfu/1,01/05/2024 11:00,,,x",
                    "DFU/2,01/05/2024 11:00,,,x");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 3 = loaded 3 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.query(count)).containsExactly("devices | 2024-05-01 | 1");

            warehouse.drop("devices_2024-05-02.csv", HEADER, "DFU/1,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-02");
            assertThat(warehouse.query(count)).containsExactly("devices | 2024-05-02 | 0");
        }
    }

    @Test
    void rowsStoredUnderTheFormerHashAreKnownAgain() {
        Feed feed = TestFeeds.devices();
        String[] rows = {
            HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 11:00,,,x", "C,01/05/2024 12:00,phone,1,x"
        };
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            RawTable raw = RawTable.open(warehouse.catalog, feed, () -> {});
            LocalDate date = LocalDate.of(2024, 5, 1);
            LoadMetadata metadata = new LoadMetadata(
                    "2024-05-01.former", date, date, Instant.EPOCH, "devices_2024-05-01.csv", "0", null, "device_id");
            LegacyRowHash hash = new LegacyRowHash(feed);
            try (RawAppend append = raw.append(metadata)) {
                List.of(
                                former(hash, "A", Instant.parse("2024-05-01T09:00:00Z"), "phone", 2L),
                                former(hash, "B", Instant.parse("2024-05-01T10:00:00Z"), null, null),
                                former(hash, "C", Instant.parse("2024-05-01T11:00:00Z"), "phone", 1L))
                        .forEach(new Replacing(append)::add);
                Replacing.commit(append, new LoadCounts(3, 3, 0, 0, 0, 0), null);
            }
            warehouse.drop("devices_2024-05-02.csv", rows);
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 3 + refused 0; deleted 0, flagged 0");
            rows[3] = "C,01/05/2024 12:00,phone,3,x";
            warehouse.drop("devices_2024-05-03.csv", rows);
            assertThat(warehouse.load("devices", "2024-05-03"))
                    .isEqualTo("received 3 = loaded 1 + unchanged 2 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "size", "_known_on"))
                    .containsExactly("A | 2 | 2024-05-01", "B | null | 2024-05-01", "C | 3 | 2024-05-03");
        }
    }

    private static RowVersion former(LegacyRowHash hash, String key, @Nullable Object... others) {
        List<@Nullable Object> values = new ArrayList<>(List.of(key));
        values.addAll(Arrays.asList(others));
        return new RowVersion(key, key, hash.of(values, key), 2L, null, values);
    }

    @Test
    void changesReplaceAndWhatIsMissingIsDeleted() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
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
                    "A,01/05/2024 10:00,phone,2,other remarks", // an ignored column does not matter
                    "B,01/05/2024 10:00,laptop,2,x",
                    "D,02/05/2024 10:00,phone,2,x");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 1 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "kind", "_known_on", "_seq"))
                    .containsExactly(
                            "A | phone | 2024-05-01 | 1", "B | laptop | 2024-05-02 | 5", "D | phone | 2024-05-02 | 6");
            assertThat(warehouse.rows("raw.devices", "_seq", "_key", "_item", "_op", "kind", "_known_on"))
                    .containsExactly(
                            "1 | A | A | upsert | phone | 2024-05-01",
                            "2 | B | B | upsert | phone | 2024-05-01",
                            "3 | C | C | upsert | phone | 2024-05-01",
                            "5 | B | B | upsert | laptop | 2024-05-02",
                            "6 | D | D | upsert | phone | 2024-05-02",
                            "7 | C | C | delete | null | 2024-05-02");
            // A row that comes back counts as new.
            warehouse.drop("devices_2024-05-03.csv", HEADER, "C,01/05/2024 10:00,phone,2,x");
            assertThat(warehouse.load("devices", "2024-05-03"))
                    .isEqualTo("received 1 = loaded 1 + unchanged 0 + refused 0; deleted 3, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "_seq")).containsExactly("C | 8");
        }
    }

    @Test
    void extractOfChangesDeletesNothing() {
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, with(TestFeeds.devices(), Feed.Extract.CHANGES))) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "B,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 1 = loaded 1 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key")).containsExactly("A", "B");
        }
    }

    @Test
    void ambiguousTimesOfTheAutumnAreFlagged() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
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
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, exhibits)) {
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
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, people)) {
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
                    .allMatch(id -> id.matches("[a-z2-7]{26}"));
            assertThat(warehouse.query("select row_key, code from ops.refusal"))
                    .hasSize(3)
                    .allMatch(row -> row.matches("[a-z2-7]{26} \\| (KEY_REPEATED|UNPARSABLE)"));
            assertThat(warehouse.summary("raw.people", "fpw.key-fingerprint")).matches("[0-9a-f]{16}-base32");
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
    void nightThatDiedBetweenItsCommitAndOpsIsCompletedByTheNext() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            String third = "C,01/05/2024 10:00,phone,2,x";
            warehouse.drop(
                    "devices_2024-05-01.csv",
                    HEADER,
                    "A,01/05/2024 10:00,phone,2,x",
                    "B,01/05/2024 10:00,phone,2,x",
                    third);
            warehouse.load("devices", "2024-05-01");
            warehouse.drop(
                    "devices_2024-05-02.csv",
                    HEADER,
                    "A,01/05/2024 10:00,laptop,2,x",
                    "B,01/05/2024 10:00,laptop,2,x",
                    third);
            warehouse.load("devices", "2024-05-02");
            // as at the start of the load
            warehouse.sql.update(
                    "update ops.feed_load set status = 'running', finished_at = null, raw_snapshot_id = null, "
                            + "file_digest = null, received_count = null, loaded_count = null,"
                            + " unchanged_count = null, refused_count = null, deleted_count = null, flagged_count "
                            + "= null where business_date = '2024-05-02'");
            assertThat(warehouse.rows("current.devices", "_key", "kind"))
                    .containsExactly("A | laptop", "B | laptop", "C | phone");
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 3 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "_key", "kind"))
                    .containsExactly("A | laptop", "B | laptop", "C | phone");
            assertThat(warehouse.query("select status, loaded_count, unchanged_count, message from ops.feed_load "
                            + "where business_date = '2024-05-02' order by loaded_count"))
                    .containsExactly("loaded | 0 | 3 | null", "loaded | 2 | 1 | null");
        }
    }
}
