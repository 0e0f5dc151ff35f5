package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** Feeds that read a database by a cursor: what each load finds and reads again. Runs on every database. */
abstract class DatabaseCursorTesting extends DatabaseRestoreTesting {

    /** An unquoted name in the form stored by the database. */
    abstract String kept(String name);

    /** Name of a type as reported by the driver. */
    abstract String type(String standard);

    @Test
    void changesAreFoundByTheCursorAndDeletionsByTheirMark() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(2))) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('B', 'new', 2, false), ('C', "
                    + "'new', 3, null), ('D', 'old', 4, true)");
            // D was deleted before it was first read.
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 4 = loaded 3 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark")).isEqualTo("4");

            run(
                    "update dfu.submission set status = 'examined', change_seq = 5 where exhibit_ref = 'A'",
                    "update dfu.submission set is_deleted = true, change_seq = 6 where exhibit_ref = 'B'",
                    "insert into dfu.submission values ('E', 'late', 3, false), ('F', 'too late', 1, false)");
            // Read from 4 - 2: A and E are loaded, B is deleted, C and D are unchanged; F, which became visible too
            // late, is the only row below.
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 6 = loaded 4 + unchanged 2 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key", "status", "_known_on"))
                    .containsExactly(
                            "A | examined | 2015-12-30",
                            "C | new | 2015-12-29",
                            "E | late | 2015-12-30",
                            "F | too late | 2015-12-30");

            run(
                    "update dfu.submission set is_deleted = false, change_seq = 7 where exhibit_ref = 'B'",
                    "update dfu.submission set is_deleted = true, change_seq = 8 where exhibit_ref = 'C'",
                    "insert into dfu.submission values ('C/1', 'new', 9, false)");
            // Read from 6 - 2: B is back, and the key of C has changed; A and D are unchanged.
            assertThat(warehouse.load("submissions", "2015-12-31"))
                    .isEqualTo("received 5 = loaded 3 + unchanged 2 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("raw.submissions", "_known_on", "_op", "_key"))
                    .containsExactly(
                            "2015-12-29 | upsert | A",
                            "2015-12-29 | upsert | B",
                            "2015-12-29 | upsert | C",
                            "2015-12-30 | delete | B",
                            "2015-12-30 | upsert | A",
                            "2015-12-30 | upsert | E",
                            "2015-12-30 | upsert | F",
                            "2015-12-31 | delete | C",
                            "2015-12-31 | upsert | B",
                            "2015-12-31 | upsert | C/1");

            assertThat(warehouse.load("submissions", "2016-01-01"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 3 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.query(
                            "select business_date, file_name, watermark from ops.feed_load order by business_date"))
                    .containsExactly(
                            "2015-12-29 | dfu.submission | 4",
                            "2015-12-30 | dfu.submission | 6",
                            "2015-12-31 | dfu.submission | 9",
                            "2016-01-01 | dfu.submission | 9");
            assertThat(warehouse.snapshots("raw.submissions")).isEqualTo(3);
        }
    }

    @Test
    void livingRowWinsOverADeletedOneWithTheSameKey() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(100))) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('A', 'gone', 2, true), ('B', 'x', "
                    + "3, false), ('B', 'y', 4, false)");

            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 4 = loaded 1 + unchanged 1 + refused 2; deleted 0, flagged 0");
            assertThat(warehouse.query("select line_number, row_key, code, message from ops.refusal order by 1"))
                    .containsExactly(
                            "3 | B | KEY_REPEATED | a later row has the same key with other "
                                    + "values; none of them is loaded",
                            "4 | B | KEY_REPEATED | row 3 has the same key; the rows differ, so none of them is "
                                    + "loaded");
        }
    }

    @Test
    void cursorsOfTimeLookBackAndDoNotBelieveTheFuture() throws SQLException {
        run(
                "create table dfu.referral (id integer, changed_at timestamp with time zone)",
                "grant select on dfu.referral to fpw_reader",
                "insert into dfu.referral values (1, timestamp with time zone '2015-12-29 10:00:00+00:00'),"
                        + " (2, timestamp with time zone '2015-12-29 12:00:00+00:00'), (3, timestamp with time "
                        + "zone '2115-01-01 00:00:00+00:00')");
        Feed feed = feed(
                new Origin.DatabaseRows("dfu.referral", null, SchemaDefaults.cursor("changed_at", 60)),
                Feed.Extract.CHANGES,
                null,
                TestFeeds.column("exhibit_ref", "id", Feed.Type.WHOLE),
                TestFeeds.column("changed_at", "changed_at", Feed.Type.INSTANT));
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 3 = loaded 3 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark")).isEqualTo("2015-12-29T12:00:00Z");

            run("insert into dfu.referral values (4, timestamp with time zone '2015-12-29 11:00:00+00:00'),"
                    + " (5, timestamp with time zone '2015-12-29 10:59:59+00:00'), (6, null)");
            // From 11:00, inclusive: 2, 3 and 4; a row without a cursor value is always read; then 1 and 5, since their
            // month has an additional row.
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 6 = loaded 3 + unchanged 3 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load where business_date = date '2015-12-30'"))
                    .containsExactly("the table differed from what was loaded of it; compared by key: 1 of 1 ranges of "
                            + "changed_at (the first); not shown by the cursor: 1 row added, 0 changed, 0 deleted");
        }
    }

    @Test
    void sourceThatFellBehindStopsAndGoesOnOnceItIsAhead() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(1))) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('B', 'new', 5, false)");
            warehouse.load("submissions", "2015-12-29");
            run("update dfu.submission set change_seq = 3 where exhibit_ref = 'B'");
            assertThat(catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2015-12-30")))
                    .hasMessageStartingWith(
                            "connection dfu, table dfu.submission: the highest change_seq is 3, but changes are "
                                    + "known up to 5, ");
            run("insert into dfu.submission values ('C', 'new', 6, false)");
            // C is found by its number; only A and B are below, where B now is.
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void otherCursorThanLastNightReadsEverything() throws SQLException {
        run("insert into dfu.submission values ('A', 'new', 1, false), ('B', 'new', 200, false)");
        try (IngestTestWarehouse warehouse = warehouse(changes(0))) {
            warehouse.load("submissions", "2015-12-29");
        }
        Feed changed = feed(
                new Origin.DatabaseRows("dfu.submission", null, SchemaDefaults.cursor("seq", 0)),
                Feed.Extract.CHANGES,
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("seq", "change_seq", Feed.Type.WHOLE));
        try (IngestTestWarehouse warehouse = warehouse(changed)) {
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 2 = loaded 2 + unchanged 0 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void columnThatIsNewAtTheSourceIsToldOnce() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(100))) {
            run("insert into dfu.submission values ('A', 'new', 1, false)");
            warehouse.load("submissions", "2015-12-29");
            // Nothing else changes: the report is kept without any loaded row.
            run("alter table dfu.submission add column batch bigint");
            warehouse.load("submissions", "2015-12-30");
            warehouse.load("submissions", "2015-12-31");
            run("alter table dfu.submission add column lab varchar(20)");
            run("alter table dfu.submission add column officer varchar(20)");
            warehouse.load("submissions", "2016-01-01");

            assertThat(warehouse.query("select business_date, message from ops.feed_load order by business_date"))
                    .containsExactly(
                            "2015-12-29 | null",
                            "2015-12-30 | the table has a new column, " + kept("batch") + " (" + type("bigint")
                                    + "), which feeds/submissions.yml does not list and no load reads; "
                                    + "this is reported once",
                            "2015-12-31 | null",
                            "2016-01-01 | the table has new columns, " + kept("lab") + " (" + type("varchar") + ") and "
                                    + kept("officer") + " (" + type("varchar")
                                    + "), which feeds/submissions.yml does not list and no load reads; "
                                    + "this is reported once");
        }
    }
}
