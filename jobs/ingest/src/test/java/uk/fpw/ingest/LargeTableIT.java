package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** PostgreSQL tables that are read by two sessions because of their size; here this applies to all. */
@Tag("thorough")
class LargeTableIT extends LargeTableTesting {

    private static final String READERS =
            " from pg_stat_activity where usename = 'large_reader' and datname = current_database()";

    @Test
    void twoSessionsReadWhatOneDoesInTheSameOrder() throws SQLException {
        run("delete from dfu.submission where change_seq % 7 = 0");
        try (DatabaseSource one = source(feed(TABLE, null), 1);
                DatabaseSource two = source(feed(TABLE, null), 2)) {
            List<SourceRows> all = one.openRanges();
            List<SourceRows> ranges = two.openRanges();
            assertThat(all).hasSize(1);
            assertThat(ranges).hasSize(2);
            // Rows written after both have started are in neither.
            run(
                    "insert into dfu.submission select 'Y' || x, 'late', x, now(), 'n' from generate_series(1, 2000) x",
                    "update dfu.submission set status = 'changed' where change_seq % 2 = 0",
                    "delete from dfu.submission where change_seq % 5 = 0");

            List<String> first = keys(ranges.get(0));
            List<String> second = keys(ranges.get(1));
            assertThat(first).hasSizeBetween(1200, 1400);
            List<String> both = new ArrayList<>(first);
            both.addAll(second);
            assertThat(both).hasSize(2572).isEqualTo(keys(all.get(0)));
            ranges.get(0).include(ranges.get(1));
            assertThat(ranges.get(0).digest()).isEqualTo(all.get(0).digest());
        }
    }

    @Test
    void whatIsNoLargeTableIsReadByOne() throws SQLException {
        run(
                "create view dfu.seen as select * from dfu.submission",
                "create materialized view dfu.kept as select * from dfu.submission",
                "create table dfu.divided (like dfu.submission) partition by range (change_seq)",
                "create table dfu.part partition of dfu.divided for values from (0) to (5000)",
                "insert into dfu.divided select * from dfu.submission",
                "create table dfu.parent (like dfu.submission)",
                "insert into dfu.parent select * from dfu.submission",
                "create table dfu.child () inherits (dfu.parent)",
                "create table dfu.\"Odd \"\"name\"\"\" as select * from dfu.submission",
                "grant select on all tables in schema dfu to large_reader");
        assertThat(ranges(feed(TABLE, null), 1, 0)).isEqualTo(1);
        assertThat(ranges(feed(TABLE, null), 4, 0)).isEqualTo(2);
        assertThat(ranges(feed(TABLE, null), 2, 64 * 1024 * 1024)).isEqualTo(1);
        assertThat(ranges(feed("dfu.kept", null), 2, 0)).isEqualTo(2);
        assertThat(ranges(feed("dfu.Odd \"name\"", null), 2, 0)).isEqualTo(2);
        assertThat(ranges(feed("dfu.part", null), 2, 0)).isEqualTo(2);
        for (String table : List.of("dfu.seen", "dfu.divided", "dfu.parent")) {
            assertThat(ranges(feed(table, null), 2, 0)).as(table).isEqualTo(1);
        }
        assertThat(ranges(feed(new Origin.DatabaseRows(null, "select * from dfu.submission", null)), 2, 0))
                .isEqualTo(1);
    }

    @Test
    void sessionThatIsNotToBeHadIsDoneWithout() throws SQLException {
        run("alter role large_reader connection limit 1");
        assertThat(ranges(feed(TABLE, null), 2, 0)).isEqualTo(1);
        run(
                "alter role large_reader connection limit -1",
                "revoke execute on function pg_export_snapshot() from public");
        assertThat(ranges(feed(TABLE, null), 2, 0)).isEqualTo(1);
        // As if the second session were connected to another server.
        run(
                "alter function pg_catalog.pg_export_snapshot() rename to exported",
                "create function pg_catalog.pg_export_snapshot() returns text language sql as $$ select "
                        + "'000000FF-000000FF-1' $$");
        assertThat(ranges(feed(TABLE, null), 2, 0)).isEqualTo(1);
        assertThat(system.query("select count(*)" + READERS)).containsExactly("0");
    }

