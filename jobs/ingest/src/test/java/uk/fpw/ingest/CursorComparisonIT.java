package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** Feeds with a cursor on dates when all of their keys are compared. */
class CursorComparisonIT extends CursorTesting {

    private static final Origin.Reconcile WEEKLY = new Origin.Reconcile(7);

    @Test
    void hardDeletionsAndMissedChangesAreFoundOnTheNightsThatCompare() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, WEEKLY))) {
            insert("A", 1, "B", 2, "C", 3, "D", 4, "E", 5);
            warehouse.load("submissions", "2016-01-04");

            run(
                    "delete from dfu.submission where exhibit_ref in ('A', 'B')",
                    "update dfu.submission set status = 'examined' where exhibit_ref = 'C'",
                    "update dfu.submission set is_deleted = true where exhibit_ref = 'D'");
            insert("F", 2, "G", 6);
            // G is found by the cursor, A and D by ranges; F has the number of B, and that of C is unchanged.
            assertThat(warehouse.load("submissions", "2016-01-10"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 1 + refused 0; deleted 2, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key")).containsExactly("B", "C", "E", "G");

            // C and F are loaded, B deleted.
            assertThat(warehouse.load("submissions", "2016-01-11"))
                    .isEqualTo("received 5 = loaded 2 + unchanged 3 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key", "status"))
                    .containsExactly("C | examined", "E | new", "F | new", "G | new");
            assertThat(warehouse.load("submissions", "2016-01-12"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");

            assertThat(warehouse.query("select business_date, watermark, reconcile, reconciled_on, next_reconcile_on, "
                            + "reconciled_added_count, reconciled_changed_count, "
                            + "reconciled_deleted_count, message"
                            + " from ops.feed_load order by business_date"))
                    .containsExactly(
                            "2016-01-04 | 5 | 7 days | 2016-01-04 | 2016-01-11 | 0 | 0 | 0 | null",
                            "2016-01-10 | 6 | 7 days | 2016-01-04 | 2016-01-11 | null | null | null"
                                    + " | the table differed from what was loaded of it; compared by key: 2 of 4 "
                                    + "ranges of change_seq (the first, from 4); not shown by the cursor: 0 rows "
                                    + "added, 1 changed, 1 deleted",
                            "2016-01-11 | 6 | 7 days | 2016-01-11 | 2016-01-18 | 1 | 1 | 1"
                                    + " | the table was compared in full; changes missed by the cursor: 1 row added, "
                                    + "1 changed, 1 deleted",
                            "2016-01-12 | 6 | 7 days | 2016-01-11 | 2016-01-18 | null | null | null | null");

            // ops is rebuilt from raw alone.
            warehouse.sql.update("delete from ops.feed_load");
            warehouse.load("submissions", "2016-01-13");
            assertThat(warehouse.query("select business_date, reconciled_on, reconciled_added_count, "
                            + "reconciled_changed_count, reconciled_deleted_count from "
                            + "ops.feed_load order by business_date"))
                    .containsExactly(
                            "2016-01-04 | 2016-01-04 | 0 | 0 | 0",
                            "2016-01-10 | 2016-01-04 | null | null | null",
                            "2016-01-11 | 2016-01-11 | 1 | 1 | 1",
                            "2016-01-13 | 2016-01-11 | null | null | null");
        }
    }

    @Test
    void nightThatComparesAndFindsNothingIsRemembered() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, WEEKLY))) {
            insert("A", 1, "B", 2);
            warehouse.load("submissions", "2016-01-04");
            assertThat(warehouse.load("submissions", "2016-01-11"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 2 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.load("submissions", "2016-01-12"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void deletionsThatAComparisonFindsKeepTheLimit() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(feed(SchemaDefaults.cursor("change_seq", 0), WEEKLY, 0.2))) {
            insert("A", 1, "B", 2, "C", 3);
            warehouse.load("submissions", "2016-01-04");
            run("delete from dfu.submission where exhibit_ref = 'A'");

            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-11"));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(failure).hasMessageContaining("max_deleted_share");
            assertThat(warehouse.rows("current.submissions", "_key")).containsExactly("A", "B", "C");
        }
    }

    @Test
    void memoryForTheKeysOfOneBucketIsEnoughAndLessIsRefused() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            run("insert into dfu.submission select 'X' || x, 'new', x, null, false from system_range(1, 2000)");
            warehouse.load("submissions", "2016-01-04");
            run("update dfu.submission set status = 'old', change_seq = change_seq + 2000");

            warehouse.memory = new IndexMemory.Limit(100_000); // 60 KB, but a bucket needs 64
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-05"));
            assertThat(failure)
                    .hasMessageStartingWith("feed submissions: an index of ")
                    .hasMessageEndingWith("; nothing was loaded and nothing is lost; run again with a larger heap: set "
                            + "FPW_JAVA_OPTS=-Xmx512m");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(warehouse.snapshots("raw.submissions")).isEqualTo(1);

            warehouse.memory = new IndexMemory.Limit(120_000);
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 2000 = loaded 2000 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.submissions", "status"))
                    .hasSize(2000)
                    .containsOnly("old");
        }
    }
}
