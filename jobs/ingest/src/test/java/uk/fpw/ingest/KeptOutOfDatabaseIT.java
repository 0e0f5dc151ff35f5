package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.ledger.feed.Tombstones.Erased;

/** Rows of a database that are kept out of the warehouse: what its changes are compared with does not have them. */
class KeptOutOfDatabaseIT extends CursorTesting {

    @Test
    void rowIsReadOnceMoreWhereItsRangeDiffersAndThenKnown() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 1, "B", 2, "C", 3, "D", 9);
            erase(warehouse, "B");
            loadThreeNights(warehouse);

            // Its changes move it and the position up to which changes are known.
            run("update dfu.submission set change_seq = 10, status = 'old' where exhibit_ref = 'B'");
            assertThat(warehouse.load("submissions", "2016-01-07"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 1 + refused 0 + kept out 1; deleted 0, flagged 0");
            insert("E", 11);
            assertThat(warehouse.load("submissions", "2016-01-08"))
                    .isEqualTo("received 3 = loaded 1 + unchanged 1 + refused 0 + kept out 1; deleted 0, flagged 0");
            run("update dfu.submission set is_deleted = true, change_seq = 12 where exhibit_ref = 'B'");
            warehouse.load("submissions", "2016-01-09");

            // A row that is really missing is found beside it.
            run("delete from dfu.submission where exhibit_ref = 'A'");
            assertThat(warehouse.load("submissions", "2016-01-10")).contains("deleted 1");
            assertThat(warehouse.rows("current.submissions", "_key")).containsExactly("C", "D", "E");
            assertThat(warehouse.query("select feed, message from ops.feed_load where business_date < date "
                            + "'2016-01-10' and message is not null"))
                    .isEmpty();
        }
    }

    @Test
    void rowThatWasClosedLongAgoIsKeptOutUntilItIsClosedLater() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 1, "B", 2, "C", 3, "D", 9);
            run("update dfu.submission set changed_on = date '2010-05-05' where exhibit_ref = 'B'");
            KeptOutIT.retain(warehouse, "submissions", "2011-01-01", "changed_on");
            loadThreeNights(warehouse);

            // One that is current is loaded, whenever it was closed.
            run(
                    "update dfu.submission set changed_on = date '2010-06-06' where exhibit_ref in ('B', 'C')",
                    "update dfu.submission set change_seq = 10 where exhibit_ref = 'B'",
                    "update dfu.submission set change_seq = 11 where exhibit_ref = 'C'");
            assertThat(warehouse.load("submissions", "2016-01-07"))
                    .isEqualTo("received 3 = loaded 1 + unchanged 1 + refused 0 + kept out 1; deleted 0, flagged 0");
            run("update dfu.submission set changed_on = date '2011-01-01', change_seq = 12 where exhibit_ref = 'B'");
            assertThat(warehouse.load("submissions", "2016-01-08"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key")).containsExactly("A", "B", "C", "D");
            String told = "1 change of rows that were closed before 2011-01-01 is not loaded, since these rows were "
                    + "removed after their time (fpw retain)";
            assertThat(warehouse.query("select business_date, message from ops.feed_load where message is not null "
                            + "order by 1"))
                    .containsExactly("2016-01-05 | " + told, "2016-01-07 | " + told);
        }
    }

    @Test
    void completeComparisonDoesNotFindItEither() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, new Origin.Reconcile(1)))) {
            insert("A", 1, "B", 2, "C", 3);
            erase(warehouse, "B");
            for (int day = 4; day <= 6; day++) {
                assertThat(warehouse.load("submissions", "2016-01-0" + day))
                        .isEqualTo("received 3 = loaded " + (day == 4 ? "2 + unchanged 0" : "0 + unchanged 2")
                                + " + refused 0 + kept out 1; deleted 0, flagged 0");
            }
            assertThat(warehouse.query("select reconciled_added_count, reconciled_changed_count, "
                            + "reconciled_deleted_count, message from ops.feed_load where business_date = date "
                            + "'2016-01-06'"))
                    .containsExactly("0 | 0 | 0 | null");
        }
    }

    @Test
    void fullExtractOfADatabaseHasItNeither() throws SQLException {
        Feed changes = changes(0, null);
        Feed full = new Feed(
                changes.name(),
                changes.source(),
                changes.description(),
                new Feed.Input("dfu", new Origin.DatabaseRows("dfu.submission", null, null), Feed.Extract.FULL),
                changes.rows(),
                changes.limits());
        try (IngestTestWarehouse warehouse = warehouse(full)) {
            insert("A", 1, "B", 2, "C", 3);
            erase(warehouse, "B");
            for (int day = 4; day <= 5; day++) {
                assertThat(warehouse.load("submissions", "2016-01-0" + day))
                        .isEqualTo("received 3 = loaded " + (day == 4 ? "2 + unchanged 0" : "0 + unchanged 2")
                                + " + refused 0 + kept out 1; deleted 0, flagged 0");
            }
            run("delete from dfu.submission where exhibit_ref in ('A', 'B')");
            assertThat(warehouse.load("submissions", "2016-01-06"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 1, flagged 0");
        }
    }

    /** The rows that the source has beyond those known are not a counter that began again. */
    @Test
    void counterNearItsEndDoesNotSeemToHaveBegunAgain() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(changes(0, null))) {
            insert("A", 2147483645, "B", 2147483646, "C", 2147483647);
            erase(warehouse, "B");
            warehouse.load("submissions", "2016-01-04");
            assertThat(warehouse.load("submissions", "2016-01-05"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 2 + refused 0 + kept out 1; deleted 0, flagged 0");
        }
    }

    private static void erase(IngestTestWarehouse warehouse, String key) {
        new Tombstones(warehouse.dataSource)
                .add(
                        List.of(new Erased("submissions", key)),
                        new Tombstones.Cause(
                                LocalDate.of(2016, 12, 31),
                                "DPA 2018 s.47(1)",
                                "test",
                                Instant.parse("2016-01-04T09:00:00Z"),
                                "ann"),
                        warehouse.pseudonymiser());
    }

    /** Of four rows one is kept out whenever it is read. */
    private static void loadThreeNights(IngestTestWarehouse warehouse) {
        assertThat(warehouse.load("submissions", "2016-01-04"))
                .isEqualTo("received 4 = loaded 3 + unchanged 0 + refused 0 + kept out 1; deleted 0, flagged 0");
        assertThat(warehouse.load("submissions", "2016-01-05"))
                .isEqualTo("received 4 = loaded 0 + unchanged 3 + refused 0 + kept out 1; deleted 0, flagged 0");
        assertThat(warehouse.load("submissions", "2016-01-06"))
                .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
    }
}
