package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.feed;
import static uk.fpw.ingest.TestFeeds.with;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.testing.TestLimits;

/** Full extracts with rows whose key is empty or unreadable, and current rows missing from them. */
class MissingKeyIT {

    private static final String HEADER = "CASE,STATUS,REMARKS";
    private static final String ACCOUNT =
            "select received_count, loaded_count, unchanged_count, refused_count, empty_key_count, "
                    + "unreadable_key_count, deleted_count, held_count from ops.feed_load where status = "
                    + "'loaded' order by business_date, started_at, loaded_count desc";

    @TempDir
    Path folder;

    @Test
    void rowsWithoutAKeyHoldNoDeletionBack() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, cases())) {
            warehouse.drop("cases_2024-05-01.csv", HEADER, "1,open,x", "2,open,x", "3,open,x", "4,open,x", ",open,x");
            warehouse.load("cases", "2024-05-01");
            warehouse.drop("cases_2024-05-02.csv", HEADER, "1,open,x", ",open,x", ",total 1,x");
            assertThat(warehouse.load("cases", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 0 + unchanged 1 + refused 2; deleted 3, flagged 0");
            assertThat(warehouse.rows("current.cases", "_key")).containsExactly("1");
            assertThat(warehouse.query(ACCOUNT))
                    .containsExactly("5 | 4 | 0 | 1 | 1 | 0 | 0 | 0", "3 | 0 | 1 | 2 | 2 | 0 | 3 | 0");
            assertThat(warehouse.query("select distinct row_key, field, code, message from ops.refusal"))
                    .containsExactly("null | case_no | KEY_EMPTY | case_no is empty, but is the key: the row "
                            + "does not belong to this feed");
            assertThat(warehouse.summary("raw.cases", "fpw.empty-key")).isEqualTo("2");
        }
    }

    @Test
    void keyMissingFromOneExtractWithUnreadableKeysIsHeldAndFromTwoInARowDeleted() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, cases())) {
            warehouse.drop("cases_2024-05-01.csv", HEADER, "1,open,x", "2,open,x", "3,open,x", "4,open,x");
            warehouse.load("cases", "2024-05-01");
            warehouse.drop("cases_2024-05-02.csv", HEADER, "1,open,x", "2/a,open,x");
            warehouse.load("cases", "2024-05-02");
            warehouse.load("cases", "2024-05-02"); // The same date again does not count as a second extract.
            assertThat(warehouse.rows("current.cases", "_key")).containsExactly("1", "2", "3", "4");
            assertThat(warehouse.query("select distinct message from ops.feed_load where business_date = '2024-05-02'"))
                    .containsExactly(
                            "3 rows missing from the file are kept in current and not deleted, since the key of 1 "
                                    + "refused row could not be read and may be among them; first missing on "
                                    + "2024-05-02");
            assertThat(warehouse.snapshots("raw.cases")).isEqualTo(2);

            warehouse.drop("cases_2024-05-03.csv", HEADER, "1,open,x", "2/a,open,x");
            assertThat(warehouse.load("cases", "2024-05-03"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 1 + refused 1; deleted 2, flagged 0");
            // One key is unreadable, so one missing row stays held.
            assertThat(warehouse.rows("current.cases", "_key")).containsExactly("1", "2");
            warehouse.drop("cases_2024-05-04.csv", HEADER, "1,open,x", "2/a,open,x");
            warehouse.load("cases", "2024-05-04");
            assertThat(warehouse.rows("current.cases", "_key")).containsExactly("1", "2");
            warehouse.drop("cases_2024-05-05.csv", HEADER, "1,open,x");
            warehouse.load("cases", "2024-05-05");
            assertThat(warehouse.rows("current.cases", "_key")).containsExactly("1");
            assertThat(warehouse.query(ACCOUNT))
                    .containsExactly(
                            "4 | 4 | 0 | 0 | 0 | 0 | 0 | 0",
                            "2 | 0 | 1 | 1 | 0 | 1 | 0 | 3",
                            "2 | 0 | 1 | 1 | 0 | 1 | 0 | 3",
                            "2 | 0 | 1 | 1 | 0 | 1 | 2 | 1",
                            "2 | 0 | 1 | 1 | 0 | 1 | 0 | 1",
                            "1 | 0 | 1 | 0 | 0 | 0 | 1 | 0");
        }
    }

    @Test
    void whatIsHeldIsKnownThoughTheProcessDiedRightAfterTheCommit() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, cases())) {
            warehouse.drop("cases_2024-05-01.csv", HEADER, "1,open,x", "2,open,x", "3,open,x");
            warehouse.load("cases", "2024-05-01");
            warehouse.drop("cases_2024-05-02.csv", HEADER, "1,open,x", "2/a,open,x");
            warehouse.load("cases", "2024-05-02");
            // as left in ops by a process that died right after the commit
            assertThat(warehouse.sql.update("update ops.feed_load set status = 'running', received_count = null, "
                            + "loaded_count = null, unchanged_count = null, refused_count = "
                            + "null, deleted_count = null, held_count = null, "
                            + "raw_snapshot_id = null, finished_at = null where "
                            + "business_date = date '2024-05-02'"))
                    .isEqualTo(1);
            warehouse.drop("cases_2024-05-03.csv", HEADER, "1,open,x", "2/a,open,x");
            warehouse.load("cases", "2024-05-03");
            assertThat(warehouse.rows("current.cases", "_key")).containsExactly("1", "2");
            assertThat(warehouse.query(ACCOUNT))
                    .containsExactly(
                            "3 | 3 | 0 | 0 | 0 | 0 | 0 | 0",
                            "2 | 0 | 1 | 1 | 0 | 1 | 0 | 2",
                            "2 | 0 | 1 | 1 | 0 | 1 | 1 | 1");
        }
    }

    @Test
    void missingRowsThatUnreadableKeysCannotExplainAreJudgedByTheDeletionLimit() {
        Feed cases = with(cases(), TestLimits.of(1, 1, 1, 0.4));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, cases)) {
            warehouse.drop("cases_2024-05-01.csv", HEADER, "1,open,x", "2,open,x", "3,open,x", "4,open,x");
            warehouse.load("cases", "2024-05-01");
            Path cut = warehouse.drop("cases_2024-05-02.csv", HEADER, "1,open,x", "2/a,open,x");
            assertThat(failure(warehouse, "2024-05-02"))
                    .hasMessage(cut
                            + ": 2 of 4 rows (50.0 %) deleted: 2 missing from the file that cannot be "
                            + "among the 1 whose key could not be read (in 28 days before a "
                            + "load deleted at most 0), more than limits.max_deleted_share: "
                            + "0.4 in feeds/cases.yml; nothing was loaded; check whether the "
                            + "file is complete and correct (if it contains changed "
                            + "rows only, declare 'extract: changes'). If it is, accept "
                            + "this once and run again: fpw accept cases:deleted --date "
                            + "2024-05-02 --reason \"WHY\"");
        }
    }

    @Test
    void rowsWithoutAKeyHaveALimitOfTheirOwn() {
        Feed cases = with(cases(), TestLimits.of(2, 0, 0.5, 1));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, cases)) {
            warehouse.drop("cases_2024-05-01.csv", HEADER, "1,open,x", "2,open,x", ",open,x", ",open,x");
            warehouse.load("cases", "2024-05-01"); // half are allowed, otherwise none
            Path moved = warehouse.drop("cases_2024-05-02.csv", HEADER, "1,open,x", ",open,x", ",open,x");
            assertThat(failure(warehouse, "2024-05-02"))
                    .hasMessage(moved
                            + ": the file has 1 row with a key, fewer than limits.min_rows: 2 in "
                            + "feeds/cases.yml; nothing was loaded; check whether "
                            + "the extract is complete, or lower the limit");
            warehouse.drop("cases_2024-05-02.csv", HEADER, "1,open,x", "2,open,x", ",a,x", ",b,x", ",c,x");
            assertThat(failure(warehouse, "2024-05-02"))
                    .hasMessage(moved
                            + ": the key of 3 of 5 rows (60.0 %) is empty, more than "
                            + "limits.max_empty_key_share: 0.5 in feeds/cases.yml:\n"
                            + "  line 4: case_no is empty, but is the key: the row does not belong to this feed\n"
                            + "  line 5: case_no is empty, but is the key: the row does not belong to this feed\n"
                            + "  line 6: case_no is empty, but is the key: the row does not belong to this feed\n"
                            + "nothing was loaded; check whether the key columns are "
                            + "still filled. If this many rows without a key are correct, "
                            + "accept this once and run again: fpw accept cases:empty_keys --date "
                            + "2024-05-02 --reason \"WHY\"; or raise the "
                            + "limit if they are expected. The rows: fpw rejections --feed cases --date 2024-05-02");
        }
    }

    private static Feed cases() {
        return feed(
                "cases",
                List.of("case_no"),
                "case_no",
                column("case_no", "CASE", Feed.Type.WHOLE),
                column("status", "STATUS", Feed.Type.TEXT));
    }

    private static FpwException failure(IngestTestWarehouse warehouse, String date) {
        return catchThrowableOfType(FpwException.class, () -> warehouse.load("cases", date));
    }
}
