package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.TestDatabase;

/** What a BI tool shows at the first click, with figures small enough to count by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolViewsIT {

    @TempDir
    static Path folder;

    private Connection connection;

    TestDatabase database() {
        return TestDatabase.embedded(folder);
    }

    /**
     * Two releases; the second is current and differs in every figure. One queue of devices has two stages and a
     * variant, one queue counts cases. What a test adds is rolled back.
     */
    @BeforeAll
    void fill() throws SQLException {
        connection = database().migrated().open();
        connection.setAutoCommit(false);
        release("2015-12-30.1", "2015-12-30", 0);
        release("2015-12-31.1", "2015-12-31", 100);
        execute("insert into ops.current_release (release_id) values ('2015-12-31.1')");
        connection.commit();
    }

    @AfterEach
    void rollBack() throws SQLException {
        if (connection != null) { // no Docker, nothing was opened
            connection.rollback();
        }
    }

    @AfterAll
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    private void execute(String sql) throws SQLException {
        TestDatabase.execute(connection, sql);
    }

    private List<String> query(String sql) throws SQLException {
        return TestDatabase.query(connection, sql);
    }

    private void release(String id, String date, int more) throws SQLException {
        execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version,"
                + " force_digest, key_fingerprint, digest) values ('" + id + "', '1', date '" + date
                + "', current_timestamp, '0', 'f', 'k', 'd')");
        execute("insert into mart_rows.dim_date (release_id, \"day\") values ('" + id + "', date '" + date + "')");
        queue(id, date, new Queue("seized", "device", "null", "null", "whole"), 30 + more);
        queue(id, date, new Queue("sent", "device", "'seized'", "null", "stage"), 10 + more);
        queue(id, date, new Queue("examined", "device", "'seized'", "null", "stage"), 20 + more);
        queue(id, date, new Queue("in_house", "device", "null", "'sent'", "variant"), 7 + more);
        queue(id, date, new Queue("interview", "case", "null", "null", "whole"), 5 + more);
    }

    /** A row of {@code dim_queue}; parent and variantOf are SQL literals. */
    private record Queue(String name, String kind, String parent, String variantOf, String role) {}

    private void queue(String release, String date, Queue queue, int waiting) throws SQLException {
        String name = queue.name();
        execute("insert into mart_rows.dim_queue (release_id, queue, title, item_kind, parent_queue, variant_of, "
                + "queue_role)"
                + " values ('" + release + "', '" + name + "', 'Title of " + name + "', '"
                + queue.kind() + "', " + queue.parent() + ", " + queue.variantOf() + ", '" + queue.role() + "')");
        for (String slice : new String[] {"all", "type", "priority"}) {
            boolean isTotal = slice.equals("all");
            execute("insert into mart_rows.queue_daily (release_id, queue, slice, slice_value, is_total, \"day\","
                    + " waiting_count, age_unknown_count, out_of_order_count, excluded_count, data_as_at, "
                    + "is_available) values "
                    + "('" + release + "', '" + name + "', '" + slice + "', 'a', " + isTotal + ", date '" + date
                    + "', " + waiting
                    + ", 3, 2, 9, date '" + date + "', true), "
                    + "('" + release + "', '" + name + "', '" + slice + "', 'a', " + isTotal
                    + ", date '2015-12-01', 1, 1, 0, 1, date '" + date
                    + "', true)");
            execute("insert into mart_rows.queue_monthly (release_id, queue, slice, slice_value, is_total,"
                    + " month_start_on, measured_to_on, received_count, left_count, waiting_count,"
                    + " age_unknown_count, out_of_order_count, excluded_count) values "
                    + "('" + release + "', '" + name + "', '" + slice + "', 'a', " + isTotal
                    + ", date '2015-11-01', date '2015-11-30', 3, 2, 1, 1, 0, 1), "
                    + "('" + release + "', '" + name + "', '" + slice + "', 'a', " + isTotal
                    + ", date '2015-12-01', date '" + date + "', 4, 1, " + waiting + ", 3, 2, 9)");
        }
    }

    @Test
    void whatWaitsNowAddsUpByKindWithoutStagesVariantsAndSlices() throws SQLException {
        assertThat(query("select item_kind, sum(waiting_count) from bi.waiting_now group by item_kind order by 1"))
                .containsExactly("case | 105", "device | 130");
        assertThat(query("select queue_title, as_at_on from bi.waiting_now order by 1"))
                .containsExactly("Title of interview | 2015-12-31", "Title of seized | 2015-12-31");
    }

    @Test
    void whatIsInDoubtStandsBesideTheHeadline() throws SQLException {
        for (String view : new String[] {"bi.waiting_now", "bi_detail.stages_now", "bi_detail.variants_now"}) {
            assertThat(query("select distinct age_unknown_count, out_of_order_count, excluded_count from " + view))
                    .as(view)
                    .containsExactly("3 | 2 | 9");
        }
        for (String view : new String[] {"waiting_at_month_end", "stages_at_month_end", "variants_at_month_end"}) {
            assertThat(query("select distinct month_start_on, age_unknown_count, out_of_order_count,"
                            + " excluded_count from bi_detail." + view + " order by 1"))
                    .as(view)
                    .containsExactly("2015-11-01 | 1 | 0 | 1", "2015-12-01 | 3 | 2 | 9");
        }
        for (String view : new String[] {"waiting_now_by_slice", "waiting_at_month_end_by_slice"}) {
            assertThat(query("select max(age_unknown_count), max(out_of_order_count) from bi_detail." + view))
                    .as(view)
                    .containsExactly("3 | 2");
        }
    }

    @Test
    void stagesAndVariantsStandApart() throws SQLException {
        assertThat(query("select belongs_to, sum(waiting_count) from bi_detail.stages_now group by belongs_to"))
                .containsExactly("seized | 230");
        assertThat(query("select queue, belongs_to, waiting_count from bi_detail.variants_now"))
                .containsExactly("in_house | sent | 107");
    }

    @Test
    void chartByMonthHasOneRowPerQueueAndMonth() throws SQLException {
        assertThat(query("select month_start_on, sum(waiting_count) from bi_detail.waiting_at_month_end"
                        + " where item_kind = 'device' group by month_start_on order by 1"))
                .containsExactly("2015-11-01 | 1", "2015-12-01 | 130");
        assertThat(query("select sum(waiting_count) from bi_detail.stages_at_month_end where month_start_on = date "
                        + "'2015-12-01'"))
                .containsExactly("230");
        assertThat(query("select sum(waiting_count) from bi_detail.variants_at_month_end where month_start_on = "
                        + "date '2015-12-01'"))
                .containsExactly("107");
    }

    @Test
    void flowsAddUpOverMonths() throws SQLException {
        assertThat(query("select item_kind, sum(received_count), sum(left_count) from bi_detail.flows_by_month "
                        + "group by item_kind order by 1"))
                .containsExactly("case | 7 | 3", "device | 7 | 3");
        assertThat(query("select count(*) from bi_detail.flows_of_stages_by_month"))
                .containsExactly("4");
        assertThat(query("select count(*) from bi_detail.flows_of_variants_by_month"))
                .containsExactly("2");
    }

    /** What a tool adds up without being told anything, beside what the marts say. */
    @Test
    void sumsOfTheFirstViewsAreThoseOfTheMarts() throws SQLException {
        execute("insert into mart_rows.queue_exit (release_id, queue, slice, slice_value, is_total, month_start_on,"
                + " exit_reason, is_served, left_count) select release_id, queue, slice, slice_value, is_total,"
                + " month_start_on, 'examined', true, left_count - 1 from mart_rows.queue_monthly");
        execute("insert into mart_rows.queue_exit (release_id, queue, slice, slice_value, is_total, month_start_on,"
                + " exit_reason, is_served, left_count) select release_id, queue, slice, slice_value, is_total,"
                + " month_start_on, 'withdrawn', false, 1 from mart_rows.queue_monthly");
        String mart = "select queue, sum(received_count), sum(left_count) from mart.queue_monthly where is_total and"
                + " queue in ('seized', 'interview') group by queue order by 1";

        assertThat(query("select queue, sum(received_count), sum(left_count) from bi.flows group by queue order by 1"))
                .isEqualTo(query(mart))
                .containsExactly("interview | 7 | 3", "seized | 7 | 3");
        for (String slice : List.of("type", "priority")) {
            assertThat(query("select queue, sum(received_count), sum(left_count) from bi.flows_by_slice where slice = '"
                            + slice + "' group by queue order by 1"))
                    .isEqualTo(query(mart));
        }
        assertThat(query("select queue, period_start_on, sum(left_count) from bi.exits group by queue,"
                        + " period_start_on order by 1, 2"))
                .isEqualTo(query("select queue, period_start_on, left_count from bi.flows order by 1, 2"));
        assertThat(query(
                        "select period_end_on, waiting_at_month_end_do_not_sum from bi.flows where queue = 'seized' and"
                                + " period_start_on = date '2015-12-01'"))
                .containsExactly("null | 130");
        assertThat(query(
                        "select release_id, sum(received_count) from bi_releases.flows where item_kind = 'device' group"
                                + " by release_id order by 1"))
                .containsExactly("2015-12-30.1 | 7", "2015-12-31.1 | 7");
    }

    @Test
    void oneSliceDividesTheTotal() throws SQLException {
        assertThat(query("select sum(waiting_count) from bi_detail.waiting_now_by_slice where slice = 'type' and "
                        + "item_kind = 'device'"))
                .containsExactly("130");
        assertThat(query("select sum(waiting_count) from bi_detail.waiting_at_month_end_by_slice"
                        + " where slice = 'priority' and item_kind = 'device' and month_start_on = date '2015-12-01'"))
                .containsExactly("130");
        assertThat(query("select sum(received_count) from bi_detail.flows_by_month_by_slice where slice = 'type' "
                        + "and item_kind = 'device'"))
                .containsExactly("7");
    }

    @Test
    void everyReleaseHasTheSameViews() throws SQLException {
        assertThat(query("select release_id, sum(waiting_count) from bi_releases.waiting_now"
                        + " where item_kind = 'device' group by release_id order by 1"))
                .containsExactly("2015-12-30.1 | 30", "2015-12-31.1 | 130");
    }

    @Test
    void pageSaysWhichReleaseItShowsAndWhatIsMissing() throws SQLException {
        assertThat(query("select release_id, business_date, missing_feed_count, missing_feeds from bi.release"))
                .containsExactly("2015-12-31.1 | 2015-12-31 | 0 | null");
        execute("insert into ops.release_feed (release_id, feed, complete_to) values"
                + " ('2015-12-31.1', 'requests', date '2015-12-31'), ('2015-12-31.1', 'exits', date '2015-12-29'),"
                + " ('2015-12-31.1', 'audits', date '2015-12-30'), ('2015-12-31.1', 'mondays', date '2015-12-28')");
        execute("update ops.release_feed set due_to = date '2015-12-28' where feed = 'mondays'");

        assertThat(query("select missing_feed_count, missing_feeds from bi.release"))
                .containsExactly("2 | audits (known to 2015-12-30), exits (known to 2015-12-29)");
    }

    /** A release of a version that recorded neither the kind of item that a queue counts nor its role. */
    @Test
    void releaseFromBeforeHasItsFiguresToo() throws SQLException {
        execute("update mart_rows.dim_queue set item_kind = null, queue_role = null, variant_of = null,"
                + " item_unit = 'things' where release_id = '2015-12-30.1'");

        assertThat(query("select queue, item_kind, waiting_count from bi_releases.waiting_now"
                        + " where release_id = '2015-12-30.1' order by 1"))
                .containsExactly("in_house | things | 7", "interview | things | 5", "seized | things | 30");
    }

    /**
     * By hand: 10 at risk, 2 leave on day 0, 1 leaves and 1 is last seen on day 3, 6 remain until one leaves on day 30.
     */
    @Test
    void curveHasEveryDay() throws SQLException {
        String insert = "insert into mart_rows.wait_curve (release_id, queue, slice, slice_value, is_total, cohort, "
                + "exit_reason,"
                + " wait_days, at_risk_count, left_count, censored_count, still_waiting_share, left_share) "
                + "values "
                + "('2015-12-31.1', 'seized', 'all', 'all', true, 'first entries', ";
        execute(insert + "'all', 0, 10, 2, 0, 0.8, 0.2)");
        execute(insert + "'all', 3, 8, 1, 1, 0.7, 0.3)");
        execute(insert + "'all', 30, 6, 1, 0, 0.583, 0.417)");
        execute(insert + "'returned', 0, 10, 2, 0, null, 0.2)");
        execute(insert + "'returned', 3, 8, 0, 1, null, 0.2)");

        assertThat(query("select wait_days, at_risk_count, left_count, censored_count, still_waiting_share from "
                        + "bi_detail.wait_curve"
                        + " where exit_reason = 'all' and wait_days in (0, 1, 2, 3, 4, 29, 30, 31) order by 1"))
                .containsExactly(
                        "0 | 10 | 2 | 0 | 0.8",
                        "1 | 8 | 0 | 0 | 0.8",
                        "2 | 8 | 0 | 0 | 0.8",
                        "3 | 8 | 1 | 1 | 0.7",
                        "4 | 6 | 0 | 0 | 0.7",
                        "29 | 6 | 0 | 0 | 0.7",
                        "30 | 6 | 1 | 0 | 0.583");
        assertThat(query("select count(*) from bi_detail.wait_curve where exit_reason = 'all'"))
                .containsExactly("31");
        assertThat(query("select wait_days, at_risk_count, left_share from bi_detail.wait_curve where exit_reason "
                        + "= 'returned' order by 1"))
                .containsExactly("0 | 10 | 0.2", "1 | 8 | 0.2", "2 | 8 | 0.2", "3 | 8 | 0.2");
        assertThat(query("select queue_title, wait_days, still_waiting_share from bi_detail.wait_at_days"))
                .containsExactly("Title of seized | 30 | 0.583");
    }

    @Test
    void quartersAndYearsStandApartAndSeriesBreakWithTheScheme() throws SQLException {
        for (int version = 1; version <= 2; version++) {
            execute("insert into mart_rows.dim_scheme (release_id, scheme, scheme_version, grade, title) values"
                    + " ('2015-12-31.1', 'handling', " + version + ", 'good', 'Case handling')");
            for (String kind : new String[] {"quarter", "financial year"}) {
                execute("insert into mart_rows.grading_share (release_id, scheme, scheme_version, population, "
                        + "selection, theme,"
                        + " assessor, period_kind, period, period_start_on, grade, judgement_count) values"
                        + " ('2015-12-31.1', 'handling', " + version
                        + ", 'closed cases', 'random', 'planning', 'peers', '" + kind
                        + "', 'P" + version + "', date '2015-04-01', 'good', 871)");
            }
        }

        assertThat(query("select series, scheme_title, period, sum(judgement_count) from bi_detail.grades_by_quarter"
                        + " group by series, scheme_title, period order by 1"))
                .containsExactly(
                        "handling 1, random, closed cases | Case handling | P1 | 871",
                        "handling 2, random, closed cases | Case handling | P2 | 871");
        assertThat(query("select sum(judgement_count) from bi_detail.grades_by_year where scheme_version = 1"))
                .containsExactly("871");
    }
}
