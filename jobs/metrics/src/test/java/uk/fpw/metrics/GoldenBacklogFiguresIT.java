package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** 23 hand-made items, from current rows to marts, compared with tables computed independently of this software. */
class GoldenBacklogFiguresIT {

    private static final LocalDate AS_OF = LocalDate.of(2025, 1, 15);

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        Force force = SparkTestWarehouse.force("backlog");
        Feed feed = force.feed("device_events");
        WAREHOUSE.load(feed, WAREHOUSE.csv(feed, "backlog/small_events.csv"));
        result = WAREHOUSE.compute(force, AS_OF, "2025-01-15.1");
        assertThat(result.errors()).isEmpty();
        expected("small_monthly_expected").createOrReplaceTempView("expected_monthly");
        expected("small_monthly_WRONG_if_utc_dates").createOrReplaceTempView("wrong_monthly");
    }

    @Test
    void everyTestOfTheModelsPasses() {
        assertThat(result.quality()).filteredOn(test -> test.failedCount() > 0).isEmpty();
        assertThat(result.quality()).extracting(QualityResult::code).contains("FLOWS_BALANCE", "GRAIN_IS_UNIQUE");
    }

    @Test
    void monthlyFlowsStocksAndAgesAreThoseWorkedOutByHand() {
        assertThat(differences("expected_monthly", "month")).isEmpty();
    }

    @Test
    void quarterlyFlowsStocksAndAgesAreThoseWorkedOutByHand() {
        expected("small_quarterly_expected").createOrReplaceTempView("expected_quarterly");
        assertThat(differences("expected_quarterly", "quarter")).isEmpty();
        assertThat(WAREHOUSE.rows("""
                select quarter_start_on, financial_year, financial_quarter
                from fpw.mart.queue_quarterly
                where queue = 'in_house_only' and is_total and quarter_start_on >= '2024-01-01'
                order by quarter_start_on"""))
                .containsExactly(
                        "2024-01-01|2023/24|4",
                        "2024-04-01|2024/25|1",
                        "2024-07-01|2024/25|2",
                        "2024-10-01|2024/25|3",
                        "2025-01-01|2024/25|4");
    }

    /**
     * Counted by hand from the 23 items. 2021/22: A21. 2022/23: A05. 2023/24: received A22 of December and the eleven
     * of the first quarter of 2024; A20 came back; A02, A03, A04, A05, A06, A10 and A20 were completed, and A14 went
     * out. The quarters of 2024/25 in the reference add up to its row.
     */
    @Test
    void financialYearsAreThoseCountedByHand() {
        assertThat(WAREHOUSE.rows("""
                select
                    year_start_on, year_end_on, measured_to_on, financial_year, is_partial, opening_count,
                    received_count, reentered_count, left_count, served_count, waiting_count, oldest_age_days
                from fpw.mart.queue_yearly
                where queue = 'in_house_only' and is_total
                order by year_start_on"""))
                .containsExactly(
                        "2021-04-01|2022-03-31|2022-03-31|2021/22|true|0|1|0|0|0|1|334",
                        "2022-04-01|2023-03-31|2023-03-31|2022/23|false|1|1|0|0|0|2|699",
                        "2023-04-01|2024-03-31|2024-03-31|2023/24|false|2|12|1|8|7|7|1065",
                        "2024-04-01|2025-03-31|2025-01-15|2024/25|true|7|8|4|12|9|7|380");
    }

    @Test
    void datesTakenInUtcWouldGiveAnotherTable() {
        assertThat(WAREHOUSE.rows("""
                select wrong.period_start
                from wrong_monthly as wrong
                inner join fpw.mart.queue_monthly as ours
                    on ours.month_start_on = wrong.period_start and ours.queue = 'in_house_only' and ours.is_total
                where
                    wrong.opening <> ours.opening_count
                    or wrong.received <> ours.received_count
                    or wrong.closing <> ours.waiting_count
                order by 1"""))
                .containsExactly("2024-05-01", "2024-06-01", "2024-07-01", "2024-09-01", "2024-10-01");
    }

    @Test
    void isoWeeksAcrossBothClockChangesAddUpFromDays() {
        for (String file : List.of("small_isoweek_dst_spring_expected", "small_isoweek_dst_autumn_expected")) {
            expected(file).createOrReplaceTempView("expected_weekly");
            assertThat(WAREHOUSE.rows("""
                    select expected.period_start
                    from expected_weekly as expected
                    inner join fpw.mart.queue_daily as ours
                        on
                            ours.day between expected.period_start and expected.period_end
                            and ours.queue = 'in_house_only'
                            and ours.is_total
                    group by all
                    having
                        count(*) = 7
                        and min_by(ours.opening_count, ours.day) = max(expected.opening)
                        and sum(ours.received_count) = max(expected.received)
                        and sum(ours.reentered_count) = max(expected.reopened)
                        and sum(ours.left_count) = max(expected.completed + expected.outsourced + expected.withdrawn)
                        and max_by(ours.waiting_count, ours.day) = max(expected.closing)
                        and max_by(ours.oldest_age_days, ours.day) = max(expected.oldest_age_days)\
                    """)).as(file).hasSize((int)
                    expected(file).count());
        }
    }

    @Test
    void everyExitHasTheDaysWorkedOutByHand() {
        expected("small_exit_waits_expected").createOrReplaceTempView("expected_exits");
        String ours = """
                select
                    substr(item_key, 8) as item_id,
                    left_as as exit_event,
                    left_on as exit_day,
                    datediff(left_on, first_entered_on) as days_from_first_receipt,
                    datediff(left_on, entered_on) as days_this_spell
                from fpw.core.spell
                where queue = 'in_house_only' and left_on is not null
                order by all""";
        assertThat(WAREHOUSE.rows(ours)).hasSize(20).isEqualTo(WAREHOUSE.rows("""
                select item_id, exit_event, exit_day, days_from_first_receipt, days_this_spell
                from expected_exits
                order by all"""));
    }

    @Test
    void itemsThatWaitedWhenObservationBeganEnterLateAndThoseThatHadLeftAreNotSeen() {
        assertThat(WAREHOUSE.rows("""
                select day, opening_count, received_count, left_count, waiting_count
                from fpw.mart.queue_daily
                where queue = 'awaiting_result' and is_total and day <= '2024-03-31'
                order by day limit 1"""))
                // A01, A11, A13, A14, A21, A22, A23 waited on 12 March; A20 had left on the 4th
                .containsExactly("2024-03-12|7|0|0|7");
        assertThat(WAREHOUSE.rows("""
                select is_partial, opening_count, received_count, left_count, waiting_count
                from fpw.mart.queue_monthly
                where queue = 'awaiting_result' and is_total and month_start_on = '2024-03-01'\
                """)).containsExactly("true|7|2|2|7");
        assertThat(WAREHOUSE.rows("""
                select observed_from_on, observed_to_on
                from fpw.core.spell
                where queue = 'awaiting_result' and item_key in ('golden:A20', 'golden:A21')
                order by item_key""")).containsExactly("2024-03-12|2024-03-04", "2024-03-12|2024-11-12");
    }

    @Test
    void aContributorIsCountedOncePerRowHoweverManySpellsItHas() {
        // A11 came back in the month after it had left, and A12 on the same day
        assertThat(WAREHOUSE.rows("""
                select contributor_count, opening_count + received_count + reentered_count as stays
                from fpw.mart.queue_monthly
                where queue = 'in_house_only' and is_total and month_start_on = '2024-05-01'\
                """)).containsExactly("9|10");
        assertThat(WAREHOUSE.rows("""
                select contributor_count, left_count, reentered_count, waiting_count
                from fpw.mart.queue_daily
                where queue = 'in_house_only' and is_total and day = '2024-05-13'""")).containsExactly("8|1|1|8");
    }

    /** Also if several tasks share the items, contributors and series. */
    @Test
    @Tag("thorough")
    void theSameNightUnderAnotherReleaseHasTheSameDigests() {
        MetricsResult again = WAREHOUSE.computeSpread(SparkTestWarehouse.force("backlog"), AS_OF, "2025-01-15.2");

        assertThat(again.tables())
                .usingRecursiveComparison()
                .ignoringFields("snapshotId")
                .isEqualTo(result.tables());
        assertThat(again.tables())
                .extracting(MetricsResult.TableVersion::snapshotId)
                .doesNotContainAnyElementsOf(result.tables().stream()
                        .map(MetricsResult.TableVersion::snapshotId)
                        .toList());
    }

    /**
     * Counted by hand from the events: A20 came back after 7 days and again after 166, A11 after 40, A12 on the same
     * day, A14 after 138. On 15 January 2025 the 90 days after 27 October (A09) and 12 November (A21) have not
     * passed.
     */
    @Test
    void shareOfExitsAfterWhichTheItemCameBackIsThatCountedByHand() {
        assertThat(WAREHOUSE.rows("""
                select
                    month_start_on, left_count, known_count, reentered_count, not_yet_known_count, reentered_share,
                    round(share_low, 4) as low, round(share_high, 4) as high, share_reason
                from fpw.mart.reentry_share
                where
                    queue = 'in_house_only' and is_total and month_start_on >= '2024-02-01'
                    and (left_count > 0 or month_start_on = '2024-12-01')
                order by month_start_on"""))
                .containsExactly(
                        "2024-02-01|3|3|0|0|0.0|0.0|0.5615|null",
                        "2024-03-01|5|5|1|0|0.2|0.0362|0.6245|null",
                        "2024-04-01|1|1|1|0|1.0|0.2065|1.0|null",
                        "2024-05-01|1|1|1|0|1.0|0.2065|1.0|null",
                        "2024-06-01|2|2|0|0|0.0|0.0|0.6576|null",
                        "2024-07-01|3|3|0|0|0.0|0.0|0.5615|null",
                        "2024-08-01|1|1|0|0|0.0|0.0|0.7935|null",
                        "2024-09-01|1|1|0|0|0.0|0.0|0.7935|null",
                        "2024-10-01|2|1|0|1|0.0|0.0|0.7935|null",
                        "2024-11-01|1|0|0|1|null|null|null|1 left less than 90 days before the last day that is known",
                        "2024-12-01|0|0|0|0|null|null|null|nothing left in the month");
        assertThat(WAREHOUSE.rows("""
                select month_start_on, reentry_reason, reentered_count, contributor_count
                from fpw.mart.queue_reentry
                where queue = 'in_house_only' and is_total and reentered_count > 0
                order by month_start_on"""))
                .containsExactly(
                        "2024-03-01|further work|1|1",
                        "2024-05-01|further work|2|2",
                        "2024-08-01|further work|1|1",
                        "2024-11-01|further work|1|1");
    }

    /** Rows of months or quarters that differ. */
    private static List<String> differences(String expected, String period) {
        return WAREHOUSE.rows("""
                with

                bands as (

                    select
                        as_of_on,
                        max(if(age_band = '0-30', waiting_count, null)) as age_0_30,
                        max(if(age_band = '31-90', waiting_count, null)) as age_31_90,
                        max(if(age_band = '91-180', waiting_count, null)) as age_91_180,
                        max(if(age_band = '181-365', waiting_count, null)) as age_181_365,
                        max(if(age_band = '366+', waiting_count, null)) as age_366_plus
                    from fpw.mart.open_age
                    where queue = 'in_house_only' and is_total
                    group by as_of_on

                ),

                exits as (

                    select
                        cast(date_trunc('%2$s', month_start_on) as date) as period_start,
                        sum(if(exit_reason = 'completed', left_count, 0)) as completed,
                        sum(if(exit_reason = 'outsourced', left_count, 0)) as outsourced,
                        sum(if(exit_reason = 'withdrawn', left_count, 0)) as withdrawn
                    from fpw.mart.queue_exit
                    where queue = 'in_house_only' and is_total
                    group by all

                ),

                compared as (

                    select
                        expected.period_start,
                        to_json(named_struct(
                            'end', expected.period_end, 'to', expected.measured_to, 'partial', expected.partial,
                            'opening', expected.opening, 'received', expected.received, 'reentered', expected.reopened,
                            'completed', expected.completed, 'outsourced', expected.outsourced, 'withdrawn', \
                expected.withdrawn,
                            'closing', expected.closing, 'a', expected.age_0_30, 'b', expected.age_31_90,
                            'c', expected.age_91_180, 'd', expected.age_181_365, 'e', expected.age_366_plus,
                            'oldest', expected.oldest_age_days, 'median', cast(expected.median_age_days as double),
                            'mean', round(expected.mean_age_days, 9),
                            'per_inflow', round(expected.clearance_rate_exits_over_inflow, 9),
                            'weeks_served', round(expected.weeks_of_work_trailing13_completed, 9),
                            'weeks_left', round(expected.weeks_of_work_trailing13_exits, 9)
                        )) as theirs,
                        to_json(named_struct(
                            'end', ours.%2$s_end_on, 'to', ours.measured_to_on, 'partial', ours.is_partial,
                            'opening', ours.opening_count, 'received', ours.received_count, 'reentered', \
                ours.reentered_count,
                            'completed', exits.completed, 'outsourced', exits.outsourced, 'withdrawn', exits.withdrawn,
                            'closing', ours.waiting_count, 'a', bands.age_0_30, 'b', bands.age_31_90,
                            'c', bands.age_91_180, 'd', bands.age_181_365, 'e', bands.age_366_plus,
                            'oldest', ours.oldest_age_days, 'median', ours.waiting_age_median_days,
                            'mean', round(ours.waiting_age_mean_days, 9),
                            'per_inflow', round(ours.left_per_inflow, 9),
                            'weeks_served', round(ours.weeks_of_work_served, 9),
                            'weeks_left', round(ours.weeks_of_work_left, 9)
                        )) as ours
                    from %1$s as expected
                    left join fpw.mart.queue_%2$sly as ours
                        on expected.period_start = ours.%2$s_start_on and ours.queue = 'in_house_only' and \
                ours.is_total
                    left join exits
                        on expected.period_start = exits.period_start
                    left join bands
                        on expected.measured_to = bands.as_of_on

                )

                select *
                from compared
                where theirs is distinct from ours
                order by period_start""".formatted(expected, period));
    }

    private static Dataset<Row> expected(String file) {
        return WAREHOUSE
                .spark()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(Path.of("src", "test", "resources", "backlog", file + ".csv")
                        .toString());
    }
}
