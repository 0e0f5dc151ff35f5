package uk.fpw.nightly.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.testing.TestDatabase;

class ChangesStatusIT {

    private static final String LOAD =
            "insert into ops.feed_load (load_id, feed, business_date, status, file_name, started_at, reconcile, "
                    + "reconciled_on, next_reconcile_on,"
                    + " reconciled_added_count, reconciled_changed_count, reconciled_deleted_count, "
                    + "above_gap_count) values ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void feedsSayWhenTheyWereComparedAndWhatIsNeverFound() throws SQLException {
        TestDatabase database = MigratedWarehouse.in(folder);
        assertThat(lines(database)).isEmpty();

        database.execute(LOAD
                + "('1', 'submissions', date '2016-01-11', 'loaded', 't', timestamp with time zone "
                + "'2016-01-11 22:00:00+00:00', '7 days', date '2016-01-11', date "
                + "'2016-01-18', 1, 2000, 3, 0),"
                + "('2', 'submissions', date '2016-01-12', 'loaded', 't', timestamp with time zone "
                + "'2016-01-12 22:00:00+00:00', '7 days', date '2016-01-11', date "
                + "'2016-01-18', null, null, null, 1),"
                + "('3', 'submissions', date '2016-01-13', 'failed', 't', timestamp with time zone "
                + "'2016-01-13 22:00:00+00:00', null, null, null, null, null, null, null),"
                + "('4', 'referrals', date '2016-01-12', 'loaded', 't', timestamp with time zone "
                + "'2016-01-12 22:00:00+00:00', 'none', null, null, null, null, null, 2500),"
                + "('5', 'files', date '2016-01-12', 'loaded', 'f.csv', timestamp with time zone "
                + "'2016-01-12 22:00:00+00:00', null, null, null, null, null, null, null)");

        assertThat(lines(database))
                .containsExactly(
                        "referrals  never compared in full; hard deletions and missed changes are found only where a "
                                + "range of the cursor shows them, since reconcile is none",
                        "  2,500 rows above a gap of the cursor are read every night",
                        "submissions  compared in full on 2016-01-11 (missed by the cursor: 1 added, 2,000 changed, "
                                + "3 deleted), next on 2016-01-18",
                        "  1 row above a gap of the cursor is read every night");
    }

    private static List<String> lines(TestDatabase database) {
        return ChangesStatus.lines(new LoadStatus(database.dataSource()).comparisons());
    }
}
