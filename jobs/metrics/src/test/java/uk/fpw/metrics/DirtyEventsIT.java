package uk.fpw.metrics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Nine items whose events do not fit the history that a queue expects: each is treated as the hand-made list says,
 * and every row is accounted for.
 */
class DirtyEventsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        Force force = SparkTestWarehouse.force("backlog");
        Feed feed = force.feed("device_events");
        // X07 is received on 30 February: such a row is rejected by the load and never gets here
        WAREHOUSE.load(
                feed,
                WAREHOUSE
                        .csv(feed, "backlog/dirty_events.csv")
                        .where(col("item_id").notEqual("X07")));
        result = WAREHOUSE.compute(force, LocalDate.of(2025, 1, 15), "2025-01-15.1");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void whatDoesNotFitIsNamedAndTreatedAsTheListSays() {
        assertThat(WAREHOUSE.rows("""
                select substr(item_key, 8), code, treatment, event
                from fpw.core.irregularity
                where queue = 'in_house_only'
                order by item_key"""))
                .containsExactly(
                        "X01|CLOSED_BEFORE_RECEIVED|item excluded from the queue|completed",
                        "X02|CLOSED_TWICE|event ignored|completed",
                        "X03|REOPENED_WHILE_OPEN|event ignored|reopened",
                        "X04|CLOSED_NEVER_RECEIVED|item excluded from the queue|completed",
                        "X05|RECEIVED_TWICE|event ignored|received",
                        "X06|AFTER_BUSINESS_DATE|waits for its day|received");
    }

    @Test
    void whatIsLeftHasTheEarliestEventOfEachKind() {
        assertThat(WAREHOUSE.rows("""
                select substr(item_key, 8), entered_on, left_on, left_as
                from fpw.core.spell
                where queue = 'in_house_only'
                order by item_key"""))
                .containsExactly(
                        "X02|2024-02-01|2024-03-01|completed",
                        "X03|2024-02-01|null|null",
                        "X05|2024-02-01|2024-02-09|completed",
                        // both at the same instant: received counts first
                        "X09|2024-02-01|2024-02-01|completed");
    }

    @Test
    void everyRowIsUsedAheadOrExcludedWithItsReason() {
        assertThat(result.accounts())
                .containsExactly(new FeedAccount(
                        "device_events",
                        15,
                        10,
                        List.of(
                                new Excluded("CLOSED_BEFORE_RECEIVED", 2),
                                new Excluded("CLOSED_NEVER_RECEIVED", 1),
                                new Excluded("MISSING_DATE", 1)),
                        1,
                        OutOfScope.NONE,
                        List.of(new LaterDates("happened_at", 1))));
        assertThat(WAREHOUSE.rows("select feed, row_key, item_key, first_on from fpw.core.ahead"))
                .containsExactly("device_events|12|golden:X06|2026-02-01");
        assertThat(WAREHOUSE.rows("select distinct code, reason from fpw.core.exclusion order by code"))
                .containsExactly(
                        "CLOSED_BEFORE_RECEIVED|queue awaiting_result: 'completed' comes before the item is received",
                        "CLOSED_NEVER_RECEIVED|queue awaiting_result: 'completed' although the item was never received",
                        "MISSING_DATE|staging query device_events yields an event without a date");
    }

    /**
     * X01 is received but not completed after that; it is unknown when X08 was. X04 is only ever completed, so it
     * waits on no day.
     */
    @Test
    void whatIsExcludedStandsBesideTheHeadline() {
        assertThat(WAREHOUSE.rows("""
                select queue, slice_value, waiting_count, age_unknown_count, out_of_order_count, excluded_count
                from fpw.mart.queue_daily
                where day = '2025-01-15'
                order by queue, slice, slice_value"""))
                .containsExactly(
                        "awaiting_result|all|1|0|null|2",
                        "in_house_only|all|1|0|null|2",
                        "in_house_only|even|0|0|null|null",
                        "in_house_only|odd|1|0|null|null");
    }

    @Test
    void noTestOfAModelFails() {
        assertThat(result.quality()).filteredOn(test -> test.failedCount() > 0).isEmpty();
        // the results of the accounts are among them
        assertThat(result.quality()).extracting(QualityResult::code).contains("EVERY_ITEM_IS_OF_A_ROW");
    }
}
