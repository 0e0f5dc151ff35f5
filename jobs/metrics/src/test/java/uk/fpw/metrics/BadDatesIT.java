package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.message.VersionChange;

/**
 * Items with impossible dates, or dates in the wrong order: they count where their own dates allow it, and stop
 * nothing.
 */
@Tag("thorough")
class BadDatesIT {

    private static final LocalDate DAY_BEFORE = LocalDate.of(2015, 11, 9);

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        Force force = SparkTestWarehouse.force("standards");
        WAREHOUSE.load(force.feed("case_events"), StandardsIT.rows("""
                G01 | received | 2015-10-01 | high |
                G01 | seen     | 2015-10-05 | high |
                G01 | closed   | 2015-10-20 | high |
                G02 | received | 2015-11-01 | high | waits
                B01 | seen     | 2015-10-02 | high | seen before it was received; waits
                B01 | received | 2015-10-10 | high |
                B02 | received | 2015-10-03 | high |
                B02 | closed   | 2015-10-08 | high |
                B02 | seen     | 2015-10-12 | high | seen after it was closed
                U01 | received | 1900-01-01 | high | waits
                U02 | received | 1900-01-01 | high |
                U02 | seen     | 2015-10-15 | high | waits to be closed
                R01 | received | 2015-10-02 | training | excluded by a rule
                R01 | seen     | 2015-10-03 |      | and so is its other row
                """));
        result = WAREHOUSE.compute(
                force,
                Coverage.whole(force, DAY_BEFORE.plusDays(1)),
                Map.of("first_look", new VersionChange(DAY_BEFORE, 1)),
                "2015-11-10.1");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void oneBadItemStopsNoRelease() {
        assertThat(result.quality())
                .filteredOn(test -> test.failedCount() > 0)
                .extracting(
                        QualityResult::table, QualityResult::code, QualityResult::severity, QualityResult::failedCount)
                .containsExactly(tuple("core.irregularity", "LEFT_OUT_OF_ONE_QUEUE_ONLY", "warning", 4L));
        assertThat(result.accounts().get(0).excluded())
                .containsExactly(new Excluded("TRAINING_CASE", 2, "case [1 letter]dd was made for training"));
    }

    @Test
    void whatEachQueueLeavesOutIsCounted() {
        assertThat(result.excluded())
                .filteredOn(
                        queue -> List.of("unresolved", "first_look", "in_work").contains(queue.queue()))
                .containsExactly(
                        // B01, B02, U01, U02
                        new QueueExcluded("first_look", 4, 6),
                        // B01, B02; U02 entered this stage on a known day
                        new QueueExcluded("in_work", 2, 4),
                        // U01, U02
                        new QueueExcluded("unresolved", 2, 6));
    }

    @Test
    void wholeKeepsAnItemWhoseDatesAreOutOfOrderAndItsStagesDoNot() {
        assertThat(WAREHOUSE.rows("""
                select queue, substr(item_key, 7), code, event, treatment
                from fpw.core.irregularity
                where queue in ('unresolved', 'first_look', 'in_work')
                order by 2, 1"""))
                .containsExactly(
                        "first_look|B01|CLOSED_BEFORE_RECEIVED|seen|item excluded from the queue",
                        "in_work|B01|DATES_OUT_OF_ORDER|seen|item excluded from the queue",
                        "first_look|B02|DATES_OUT_OF_ORDER|received|item excluded from the queue",
                        "in_work|B02|CLOSED_BEFORE_RECEIVED|closed|item excluded from the queue");
        assertThat(WAREHOUSE.rows("""
                select day, queue, opening_count, received_count, left_count, waiting_count, oldest_age_days, \
                contributor_count
                from fpw.mart.queue_daily
                where is_total and queue in ('unresolved', 'first_look', 'in_work') and day in ('2015-10-01', \
                '2015-10-05', '2015-11-10')
                order by day, queue desc"""))
                .containsExactly(
                        // two have been there since an unknown day
                        "2015-10-01|unresolved|2|1|0|3|0|3",
                        "2015-10-01|first_look|2|1|0|3|0|3",
                        // and B02, which is in no stage
                        "2015-10-05|unresolved|4|0|0|4|4|4",
                        "2015-10-05|in_work|0|1|0|1|0|1",
                        "2015-10-05|first_look|3|0|1|2|null|3",
                        // and B01, which is in no stage
                        "2015-11-10|unresolved|4|0|0|4|31|4",
                        "2015-11-10|in_work|1|0|0|1|26|1",
                        "2015-11-10|first_look|2|0|0|2|9|2");
    }

