package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.Watermark;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** Changes that a cursor cannot show: jumps in numbers, restored sources, deleted rows. */
class CursorIT extends CursorTesting {

    @Test
    void numberTypedOnceHidesNoLaterChange() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 1, "B", 2);
            warehouse.load("submissions", "2016-01-04");
            insert("C", 999_999_999);
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 0, flagged 0");

            run("update dfu.submission set status = 'examined', change_seq = 3 where exhibit_ref = 'A'");
            insert("D", 4);
            // B at the watermark and C above the gap are unchanged.
            assertThat(warehouse.load("submissions", "2016-01-06"))
                    .isEqualTo("received 4 = loaded 2 + unchanged 2 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key", "status"))
                    .containsExactly("A | examined", "B | new", "C | new", "D | new");
            assertThat(warehouse.query(
                            "select watermark, above_gap_count, message from ops.feed_load order by business_date"))
                    .containsExactly(
                            "2 | 0 | null",
                            "2 | 1 | 1 row above a gap of change_seq (2, then 999999999) is read every "
                                    + "night, since later changes are expected below it;"
                                    + " correct the value in the source, or raise cursor.max_gap in "
                                    + "feeds/submissions.yml if it is right",
                            "4 | 1 | 1 row above a gap of change_seq (4, then 999999999) is read every "
                                    + "night, since later changes are expected below it;"
                                    + " correct the value in the source, or raise cursor.max_gap in "
                                    + "feeds/submissions.yml if it is right");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark-advances"))
                    .isEqualTo("0,2");

            run("update dfu.submission set change_seq = 5 where exhibit_ref = 'C'");
            warehouse.load("submissions", "2016-01-07");
            assertThat(warehouse.query("select watermark, above_gap_count, message from ops.feed_load where "
                            + "business_date = date '2016-01-07'"))
                    .containsExactly("5 | 0 | null");
        }
    }

    @Test
    void watermarkThatAnOlderVersionLeftAboveAGapIsFoundAgain() throws SQLException {
        Feed feed = changes(0, null);
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            insert("A", 1, "B", 2, "C", 999_999_999);
            RawTable raw = RawTable.open(warehouse.catalog, feed, () -> {});
            try (RawAppend append = raw.append(metadata())) {
                append.writer().add(new RowVersion("A", "A", "0".repeat(32), 1L, null, List.of("A", "old", 1L)), 1);
                Replacing.commit(
                        append,
                        new LoadCounts(1, 1, 0, 0, 0, 0),
                        new Watermark("change_seq", "999999999", List.of(), false));
            }

            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 3 = loaded 3 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark")).isEqualTo("2");
        }
    }

    @Test
    void sourceThatFellFurtherThanTheLookBackStops() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(10, null))) {
            insert("A", 100, "B", 200);
            warehouse.load("submissions", "2016-01-04");

            run("update dfu.submission set change_seq = 190 where exhibit_ref = 'B'");
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 1 = loaded 1 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark")).isEqualTo("200");

            run("update dfu.submission set change_seq = 189 where exhibit_ref = 'B'");
            assertStops(
                    warehouse,
                    "2016-01-06",
                    "the highest change_seq is 189, but changes are known up to 200, and cursor.look_back in "
                            + "feeds/submissions.yml is only 10",
                    "200");

            run("delete from dfu.submission");
            assertStops(
                    warehouse,
                    "2016-01-06",
                    "has no row with a value of change_seq, but changes are known up to 200, and cursor.look_back "
                            + "in feeds/submissions.yml is only 10",
                    "200");
            assertThat(warehouse.snapshots("raw.submissions")).isEqualTo(2);
        }
    }

    @Test
    void feedStartsOverWhereAPersonAcceptsThatItsCursorFell() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 100, "B", 200);
            warehouse.load("submissions", "2016-01-04");
            run("delete from dfu.submission where exhibit_ref = 'B'");
            Acceptances acceptances = new Acceptances(warehouse.dataSource, Clock.systemUTC());
            acceptances.record(
                    "submissions",
                    AcceptableLimit.CURSOR,
                    LocalDate.of(2016, 1, 5),
                    "restored from the backup of Sunday",
                    "ann");

            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark")).isEqualTo("100");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark-advances"))
                    .isNull();
            assertThat(acceptances.usedOn(LocalDate.of(2016, 1, 5)))
                    .extracting(Acceptance::describe)
                    .containsExactly("submissions:cursor of 2016-01-05 (the cursor value decreased, and "
                            + "everything was read and compared from the beginning), because restored from the backup "
                            + "of "
                            + "Sunday (recorded by ann)");
            // Repeating the run and running the next night: nothing has changed, and nothing stops.
            warehouse.load("submissions", "2016-01-05");
            assertThat(warehouse.load("submissions", "2016-01-06"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void sourceThatCountsOnWithOtherRowsIsComparedByKey() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(feed(SchemaDefaults.cursor("change_seq", 1), null, 0.5))) {
            insert("A", 1, "B", 2, "C", 3, "D", 4);
            warehouse.load("submissions", "2016-01-04");
            // restored from an earlier backup, with four other rows since then
            run("delete from dfu.submission");
            insert("A", 1, "L", 2, "M", 3, "N", 4, "O", 5);
            assertThat(catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-05")))
                    .hasMessageContaining("3 of 4 rows")
                    .hasMessageContaining("max_deleted_share");

            insert("B", 6);
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 6 = loaded 5 + unchanged 1 + refused 0; deleted 2, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key")).containsExactly("A", "B", "L", "M", "N", "O");
        }
    }

    @Test
    void dateThatFellStopsToo() throws SQLException {
        Feed feed = feed(SchemaDefaults.cursor("changed_on", 2), null, 1);
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            run("insert into dfu.submission values ('A', 'new', 1, date '2016-01-03', false)");
            warehouse.load("submissions", "2016-01-04");
            run("update dfu.submission set changed_on = date '2015-12-31'");
            assertStops(
                    warehouse,
                    "2016-01-05",
                    "the highest changed_on is 2015-12-31, but changes are known up to 2016-01-03, and "
                            + "cursor.look_back in feeds/submissions.yml is only 2",
                    "2016-01-03");
        }
    }

    private static void assertStops(IngestTestWarehouse warehouse, String date, String problem, String known) {
        FpwException failure = catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", date));
        assertThat(failure)
                .hasMessage("connection dfu, table dfu.submission: " + problem
                        + "; the source was restored or its counter was reset, and changes below " + known
                        + " would not be found; nothing was loaded; check what happened to the source, "
                        + "and if its state is correct, have everything read and compared once with 'fpw accept "
                        + "submissions:cursor --date "
                        + date + " --reason \"...\"'");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    private static LoadMetadata metadata() {
        LocalDate date = LocalDate.of(2016, 1, 4);
        return new LoadMetadata(
                "2016-01-04.before", date, date, Instant.EPOCH, "dfu.submission", "d".repeat(64), null, null);
    }
}