    @Test
    void tableThatSomebodyWaitsToChangeIsReadByOne() throws Exception {
        Thread change = new Thread(() -> {
            try {
                run("alter table dfu.submission add column more text");
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
        try (DatabaseSource source = source(feed(TABLE, null), 2)) {
            // The first session has locked the table. Another session that wants to alter it waits for the first, and
            // the second session would wait for both.
            source.open().close();
            change.start();
            until("select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'", "1");
            List<SourceRows> ranges = source.openRanges();
            assertThat(ranges).hasSize(1);
            assertThat(keys(ranges.get(0))).hasSize(3000);
        }
        change.join();
    }

    @Test
    void firstLoadOfACursorKnowsWhatOneSessionDoes() throws SQLException {
        run(
                "update dfu.submission set change_seq = 4000 - change_seq where change_seq between 1000 and 2000",
                "insert into dfu.submission values ('high', 'new', 99000000, now(), ''), ('higher', 'new', "
                        + "99000001, now(), '')",
                "update dfu.submission set exhibit_ref = null where change_seq = 2999");
        Feed feed = feed(TABLE, SchemaDefaults.cursor("change_seq", 100));
        List<String> loads = new ArrayList<>();
        List<String> nights = new ArrayList<>();
        for (int sessions = 1; sessions <= 2; sessions++) {
            try (IngestTestWarehouse warehouse = warehouse(feed, sessions)) {
                loads.add(String.valueOf(load(warehouse, feed, sessions, "2016-02-01")));
                List<String> known = new ArrayList<>();
                for (String property : List.of("fpw.watermark", "fpw.file-digest")) {
                    known.add(property + "=" + warehouse.summary("raw.submissions", property));
                }
                known.addAll(warehouse.query("select line_number, row_key, code from ops.refusal"));
                known.addAll(warehouse.rows("raw.submissions", "_key", "_seq", "_row_hash"));
                nights.add(String.join("\n", known));
            }
        }
        assertThat(loads.get(0)).contains("received=3002");
        assertThat(loads.get(1)).isEqualTo(loads.get(0));
        assertThat(nights.get(0)).contains("fpw.watermark=3000\n");
        assertThat(nights.get(1)).isEqualTo(nights.get(0));
    }

    @Test
    void sessionThatIsKilledMeanwhileFailsTheLoad() throws Exception {
        run("alter table dfu.submission enable row level security");
        Feed feed = feed(TABLE, null);
        try (IngestTestWarehouse warehouse = warehouse(feed, 2)) {
            for (String half : List.of("<", ">=")) {
                // The session that is killed has stopped at a row in the middle of its half; the other is behind it.
                run(
                        "drop policy if exists stops on dfu.submission",
                        "create policy stops on dfu.submission using (exhibit_ref not in ('X700', 'X2200') or "
                                + "pg_sleep(case when exhibit_ref = '" + (half.equals("<") ? "X700" : "X2200")
                                + "' then 600 else 3 end)::text is not null)");
                Thread kill = new Thread(() -> {
                    until("select count(*)" + READERS + " and wait_event = 'PgSleep'", "2");
                    try {
                        run("select pg_terminate_backend(pid)" + READERS + " and query like '%ctid " + half + " %'");
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                });
                kill.start();
                FpwException failure =
                        catchThrowableOfType(FpwException.class, () -> load(warehouse, feed, 2, "2016-02-01"));
                kill.join();
                assertThat(failure)
                        .hasMessageMatching(
                                "connection dfu, table dfu.submission: the database no longer responds after [0-9]+ "
                                        + "rows "
                                        + "\\(FATAL: terminating connection due to administrator command\\); "
                                        + "nothing was loaded; check that it "
                                        + "works, then run again");
                assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(failure.getSuppressed()).hasSize(1);
                assertThat(warehouse.snapshots("raw.submissions")).isZero();
                until("select count(*)" + READERS, "0");
            }
            run("alter table dfu.submission disable row level security");
            assertThat(load(warehouse, feed, 2, "2016-02-01").loaded()).isEqualTo(3000);
            assertThat(warehouse.rows("current.submissions", "_key")).hasSize(3000);
        }
    }

    /** Opens the ranges and reads them to their ends. Returns their number. */
    private int ranges(Feed feed, int maxSessions, long minBytes) throws SQLException {
        try (DatabaseSource source = source(feed, maxSessions, minBytes)) {
            List<SourceRows> ranges = source.openRanges();
            long rows = 0;
            for (SourceRows range : ranges) {
                rows += keys(range).size();
            }
            assertThat(rows).isEqualTo(3000);
            assertThat(system.query("select count(*)" + READERS)).containsExactly(Integer.toString(ranges.size()));
            return ranges.size();
        } finally {
            until("select count(*)" + READERS, "0");
        }
    }

    private static List<String> keys(SourceRows rows) {
        List<String> keys = new ArrayList<>();
        for (SourceRow row = rows.next(); row != null; row = rows.next()) {
            keys.add(String.valueOf(row.text(0)) + row.text(1));
        }
        return keys;
    }

    private static Feed feed(String table, Origin.@Nullable Cursor cursor) {
        return feed(new Origin.DatabaseRows(table, null, cursor));
    }

    private static Feed feed(Origin.DatabaseRows rows) {
        return feed(
                rows,
                rows.cursor() == null ? Feed.Extract.FULL : Feed.Extract.CHANGES,
                List.of("exhibit_ref"),
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "status", Feed.Type.TEXT),
                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE),
                TestFeeds.column("changed_at", "changed_at", Feed.Type.INSTANT));
    }

    private void until(String sql, String expected) {
        try {
            while (!system.query(sql).equals(List.of(expected))) {
                Thread.sleep(5);
            }
        } catch (SQLException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
