package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.personal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.ledger.feed.Tombstones.Erased;

/** Rows of files that are kept out of the warehouse while their source still sends them. */
class KeptOutIT {

    private static final LocalDate END = LocalDate.of(2024, 5, 4);
    private static final String HEADER = "DEVICE,PART,OWNER,SIZE,REMARKS";
    private static final String A = "A,1,Ann,10,";
    private static final String B = "B,1,Bob,20,";
    private static final String C = "C,1,Cid,30,";

    @TempDir
    Path folder;

    @Test
    void rowIsNeitherLoadedNorMissingUntilTheTombstoneEnds() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.FULL))) {
            erase(warehouse, "devices", "B|1");
            erase(warehouse, "cases", "A|1"); // a row of another feed
            warehouse.drop("devices_2024-05-01.csv", HEADER, A, B, C);
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 0 + refused 0 + kept out 1; deleted 0, flagged 0");

            // Unchanged, changed, repeated, and without a readable value.
            warehouse.drop("devices_2024-05-02.csv", HEADER, A, B, C);
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 2 + refused 0 + kept out 1; deleted 0, flagged 0");
            warehouse.drop("devices_2024-05-03.csv", HEADER, A, "B,1,Bob,21,", "B,1,Bob,22,", "B,1,Bob,many,", C, C);
            assertThat(warehouse.load("devices", "2024-05-03"))
                    .isEqualTo("received 6 = loaded 0 + unchanged 2 + repeated 1 + refused 0 + kept out 3; deleted 0, "
                            + "flagged 0");
            assertThat(warehouse.query("select count(*) from ops.refusal")).containsExactly("0");

            // ops is a copy: lost parts of the account are restored from raw.
            warehouse.sql.execute("delete from ops.feed_load");
            warehouse.drop("devices_2024-05-04.csv", HEADER, B, C);
            assertThat(warehouse.load("devices", "2024-05-04"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 1 + refused 0 + kept out 1; deleted 1, flagged 0");
            assertThat(warehouse.query(
                            "select received_count, kept_out_count from ops.feed_load order by " + "business_date"))
                    .containsExactly("3 | 1", "2 | 1");
            assertThat(warehouse.rows("raw.devices", "_op", "size"))
                    .containsExactly("delete | null", "upsert | 10", "upsert | 30");

            warehouse.drop("devices_2024-05-05.csv", HEADER, B, C);
            assertThat(warehouse.load("devices", "2024-05-05"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void rowsOfAPersonAreKeptOutByTheValueOfAnyPseudonymisedColumn() {
        Feed cases = TestFeeds.feed(
                "cases",
                List.of("case_id"),
                "case_id",
                personal("case_id", "CASE"),
                personal("suspect", "SUSPECT"),
                column("note", "NOTE", Feed.Type.TEXT));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.FULL), cases)) {
            erase(warehouse, null, "Ann");
            warehouse.drop("devices_2024-05-01.csv", HEADER, A, B, "D,1,Ann,40,", "E,1,,50,");
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 4 = loaded 2 + unchanged 0 + refused 0 + kept out 2; deleted 0, flagged 0");
            // A key may be a person, and a refused row about one. A column that is not personal is not examined.
            warehouse.drop(
                    "cases_2024-05-01.csv",
                    "CASE,SUSPECT,NOTE,REMARKS",
                    "1,Ann,x,",
                    "Ann,Bob,y,",
                    "3,Bob,Ann,",
                    ",Ann,z,");
            assertThat(warehouse.load("cases", "2024-05-01"))
                    .isEqualTo("received 4 = loaded 1 + unchanged 0 + refused 0 + kept out 3; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.cases", "note")).containsExactly("Ann");
        }
    }

    @Test
    void changesOfAKeptOutRowAreNotLoaded() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, devices(Feed.Extract.CHANGES))) {
            erase(warehouse, "devices", "B|1");
            warehouse.drop("devices_2024-05-01.csv", HEADER, A, B);
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2024-05-02.csv", HEADER, "B,1,Bob,21,", C);
            assertThat(warehouse.load("devices", "2024-05-02"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 0 + refused 0 + kept out 1; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.devices", "size")).containsExactly("10", "30");
        }
    }

    @Test
    void rowsWithoutAKeyAreKeptOutByAPerson() {
        Feed visits = TestFeeds.feed(
                "visits", List.of(), "item", personal("owner", "OWNER"), column("item", "ITEM", Feed.Type.TEXT));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, visits)) {
            erase(warehouse, null, "Ann");
            for (String day : List.of("2024-05-01", "2024-05-02")) {
                warehouse.drop("visits_" + day + ".csv", "OWNER,ITEM,REMARKS", "Ann,1,", "Bob,1,", "Bob,1,");
            }
            assertThat(warehouse.load("visits", "2024-05-01"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 0 + refused 0 + kept out 1; deleted 0, flagged 0");
            assertThat(warehouse.load("visits", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 2 + refused 0 + kept out 1; deleted 0, flagged 0");
        }
    }

    @Test
    void rowsClosedBeforeTheyAreRetainedAreKeptOutUnlessTheyAreCurrent() {
        Feed exhibits = TestFeeds.feed(
                "exhibits",
                List.of("exhibit_id"),
                "exhibit_id",
                personal("exhibit_id", "EXHIBIT"),
                column("closed_at", "CLOSED", Feed.Type.INSTANT),
                column("size", "SIZE", Feed.Type.WHOLE));
        String header = "EXHIBIT,CLOSED,SIZE,REMARKS";
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, exhibits)) {
            warehouse.drop("exhibits_2024-05-01.csv", header, "A,,1,", "B,2010-02-03T04:05:06Z,2,");
            assertThat(warehouse.load("exhibits", "2024-05-01"))
                    .isEqualTo("received 2 = loaded 2 + unchanged 0 + refused 0; deleted 0, flagged 0");
            retain(warehouse, "exhibits", "2011-06-01", "closed_at");

            // B was not removed; C and D are new; E was closed on 1 June, by the time of the force; F is refused.
            String[] rows = {
                header,
                "A,,1,",
                "B,2010-02-03T04:05:06Z,3,",
                "C,2011-05-31T22:59:59Z,4,",
                "D,2010-02-03T04:05:06Z,many,",
                "E,2011-05-31T23:00:00Z,5,",
                ",2010-02-03T04:05:06Z,6,"
            };
            warehouse.drop("exhibits_2024-05-02.csv", rows);
            assertThat(warehouse.load("exhibits", "2024-05-02"))
                    .isEqualTo("received 6 = loaded 2 + unchanged 1 + refused 1 + kept out 2; deleted 0, flagged 0");
            // The same rows in another order.
            warehouse.drop("exhibits_2024-05-03.csv", rows[0], rows[4], rows[1], rows[3], rows[2], rows[5], rows[6]);
            assertThat(warehouse.load("exhibits", "2024-05-03"))
                    .isEqualTo("received 6 = loaded 0 + unchanged 3 + refused 1 + kept out 2; deleted 0, flagged 0");
            assertThat(notes(warehouse)).containsExactly("null", "null", "null");

            // A is closed at last, long ago; C was closed later than it seemed; B is really missing.
            warehouse.drop(
                    "exhibits_2024-05-04.csv",
                    header,
                    "A,2010-02-03T04:05:06Z,1,",
                    "C,2011-06-03T04:05:06Z,4,",
                    "D,2010-02-03T04:05:06Z,7,",
                    "E,2011-05-31T23:00:00Z,5,");
            assertThat(warehouse.load("exhibits", "2024-05-04"))
                    .isEqualTo("received 4 = loaded 2 + unchanged 1 + refused 0 + kept out 1; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.exhibits", "size")).containsExactly("1", "4", "5");
            assertThat(notes(warehouse).get(3)).contains(notTheSame("2024-05-03", "2 rows then, 1 now"));

            // D is corrected once more.
            warehouse.drop(
                    "exhibits_2024-05-05.csv",
                    header,
                    "A,2010-02-03T04:05:06Z,1,",
                    "C,2011-06-03T04:05:06Z,4,",
                    "D,2010-02-03T04:05:06Z,8,",
                    "E,2011-05-31T23:00:00Z,5,");
            LocalDate day = LocalDate.of(2024, 5, 5);
            LoadSummary told = warehouse.loader().load("exhibits", day, day, IngestTestWarehouse.run(day));
            assertThat(told.counts().keptOut()).isEqualTo(1);
            assertThat(told.note()).isEqualTo(notTheSame("2024-05-04", "1 row then, 1 now"));
            assertThat(notes(warehouse).get(4)).isEqualTo(notTheSame("2024-05-04", "1 row then, 1 now"));

            warehouse.sql.update("update ops.retention set closed_column = 'left_at'");
            warehouse.drop("exhibits_2024-05-06.csv", header, "A,,1,");
            assertThat(warehouse.failure("exhibits", "2024-05-06"))
                    .hasMessageContaining("feeds/exhibits.yml: there is no column 'left_at': rows that were closed by "
                            + "it before 2011-06-01 were removed, and would be loaded again; add it");
        }
    }

    private static List<String> notes(IngestTestWarehouse warehouse) {
        return warehouse.query("select message from ops.feed_load order by source_date");
    }

    private static String notTheSame(String date, String numbers) {
        return "the rows that were closed before 2011-06-01 and removed after their time (fpw retain) are not those "
                + "that the source sent for " + date + " (" + numbers
                + "): some were corrected, deleted or added; they stay kept out";
    }

    static void retain(IngestTestWarehouse warehouse, String feed, String from, String closedColumn) {
        warehouse.sql.update("insert into ops.erasure (erasure_id, kind, feed, ground, reason, applied_by, started_at, "
                + "row_count, item_count, table_count, release_count) "
                + "values ('1', 'retention', '" + feed + "', 'g', 'r', 'ann', current_timestamp, 0, 0, 0, 0)");
        warehouse.sql.update("insert into ops.retention (erasure_id, feed, retained_from, closed_column, time_zone) "
                + "values ('1', '" + feed + "', date '" + from + "', '" + closedColumn + "', 'Europe/London')");
    }

    /** Read differently, an erased row would not be recognised. */
    @Test
    void feedThatIsReadDifferentlyThanWhenRowsWereErasedIsNotLoaded() {
        Feed feed = devices(Feed.Extract.FULL);
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, feed)) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, A, B);
            erase(warehouse, new Erased(null, "ANN", Set.of("[UPPER]")));
            assertThat(warehouse.failure("devices", "2024-05-01"))
                    .hasMessage("feeds/devices.yml: device_id, owner: read differently (type, transform, pad) than "
                            + "when rows were erased that are kept out until " + END + ", so that they would be "
                            + "loaded again. Nothing was loaded. Read the columns as before until then; if a column "
                            + "is new, erase the same people and cases again (fpw erase), which adds its reading");

            erase(
                    warehouse,
                    new Erased(
                            null, "ANN", Set.of("[UPPER]", feed.column("owner").reading())));
            erase(warehouse, new Erased("devices", "B|1", Set.of("TEXT [UPPER]; WHOLE []")));
            assertThat(warehouse.failure("devices", "2024-05-01"))
                    .hasMessageStartingWith("feeds/devices.yml: device_id, part: read differently ")
                    .hasMessageEndingWith("Nothing was loaded. Read the columns as before until then");

            erase(warehouse, new Erased("devices", "B|1", Set.of(feed.keyReading())));
            assertThat(warehouse.load("devices", "2024-05-01"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 0 + refused 0 + kept out 1; deleted 0, flagged 0");
            assertThat(new Tombstones(warehouse.dataSource).feeds(END)).isEqualTo(Map.of("devices", END));
            assertThat(new Tombstones(warehouse.dataSource).end("devices")).isEqualTo(1);
            assertThat(new Tombstones(warehouse.dataSource).feeds(END)).isEmpty();
        }
    }

    static void erase(IngestTestWarehouse warehouse, @Nullable String feed, String text) {
        erase(warehouse, new Erased(feed, text));
    }

    private static void erase(IngestTestWarehouse warehouse, Erased erased) {
        new Tombstones(warehouse.dataSource)
                .add(
                        List.of(erased),
                        new Tombstones.Cause(
                                END, "DPA 2018 s.47(1)", "test", Instant.parse("2024-05-01T09:00:00Z"), "ann"),
                        warehouse.pseudonymiser());
    }

    /** A key of a pseudonym and a number. */
    private static Feed devices(Feed.Extract extract) {
        return TestFeeds.with(
                TestFeeds.feed(
                        "devices",
                        List.of("device_id", "part"),
                        "device_id",
                        personal("device_id", "DEVICE"),
                        column("part", "PART", Feed.Type.WHOLE),
                        personal("owner", "OWNER"),
                        column("size", "SIZE", Feed.Type.WHOLE)),
                extract);
    }
}
