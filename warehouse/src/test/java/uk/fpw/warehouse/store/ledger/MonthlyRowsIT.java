package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.ledger.feed.MonthlyRows;
import uk.fpw.warehouse.testing.TestDatabase;

/** What became of rows by month: loads add up, of computations the latest counts. */
class MonthlyRowsIT {

    private TestDatabase database;

    TestDatabase database() {
        return TestDatabase.inMemory("monthly_rows");
    }

    @BeforeEach
    void migrate() throws SQLException {
        database = database();
        database.baseline();
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    private void load(String id, String date, String status, int received, int refused, int held) throws SQLException {
        database.execute("insert into ops.feed_load (load_id, feed, business_date, status, received_count, "
                + "refused_count, held_count, started_at) values ('" + id + "', 'devices', date '" + date + "', '"
                + status + "', " + received + ", " + refused + ", " + held + ", timestamp with time zone '" + date
                + " 04:00:00+00')");
    }

    private void computation(String date, int hour, int current, int excluded) throws SQLException {
        String run = date + "-" + hour;
        database.execute("insert into ops.night (run_id, business_date, started_at, status) values ('" + run
                + "', date '" + date + "', timestamp with time zone '" + date + " 0" + hour + ":00:00+00', 'failed')");
        database.execute("insert into ops.feed_account values ('" + run + "', 'devices', " + current + ", "
                + (current - excluded) + ", " + excluded + ")");
        if (excluded > 0) {
            database.execute("insert into ops.exclusion_count values ('" + run + "', 'devices', 'NO_EVENT', 1)");
            database.execute("insert into ops.exclusion_count values ('" + run + "', 'devices', 'TOO_EARLY', "
                    + (excluded - 1) + ")");
        }
    }

    @Test
    void loadsOfAMonthAddUpAndItsLatestComputationCounts() throws SQLException {
        load("a", "2015-11-30", "loaded", 99, 9, 9); // before the first month
        load("b", "2015-12-30", "loaded", 10, 1, 4);
        load("c", "2015-12-31", "loaded", 20, 2, 3);
        load("d", "2015-12-31", "failed", 50, 50, 50); // stored nothing
        computation("2015-12-30", 5, 100, 7);
        computation("2015-12-31", 5, 110, 6);
        computation("2015-12-31", 6, 120, 5);
        computation("2016-01-01", 5, 130, 0);

        assertThat(new MonthlyRows(database.dataSource()).since(LocalDate.of(2015, 12, 31)))
                .containsExactly(
                        new MonthlyRows.Rows("devices", LocalDate.of(2015, 12, 1), 30L, 3L, 3L, 120L, 5L),
                        new MonthlyRows.Rows("devices", LocalDate.of(2016, 1, 1), null, null, null, 130L, 0L));
    }
}
