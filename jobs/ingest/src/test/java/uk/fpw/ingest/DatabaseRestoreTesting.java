package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.TestLimits;

/** Feeds of changes whose source was restored to an earlier state. Runs on every database. */
abstract class DatabaseRestoreTesting extends DatabaseTesting {

    @Test
    void restoredSourceIsComparedByKeyTheSameNight() throws SQLException {
        makeCases();
        try (IngestTestWarehouse warehouse = warehouse(cases(TestLimits.of(0, 1, 1, 1)))) {
            warehouse.load("submissions", "2015-12-28");
            changeAndRestore(warehouse);

            // 2 new; the 29 of June, of which 25 are open again; the 18 of December, close to 30 ghosts
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 49 = loaded 27 + unchanged 22 + refused 0; deleted 30, flagged 0");
            assertThat(warehouse.rows("current.submissions", "status"))
                    .hasSize(202)
                    .containsOnly("open");
            assertThat(warehouse.query("select message from ops.feed_load where business_date = date '2015-12-30'"))
                    .containsExactly("the table differed from what was loaded of it; compared by key: 2 of 7 ranges of "
                            + "updated_at (the first, from 2015-12-01T00:00:00Z) and everything from updated_at "
                            + "2015-12-29T11:00:00Z on; not shown by the cursor: 0 rows added, 25 changed, 30 deleted");

            assertThat(warehouse.load("submissions", "2015-12-31"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.query("select range_from, compared_on, known_count from ops.source_range "
                            + "where range_number in (0, 6) order by 1"))
                    .containsExactly("2015-12-01T00:00:00Z | 2015-12-31 | null", "null | 2015-12-31 | null");
        }
    }

    @Test
    void missingRowsOfARestoredSourceMeetTheLimitOfDeletions() throws SQLException {
        makeCases();
        try (IngestTestWarehouse warehouse = warehouse(cases(TestLimits.of(0, 1, 1, 0.05)))) {
            warehouse.load("submissions", "2015-12-28");
            changeAndRestore(warehouse);

            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2015-12-30"));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(failure).hasMessageContaining("30 of 230 rows").hasMessageContaining("max_deleted_share");
            assertThat(warehouse.rows("current.submissions", "status")).hasSize(230);

            new Acceptances(warehouse.dataSource, Clock.systemUTC())
                    .record("submissions", AcceptableLimit.DELETED, LocalDate.of(2015, 12, 30), "restored", "ann");
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 49 = loaded 27 + unchanged 22 + refused 0; deleted 30, flagged 0");
        }
    }

    /** 200 open cases, one a day from 2 June on. */
    private void makeCases() throws SQLException {
        run(
                "create table dfu.case_file (ref varchar(20), status varchar(20), updated_at timestamp with time zone)",
                "grant select on dfu.case_file to fpw_reader");
        run(IntStream.rangeClosed(1, 200)
                .mapToObj(number -> "insert into dfu.case_file values ('C" + number + "', 'open', timestamp with time "
                        + "zone '" + LocalDate.of(2015, 6, 1).plusDays(number) + " 10:00:00+00')")
                .toArray(String[]::new));
    }

    /** 30 new cases and 25 closures; then the state of the previous night with 2 new cases. */
    private void changeAndRestore(IngestTestWarehouse warehouse) throws SQLException {
        run("create table dfu.backup as select * from dfu.case_file");
        String changedAt = "timestamp with time zone '2015-12-29 12:00:00+00'";
        run(IntStream.rangeClosed(201, 230)
                .mapToObj(number -> "insert into dfu.case_file values ('C" + number + "', 'open', " + changedAt + ")")
                .toArray(String[]::new));
        run("update dfu.case_file set status = 'closed', updated_at = " + changedAt + " where updated_at < timestamp "
                + "with time zone '2015-06-27 00:00:00+00'");
        assertThat(warehouse.load("submissions", "2015-12-29"))
                .isEqualTo("received 56 = loaded 55 + unchanged 1 + refused 0; deleted 0, flagged 0");
        run(
                "delete from dfu.case_file",
                "insert into dfu.case_file select * from dfu.backup",
                "insert into dfu.case_file values ('N1', 'open', timestamp with time zone '2015-12-30 09:00:00+00'), "
                        + "('N2', 'open', timestamp with time zone '2015-12-30 11:00:00+00')");
    }

    private static Feed cases(FeedLimits limits) {
        return TestFeeds.with(
                feed(
                        new Origin.DatabaseRows("dfu.case_file", null, SchemaDefaults.cursor("updated_at", 60)),
                        Feed.Extract.CHANGES,
                        null,
                        TestFeeds.column("exhibit_ref", "ref", Feed.Type.TEXT),
                        TestFeeds.column("status", "status", Feed.Type.TEXT),
                        TestFeeds.column("updated_at", "updated_at", Feed.Type.INSTANT)),
                limits);
    }
}
