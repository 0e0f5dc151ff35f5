package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.FeedCoverage;

/**
 * A night whose feed of departures was last loaded two days before; every expected figure was counted from the rows
 * below.
 */
@Tag("thorough")
class CoverageIT {

    private static final LocalDate AS_OF = LocalDate.of(2025, 3, 7);
    private static final LocalDate KNOWN = LocalDate.of(2025, 3, 5);

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static final Force FORCE = SparkTestWarehouse.force("coverage");
    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        load(
                "arrivals",
                """
                ('A', date '2025-02-10'),
                ('B', date '2025-02-20'),
                ('C', date '2025-03-03'),
                ('D', date '2025-03-05'),
                ('E', date '2025-03-06')""", // known, since arrivals were loaded; departures of that day are not
                "device, arrived_on");
        load("departures", """
                ('A', date '2025-02-12'),
                ('B', date '2025-03-04')""", "device, examined_on");
        load("calls", """
                ('1', date '2025-03-05', date '2025-03-06'),
                ('2', date '2025-03-06', cast(null as date))""", "call, received_on, answered_on");
        Map<String, LocalDate> completeTo =
                new TreeMap<>(Map.of("arrivals", AS_OF, "departures", KNOWN, "calls", AS_OF));
        result = WAREHOUSE.compute(FORCE, new Coverage(AS_OF, completeTo), "2025-03-07.1");
        assertThat(result.errors()).isEmpty();
    }

    private static void load(String feed, String values, String columns) {
        WAREHOUSE.load(
                FORCE.feed(feed),
                WAREHOUSE.spark().sql("select * from values\n" + values + "\nas rows(" + columns + ")"));
    }

    @Test
    void daysThatAFeedBehindTheExitsDoesNotKnowHaveNoFiguresButAReason() {
        assertThat(WAREHOUSE.rows("""
                select day, opening_count, received_count, left_count, waiting_count, past_standard_count, \
                oldest_age_days, contributor_count,
                    is_available, unavailable_reason, data_as_at
                from fpw.mart.queue_daily
                where queue = 'awaiting_examination' and is_total and day >= '2025-03-03'
                order by day"""))
                .containsExactly(
                        "2025-03-03|1|1|0|2|1|11|2|true|null|2025-03-05",
                        "2025-03-04|2|0|1|1|0|1|2|true|null|2025-03-05",
                        "2025-03-05|1|1|0|2|0|2|2|true|null|2025-03-05",
                        "2025-03-06|null|null|null|null|null|null|null|false|feed departures last loaded "
                                + "completely for 2025-03-05; last known: 2|2025-03-05",
                        "2025-03-07|null|null|null|null|null|null|null|false|feed departures last loaded "
                                + "completely for 2025-03-05; last known: 2|2025-03-05");
    }

    @Test
    void queueThatDoesNotNeedTheFeedIsAvailable() {
        assertThat(WAREHOUSE.rows("""
                select day, received_count, left_count, waiting_count, is_available, unavailable_reason, data_as_at
                from fpw.mart.queue_daily
                where queue = 'open_calls' and is_total and day >= '2025-03-05'
                order by day"""))
                .containsExactly(
                        "2025-03-05|1|0|1|true|null|2025-03-07",
                        "2025-03-06|1|1|1|true|null|2025-03-07",
                        "2025-03-07|0|0|1|true|null|2025-03-07");
    }

    @Test
    void periodIsAvailableOnlyIfAllItsDaysAre() {
        assertThat(WAREHOUSE.rows("""
                select month_start_on, measured_to_on, received_count, left_count, waiting_count, served_per_inflow, \
                is_available, unavailable_reason
                from fpw.mart.queue_monthly
                where queue = 'awaiting_examination' and is_total
                order by month_start_on"""))
                .containsExactly(
                        "2025-02-01|2025-02-28|2|1|1|0.5|true|null",
                        "2025-03-01|2025-03-07|null|null|null|null|false|feed departures last loaded completely "
                                + "for 2025-03-05; last known: 2");
        assertThat(WAREHOUSE.rows("""
                select week_start_on, received_count, left_count, waiting_count, is_available
                from fpw.mart.queue_weekly
                where queue = 'awaiting_examination' and is_total and week_start_on >= '2025-02-24'
                order by week_start_on""")).containsExactly("2025-02-24|0|0|1|true", "2025-03-03|null|null|null|false");
        assertThat(WAREHOUSE.rows("""
                select month_start_on, exit_reason, left_count, is_available, unavailable_reason
                from fpw.mart.queue_exit
                where queue = 'awaiting_examination' and is_total
                order by month_start_on"""))
                .containsExactly(
                        "2025-02-01|examined|1|true|null",
                        "2025-03-01|examined|null|false|feed departures last loaded completely for 2025-03-05");
        assertThat(WAREHOUSE.rows("""
                select as_of_on, age_band, waiting_count, is_available
                from fpw.mart.open_age
                where queue = 'awaiting_examination' and is_total and age_band_from_days = 0
                order by as_of_on""")).containsExactly("2025-02-28|0-30|1|true", "2025-03-07|0-30|null|false");
        assertThat(WAREHOUSE.rows("""
                select month_start_on, received_count, due_count, met_count, failed_count, is_available
                from fpw.mart.wait_standard
                where queue = 'awaiting_examination' and is_total
                order by month_start_on"""))
                .containsExactly("2025-02-01|2|2|1|1|true", "2025-03-01|null|null|null|null|false");
    }

    @Test
    void waitsAreThoseOfTheLastDayThatIsKnown() {
        // A waited for 2 days, B for 12; C and D were last seen waiting on the 5th, E had not arrived by then
        assertThat(WAREHOUSE.rows("""
                select spell_count, left_count, still_waiting_count, longest_observed_days, is_available, data_as_at
                from fpw.mart.wait_summary
                where queue = 'awaiting_examination' and is_total and cohort = 'first entries'\
                """)).containsExactly("4|2|2|12|true|2025-03-05");
        assertThat(WAREHOUSE.rows("select queue, data_as_at from fpw.mart.dim_queue order by queue"))
                .containsExactly("awaiting_examination|2025-03-05", "open_calls|2025-03-07");
    }

    @Test
    void everyTestHoldsAndTheResultSaysHowFarEachFeedIsKnown() {
        assertThat(result.quality()).noneMatch(test -> test.severity().equals("stop") && test.failedCount() > 0);
        assertThat(Set.copyOf(result.coverage()))
                .isEqualTo(Set.of(
                        new FeedCoverage("arrivals", "2025-03-07"),
                        new FeedCoverage("departures", "2025-03-05"),
                        new FeedCoverage("calls", "2025-03-07")));
    }
}
