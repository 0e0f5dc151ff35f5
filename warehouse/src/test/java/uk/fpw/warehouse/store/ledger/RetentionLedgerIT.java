package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger.Horizon;
import uk.fpw.warehouse.testing.TestDatabase;

/** From which day on the rows of feeds are there, in {@code ops}. */
class RetentionLedgerIT {

    private TestDatabase database;

    @BeforeEach
    void migrate() throws SQLException {
        database = TestDatabase.inMemory("retention_ledger");
        database.baseline("V0057__create_tombstone", "V0060__create_erasure", "V0063__create_retention");
    }

    @AfterEach
    void drop() throws SQLException {
        database.drop();
    }

    @Test
    void latestDayOfAFeedCounts() throws SQLException {
        RetentionLedger ledger = new RetentionLedger(database.dataSource());
        assertThat(ledger.horizons()).isEmpty();
        assertThat(ledger.of("devices")).isNull();

        remove("1", "devices", "2009-02-01", "left_on");
        remove("2", "devices", "2009-01-01", "closed_on");
        remove("3", "cases", "2012-01-01", "closed_at");

        assertThat(ledger.of("devices"))
                .isEqualTo(new Horizon(LocalDate.of(2009, 2, 1), "left_on", ZoneId.of("Europe/London")));
        assertThat(ledger.retainedFrom())
                .isEqualTo(Map.of("devices", LocalDate.of(2009, 2, 1), "cases", LocalDate.of(2012, 1, 1)));
    }

    private void remove(String id, String feed, String retainedFrom, String column) throws SQLException {
        database.execute("insert into ops.erasure (erasure_id, kind, feed, ground, reason, applied_by, started_at, "
                + "row_count, item_count, table_count, release_count) values ('" + id + "', 'retention', '" + feed
                + "', 'x', 'y', 'ann', current_timestamp, 0, 0, 0, 0)");
        database.execute(
                "insert into ops.retention (erasure_id, feed, retained_from, closed_column, time_zone) values ('" + id
                        + "', '" + feed + "', date '" + retainedFrom + "', '" + column + "', 'Europe/London')");
    }
}