    /**
     * R01 counts as excluded on every day in every queue of cases, because it is unknown when it waited; the others
     * on the days on which they would wait by their dates.
     */
    @Test
    void countsBesideTheHeadlineSayWhatIsInDoubt() {
        assertThat(WAREHOUSE.rows("""
                select day, queue, waiting_count, age_unknown_count, out_of_order_count, excluded_count
                from fpw.mart.queue_daily
                where is_total and queue in ('unresolved', 'first_look', 'in_work') and day in ('2015-10-01', \
                '2015-10-05', '2015-11-10')
                order by day, queue desc"""))
                .containsExactly(
                        // U01, U02; R01
                        "2015-10-01|unresolved|3|2|0|1",
                        "2015-10-01|first_look|3|2|null|1",
                        // and B02 is in no stage
                        "2015-10-05|unresolved|4|2|1|1",
                        // R01; B01, seen and not closed
                        "2015-10-05|in_work|1|0|null|2",
                        // R01; B02
                        "2015-10-05|first_look|2|2|null|2",
                        // B01 is in no stage, B02 has left
                        "2015-11-10|unresolved|4|2|1|1",
                        // U02 entered this stage on a known day; R01, B01, and B02, seen but not closed after that
                        "2015-11-10|in_work|1|0|null|3",
                        // U01; R01, and B01, received but not seen after that
                        "2015-11-10|first_look|2|1|null|2");
        assertThat(WAREHOUSE.rows("""
                select month_start_on, queue, waiting_count, age_unknown_count, out_of_order_count, excluded_count
                from fpw.mart.queue_monthly
                where is_total and queue in ('unresolved', 'first_look')
                order by month_start_on, queue desc"""))
                .containsExactly(
                        "2015-10-01|unresolved|3|2|1|1",
                        "2015-10-01|first_look|1|1|null|2",
                        "2015-11-01|unresolved|4|2|1|1",
                        "2015-11-01|first_look|2|1|null|2");
        assertThat(WAREHOUSE.rows("""
                select week_end_on, queue, waiting_count, age_unknown_count, out_of_order_count, excluded_count
                from fpw.mart.queue_weekly
                where is_total and queue in ('unresolved', 'first_look') and week_end_on in ('2015-10-04', '2015-10-11')
                order by week_end_on, queue desc"""))
                .containsExactly(
                        "2015-10-04|unresolved|4|2|1|1",
                        "2015-10-04|first_look|3|2|null|2",
                        // U01, U02, G01, B01; B02 has left
                        "2015-10-11|unresolved|4|2|1|1",
                        // R01; B01, and B02 until the 12th
                        "2015-10-11|first_look|2|2|null|3");
    }

    @Test
    void slicesSayWhatIsInDoubtButForWhatIsExcluded() {
        assertThat(WAREHOUSE.rows("""
                select queue, slice_value, waiting_count, age_unknown_count, out_of_order_count, excluded_count
                from fpw.mart.queue_daily
                where slice = 'priority' and queue in ('unresolved', 'first_look') and day = '2015-11-10'
                order by queue desc""")).containsExactly("unresolved|high|4|2|1|null", "first_look|high|2|1|null|null");
    }

    @Test
    void queueSaysSinceWhenItsVersionCounts() {
        assertThat(WAREHOUSE.rows("""
                select queue, queue_version, version_since_on, previous_version
                from fpw.mart.dim_queue
                where queue in ('first_look', 'in_work')
                order by queue""")).containsExactly("first_look|2|2015-11-09|1", "in_work|1|null|null");
    }

    @Test
    void itemThatEnteredOnAnImpossibleDateCountsWithoutAnAge() {
        assertThat(WAREHOUSE.rows("""
                select age_band, age_band_from_days, waiting_count, waiting_since_entry_count, contributor_count
                from fpw.mart.open_age
                where queue = 'unresolved' and is_total and as_of_on = '2015-11-10' and waiting_count > 0
                order by age_band_from_days\
                """)).containsExactly("(age unknown)|-1|2|2|2", "0-30|0|1|1|1", "31-90|31|1|1|1");
        assertThat(WAREHOUSE.rows("""
                select month_start_on, opening_count, received_count, left_count, waiting_count, oldest_age_days, \
                waiting_age_mean_days, contributor_count
                from fpw.mart.queue_monthly
                where queue = 'unresolved' and is_total
                order by month_start_on\
                """)).containsExactly("2015-10-01|2|3|2|3|21|21.0|5", "2015-11-01|3|1|0|4|31|20.0|4");
    }

    @Test
    void itemThatEnteredOnAnImpossibleDateIsInNoCurveAndHasNoStandard() {
        assertThat(WAREHOUSE.rows("""
                select queue, spell_count, left_count, longest_observed_days, curve_status
                from fpw.mart.wait_summary
                where queue in ('unresolved', 'first_look') and is_total and cohort = 'first entries'
                order by queue""")).containsExactly("first_look|2|1|9|ok", "unresolved|4|2|31|ok");
        assertThat(WAREHOUSE.rows("""
                select sum(received_count) from fpw.mart.wait_standard
                where queue = 'first_look' and is_total and standard = 'within_28_days'""")).containsExactly("2");
        assertThat(WAREHOUSE.rows("select min(day) from fpw.mart.dim_date")).containsExactly("2015-10-01");
    }
}
