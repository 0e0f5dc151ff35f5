package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadServices;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.ingest.source.RangeTally;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRanges;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.Watermark;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** What is compared below the rows shown by a cursor, and when. */
@SuppressWarnings("rawtypes")
class CursorRangesIT extends CursorTesting {

    @Test
    void counterThatBeganAgainStopsAndIsNamed() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 2147483645, "B", 2147483646, "C", 2147483647);
            warehouse.load("submissions", "2016-01-04");
            insert("D", 1, "E", 2);

            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-05"));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(failure)
                    .hasMessage("connection dfu, table dfu.submission: has new rows with a low change_seq, and none "
                            + "above 2147483647: the counter has probably passed its largest number, 2147483647, and "
                            + "begun again; the source was restored or its counter was reset, and changes below "
                            + "2147483647 would not be found; nothing was loaded; check what happened to the source, "
                            + "and if its state is correct, have everything read and compared once with 'fpw accept "
                            + "submissions:cursor --date 2016-01-05 --reason \"...\"'");

            new Acceptances(warehouse.dataSource, Clock.systemUTC())
                    .record("submissions", AcceptableLimit.CURSOR, LocalDate.of(2016, 1, 5), "begun again", "ann");
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 5 = loaded 2 + unchanged 3 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.summary("raw.submissions", "fpw.watermark")).isEqualTo("2");
            insert("F", 3);
            // 2 and 3, and those above the gap
            assertThat(warehouse.load("submissions", "2016-01-06"))
                    .isEqualTo("received 5 = loaded 1 + unchanged 4 + refused 0; deleted 0, flagged 0");

            run("delete from dfu.submission where change_seq < 2147483647");
            run("update dfu.submission set change_seq = 0");
            assertThat(catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-07")))
                    .hasMessageContaining("the highest change_seq is 0, but changes are known up to 3");
        }
    }

    @Test
    void counterThatFellFromItsLargestNumberIsNamed() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(10, null))) {
            insert("A", 32760, "B", 32767);
            warehouse.load("submissions", "2016-01-04");
            run("update dfu.submission set change_seq = change_seq - 32759");
            assertThat(catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-05")))
                    .hasMessageContaining("the highest change_seq is 8, but changes are known up to 32767, and "
                            + "cursor.look_back in feeds/submissions.yml is only 10; the counter has probably passed "
                            + "its largest number, 32767, and begun again");
        }
    }

    @Test
    void everyRangeIsComparedWithinAWeekWithoutABudget() throws SQLException {
        Feed feed = feed(new Origin.Cursor("change_seq", 0, 1_000_000, 0), null, 1);
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            run("insert into dfu.submission select 'X' || x, 'new', x, null, false from system_range(1, 1001)");
            warehouse.load("submissions", "2016-01-01");
            warehouse.load("submissions", "2016-01-02");
            List<Long> compared = new ArrayList<>();
            for (int day = 3; day <= 20; day++) {
                String date = "2016-01-%02d".formatted(day);
                warehouse.load("submissions", date);
                compared.add(warehouse.sql.queryForObject(
                        "select count(*) from ops.source_range where compared_on = date '" + date + "'", Long.class));
            }
            assertThat(compared).containsOnly(30L); // of 200
            assertThat(warehouse.query(
                            "select count(*) as ranges, min(compared_on) as longest_ago from ops.source_range"))
                    .containsExactly("200 | 2016-01-14");

            // With 200 ranges of 5 rows each, a deleted row is found within a week, whatever its range.
            run("delete from dfu.submission where change_seq = 333");
            List<String> deleted = new ArrayList<>();
            for (int day = 21; day <= 27; day++) {
                deleted.add(warehouse.load("submissions", "2016-01-" + day).replaceAll(".*; ", ""));
            }
            assertThat(deleted).containsOnlyOnce("deleted 1, flagged 0");
        }
    }

    @Test
    void refusedRowIsReadOnceMoreAndThenKnown() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 1, "B", 2, "C", 3, "D", 9);
            run("insert into dfu.submission values ('B', 'other', 2, null, false)"); // a repeated key
            warehouse.load("submissions", "2016-01-04");
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 5 = loaded 0 + unchanged 3 + refused 2; deleted 0, flagged 0");
            assertThat(warehouse.load("submissions", "2016-01-06"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load where message is not null"))
                    .isEmpty();

            // C moves to another range, and its version there is refused: it counts neither as deleted nor as known.
            insert("E", 10, "F", 11, "G", 12);
            warehouse.load("submissions", "2016-01-07");
            run("update dfu.submission set change_seq = 10, status = 'old' where exhibit_ref = 'C'");
            insert("C", 10);
            run("delete from dfu.submission where exhibit_ref = 'A'");
            warehouse.load("submissions", "2016-01-08");
            assertThat(warehouse.rows("current.submissions", "_key", "change_seq"))
                    .containsExactly("C | 3", "D | 9", "E | 10", "F | 11", "G | 12");

            run("delete from dfu.submission where exhibit_ref = 'B' and status = 'new'");
            assertThat(warehouse.load("submissions", "2016-01-09"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void processThatEndsMeanwhileLeavesNothingUndone() throws SQLException {
        Feed feed = changes(0, null);
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            insert("A", 1, "B", 2, "C", 3);
            warehouse.load("submissions", "2016-01-04");
            run("delete from dfu.submission where exhibit_ref = 'A'");
            insert("K", 2);
            try (LoadAttempt attempt = attempt(warehouse, source(feed))) {
                attempt.prepare();
                attempt.extract();
                attempt.compare();
            }
            assertThat(warehouse.rows("current.submissions", "_key")).containsExactly("A", "B", "C");
            assertThat(warehouse.query("select * from ops.source_range")).isEmpty();

            String loaded = "received 3 = loaded 1 + unchanged 2 + refused 0; deleted 1, flagged 0";
            assertThat(warehouse.load("submissions", "2016-01-05")).isEqualTo(loaded);
            // as if the process had ended after the commit, before writing to ops
            warehouse.sql.update("delete from ops.source_range");
            warehouse.sql.update("delete from ops.feed_load where business_date = date '2016-01-05'");
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("raw.submissions", "_op", "_key"))
                    .containsExactly("delete | A", "upsert | A", "upsert | B", "upsert | C", "upsert | K");
        }
    }

    @Test
    void rowThatChangesMeanwhileIsSetAsideWhereStatementsSeeDifferentStates() throws SQLException {
        Feed feed = changes(0, null);
        try (IngestTestWarehouse warehouse = warehouse(feed);
                DatabaseSource earlier = source(feed);
                DatabaseSource later = source(feed)) {
            insert("A", 1, "B", 2, "C", 3);
            warehouse.load("submissions", "2016-01-04");
            run("delete from dfu.submission where exhibit_ref = 'B'");
            try (LoadAttempt attempt = attempt(warehouse, new TwoStates(earlier, later))) {
                attempt.prepare();
                attempt.extract();
                run("update dfu.submission set status = 'changed', change_seq = 4 where exhibit_ref = 'A'");
                attempt.compare();
                attempt.reconcile();
                attempt.commit();
            }
            assertThat(warehouse.rows("current.submissions", "_key", "status")).containsExactly("A | new", "C | new");
        }
    }

    /** Reads changes in one session, and ranges in another that sees a later state. */
    private record TwoStates(RowSource earlier, RowSource later) implements RowSource {

        @Override
        public Feed feed() {
            return earlier.feed();
        }

        @Override
        public String name() {
            return earlier.name();
        }

        @Override
        public String place() {
            return earlier.place();
        }

        @Override
        public String what() {
            return earlier.what();
        }

        @Override
        public String numbering() {
            return earlier.numbering();
        }

        @Override
        public void changedSince(Watermark watermark, boolean readAll) {
            earlier.changedSince(watermark, readAll);
            later.changedSince(watermark, readAll);
        }

        @Override
        public boolean readsChangesOnly() {
            return earlier.readsChangesOnly();
        }

        @Override
        public SourceRows open() {
            return earlier.open();
        }

        @Override
        public SourceRows openFrom(String cursor) {
            return later.openFrom(cursor);
        }

        @Override
        public SourceRanges ranges() {
            SourceRanges ranges = Objects.requireNonNull(later.ranges());
            return new SourceRanges() {

                @Override
                public Comparable start() {
                    return ranges.start();
                }

                @Override
                public @Nullable Comparable stored(@Nullable Object value) {
                    return ranges.stored(value);
                }

                @Override
                public @Nullable Comparable parse(String value) {
                    return ranges.parse(value);
                }

                @Override
                public @Nullable Comparable monthOf(Comparable value) {
                    return ranges.monthOf(value);
                }

                @Override
                public @Nullable List<RangeTally> tally(
                        List<Comparable> from, BitSet wanted, Predicate<@Nullable Object> isDeleted) {
                    return ranges.tally(from, wanted, isDeleted);
                }

                @Override
                public SourceRows open(List<Comparable> from, BitSet wanted) {
                    return ranges.open(from, wanted);
                }

                @Override
                public boolean isOneState() {
                    return false;
                }
            };
        }

        @Override
        public void close() {
            earlier.close();
            later.close();
        }
    }

    private SourceConnection.Database database() {
        return SchemaDefaults.database("dfu", url(), "fpw_reader", "", 50, 60);
    }

    private DatabaseSource source(Feed feed) {
        return new DatabaseSource(feed, database(), "", LocalDate.of(2016, 1, 5), ZoneId.of("Europe/London"));
    }

    private static LoadAttempt attempt(IngestTestWarehouse warehouse, RowSource source) {
        LocalDate date = LocalDate.of(2016, 1, 5);
        return new LoadAttempt(new LoadContext(
                source,
                date,
                date,
                IngestTestWarehouse.run(date),
                "2016-01-05.load",
                new IndexMemory("test", IndexMemory.Limit.ofThisProcess()),
                List.of(),
                new LoadServices(
                        warehouse.catalog,
                        new LoadLedger(warehouse.dataSource, Clock.systemUTC()),
                        new ChangeLedger(warehouse.dataSource),
                        new Acceptances(warehouse.dataSource, Clock.systemUTC()),
                        () -> {},
                        Clock.systemUTC(),
                        Pseudonymiser.none(),
                        ParallelTasks.Limit.USUAL)));
    }
}
