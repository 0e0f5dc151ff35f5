package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.staging.ReservedNames;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** Standards, stages and milestones of hand-made cases; every expected figure was counted from this list. */
class StandardsIT {

    private static final LocalDate AS_OF = LocalDate.of(2015, 11, 10);

    /** In London the clocks went forward on 29 March 2015 and back on 25 October. */
    private static final String EVENTS = """
            H01 | received             | 2015-03-28T12:00:00Z | high   | noon
            H01 | seen                 | 2015-03-29T12:00:00Z | high   | 24 hours later to the second, one o'clock by \
            the clock: met
            H01 | closed               | 2015-04-10           | high   |
            H02 | received             | 2015-03-28T12:00:00Z | high   |
            H02 | seen                 | 2015-03-29T12:00:01Z | high   | a second too late
            H03 | received             | 2015-10-24T11:00:00Z | high   | noon
            H03 | seen                 | 2015-10-25T11:30:00Z | high   | half past eleven by the clock, yet 24 and a \
            half hours later: failed
            H04 | received             | 2015-06-01           | high   |
            H04 | seen                 | 2015-06-01           | high   | dates only, same day: met
            H05 | received             | 2015-06-01           | high   |
            H05 | seen                 | 2015-06-02           | high   | next day: unknown
            H06 | received             | 2015-06-01           | high   |
            H06 | seen                 | 2015-06-03           | high   | later: failed
            H07 | received             | 2015-06-05T09:00:00Z | high   |
            H07 | withdrawn            | 2015-06-05T14:00:00Z | high   | left unseen
            H08 | received             | 2015-11-09T18:00:00Z | high   | past its standard since 18:00 on the business \
            date
            H09 | received             | 2015-11-10T09:00:00Z | high   |
            H09 | seen                 | 2015-11-10T10:00:00Z | high   | quick, but not yet due
            H10 | received             | 2015-11-09           | urgent | at the end of the business date it has waited \
            for 24 hours whenever it came
            H11 | received             | 2015-03-28           | high   |
            H11 | seen                 | 2015-03-30           | high   | the day between had 23 hours: unknown
            H12 | received             | 2015-06-20T08:00:00Z | high   |
            H12 | seen                 | 2015-06-20           | high   | a point in time and a date: met
            L01 | received             | 2015-09-01           | low    |
            L01 | seen                 | 2015-09-29           | low    | 28 days
            L02 | received             | 2015-09-01           | low    |
            L02 | seen                 | 2015-09-30           | low    | 29 days
            L03 | received             | 2015-10-13           | low    | waits for 28 days
            L04 | received             | 2015-10-12           | low    | waits for 29 days
            N01 | received             | 2015-11-01           |        | no priority: 28 days
            M01 | became_aware         | 2015-03-10           |        |
            M01 | interview_not_needed | 2015-03-11           |        |
            M01 | interviewed          | 2015-03-12           |        | outweighs that it was not needed
            M01 | interviewed          | 2015-03-20           |        | the first one counts
            M02 | became_aware         | 2015-01-05           |        |
            M02 | interview_not_needed | 2015-01-07           |        |
            M02 | case_closed          | 2015-02-01           |        |
            M02 | became_aware         | 2015-06-01           |        | open again: counts from January
            M02 | measure_in_place     | 2015-06-03           |        |
            M03 | became_aware         | 2015-05-01           |        |
            M03 | case_closed          | 2015-05-02           |        |
            M04 | case_closed          | 2015-05-01           |        | never opened
            M05 | became_aware         | 2015-12-01           |        | waits for its day
            M06 | became_aware         | 2015-05-01           |        |
            M06 | case_closed          | 2015-05-01           |        | closed on the day it was opened
            M07 | became_aware         | 2015-11-10           |        |
            M07 | interviewed          | 2015-11-11           |        | not known yet
            """;

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        result = night(EVENTS);
        assertThat(result.errors()).isEmpty();
    }

    private static MetricsResult night(String events) {
        Force force = SparkTestWarehouse.force("standards");
        WAREHOUSE.load(force.feed("case_events"), rows(events));
        return WAREHOUSE.compute(force, AS_OF, AS_OF + ".1");
    }

    static Dataset<Row> rows(String events) {
        List<String> lines = events.lines().toList();
        String values = java.util.stream.IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    List<String> fields = Arrays.stream(lines.get(i).split("\\|"))
                            .map(String::strip)
                            .toList();
                    String time = fields.get(2);
                    return "(" + i + ", '" + fields.get(0) + "', '" + fields.get(1) + "', "
                            + (time.endsWith("Z") ? "timestamp '" + time + "', null, " : "null, date '" + time + "', ")
                            + (fields.get(3).isEmpty() ? "null" : "'" + fields.get(3) + "'") + ")";
                })
                .collect(Collectors.joining(",\n"));
        return WAREHOUSE
                .spark()
                .sql("select cast(seq as bigint) as seq, case_id, event, cast(happened_at as timestamp) as happened_at,"
                        + " cast(happened_on as date) as happened_on, priority from values\n" + values
                        + "\nas rows(seq, case_id, event, happened_at, happened_on, priority)");
    }

    @Test
    void outcomesAndBoundsOfAStandardInHours() {
        assertThat(WAREHOUSE.rows("""
                select
                    month_start_on, received_count, due_count, met_count, failed_count, left_unseen_count, \
                unknown_count, not_yet_due_count,
                    round(share_low, 4), round(share_high, 4), is_partial, contributor_count
                from fpw.mart.wait_standard
                where queue = 'first_look' and standard = 'urgent_within_24_hours' and is_total
                order by month_start_on"""))
                .containsExactly(
                        "2015-03-01|3|3|1|1|0|1|0|0.3333|0.6667|true|3",
                        "2015-06-01|5|5|2|1|1|1|0|0.4|0.6|false|5",
                        "2015-10-01|1|1|0|1|0|0|0|0.0|0.0|false|1",
                        "2015-11-01|3|2|0|2|0|0|1|0.0|0.0|true|3");
    }

    @Test
    void outcomesOfAStandardInDaysByPriority() {
        assertThat(WAREHOUSE.rows("""
                select slice_value, month_start_on, received_count, due_count, met_count, failed_count, \
                not_yet_due_count, share_low, share_high
                from fpw.mart.wait_standard
                where queue = 'first_look' and standard = 'within_28_days' and slice = 'priority' and slice_value <> \
                'high'
                order by slice_value, month_start_on"""))
                .containsExactly(
                        "(not recorded)|2015-11-01|1|0|0|0|1|null|null",
                        "low|2015-09-01|2|2|1|1|0|0.5|0.5",
                        "low|2015-10-01|2|1|0|1|1|0.0|0.0",
                        "urgent|2015-11-01|1|0|0|0|1|null|null");
    }

    @Test
    void whatIsPastItsStandardAtTheEndOfADay() {
        assertThat(WAREHOUSE.rows("""
                select slice_value, day, waiting_count, past_standard_count, due_next_7_days_count
                from fpw.mart.queue_daily
                where
                    queue = 'first_look'
                    and (
                        is_total and day in ('2015-03-28', '2015-03-29', '2015-06-01', '2015-06-02', '2015-09-22', \
                '2015-09-23', '2015-11-10')
                        or slice_value in ('low', '(not recorded)') and day = '2015-11-10'
                    )
                order by slice_value = 'all' desc, slice_value, day"""))
                .containsExactly(
                        "all|2015-03-28|3|0|3",
                        // H11 arrived on a date only: until the end of the next day, which has 23 hours, it may still
                        // be within 24 hours
                        "all|2015-03-29|1|0|1",
                        "all|2015-06-01|2|0|2",
                        "all|2015-06-02|1|1|0",
                        // L01 and L02 are past it from the 30th
                        "all|2015-09-22|2|0|0",
                        "all|2015-09-23|2|0|2",
                        "all|2015-11-10|5|3|1",
                        "(not recorded)|2015-11-10|1|0|0",
                        "low|2015-11-10|2|1|1");
    }

    @Test
    void aCrossOfTwoSlicesHasTheirFiguresAndStandards() {
        assertThat(WAREHOUSE.rows("""
                select slice_value, waiting_count, past_standard_count, due_next_7_days_count
                from fpw.mart.queue_daily
                where queue = 'first_look' and slice = 'priority x parity' and day = '2015-11-10'
                order by slice_value"""))
                .containsExactly(
                        "(not recorded) x odd|1|0|0",
                        "high x even|1|1|0",
                        "high x odd|0|0|0",
                        "low x even|1|1|0",
                        "low x odd|1|0|1",
                        "urgent x even|1|1|0");
        assertThat(WAREHOUSE.rows("""
                select slice_value, month_start_on, received_count, due_count, met_count, failed_count, \
                left_unseen_count, unknown_count, not_yet_due_count, round(share_low, 4), round(share_high, 4)
                from fpw.mart.wait_standard
                where queue = 'first_look' and standard = 'urgent_within_24_hours' and slice = 'priority x parity'
                order by slice_value, month_start_on"""))
                .containsExactly(
                        "high x even|2015-03-01|1|1|0|1|0|0|0|0.0|0.0",
                        "high x even|2015-06-01|3|3|2|1|0|0|0|0.6667|0.6667",
                        "high x even|2015-11-01|1|1|0|1|0|0|0|0.0|0.0",
                        "high x odd|2015-03-01|2|2|1|0|0|1|0|0.5|1.0",
                        "high x odd|2015-06-01|2|2|0|0|1|1|0|0.0|0.5",
                        "high x odd|2015-10-01|1|1|0|1|0|0|0|0.0|0.0",
                        "high x odd|2015-11-01|1|0|0|0|0|0|1|null|null",
                        "urgent x even|2015-11-01|1|1|0|1|0|0|0|0.0|0.0");
        // L01 left after 28 days, of which L03 has waited as many; L02 after 29, as L04 has
        assertThat(WAREHOUSE.rows("""
                select slice_value, spell_count, left_count, still_waiting_count, p25_days, longest_observed_days
                from fpw.mart.wait_summary
                where queue = 'first_look' and slice = 'priority x parity' and cohort = 'first entries'
                    and slice_value like 'low%'
                order by slice_value""")).containsExactly("low x even|2|1|1|29.0|29", "low x odd|2|1|1|28.0|28");
        assertThat(WAREHOUSE.rows("""
                select slice_value, waiting_count, received_count, left_count
                from fpw.mart.queue_monthly
                where queue = 'first_look' and slice = 'priority x parity' and month_start_on = '2015-06-01'
                    and (received_count > 0 or left_count > 0)
                order by slice_value""")).containsExactly("high x even|0|3|3", "high x odd|0|2|2");
    }

    @Test
    void weeksAndMonthsEndAsTheirLastDaysDo() {
        assertThat(WAREHOUSE.rows("""
                select 'week', week_start_on, week_end_on, iso_year, iso_week, measured_to_on, is_partial, \
                waiting_count, past_standard_count, due_next_7_days_count
                from fpw.mart.queue_weekly
                where queue = 'first_look' and is_total and (week_start_on <= '2015-03-30' or week_start_on >= \
                '2015-11-09')
                union all
                select 'month', month_start_on, month_end_on, null, null, measured_to_on, is_partial, waiting_count, \
                past_standard_count, due_next_7_days_count
                from fpw.mart.queue_monthly
                where queue = 'first_look' and is_total and month_start_on in ('2015-03-01', '2015-04-01', '2015-11-01')
                order by 1, 2"""))
                .containsExactly(
                        "month|2015-03-01|2015-03-31|null|null|2015-03-31|true|0|0|0",
                        "month|2015-04-01|2015-04-30|null|null|2015-04-30|false|0|0|0",
                        "month|2015-11-01|2015-11-30|null|null|2015-11-10|true|5|3|1",
                        // the figures begin on its Saturday
                        "week|2015-03-23|2015-03-29|2015|13|2015-03-29|true|1|0|1",
                        "week|2015-03-30|2015-04-05|2015|14|2015-04-05|false|0|0|0",
                        "week|2015-11-09|2015-11-15|2015|46|2015-11-10|true|5|3|1");
    }

    @Test
    void countsAreNullWhereNoStandardCanApply() {
        assertThat(WAREHOUSE.rows("""
                select queue, slice_value, past_standard_count, due_next_7_days_count
                from fpw.mart.queue_daily
                where day = '2015-11-10' and queue in ('in_work', 'whole_of_one_stage')
                order by queue, slice_value"""))
                .containsExactly(
                        "in_work|all|null|null",
                        "whole_of_one_stage|(not recorded)|null|null",
                        "whole_of_one_stage|(not recorded) x odd|null|null",
                        "whole_of_one_stage|all|7|2",
                        "whole_of_one_stage|even|4|1",
                        "whole_of_one_stage|high|7|2",
                        // H02, H04, H06, H12, and soon H08
                        "whole_of_one_stage|high x even|4|1",
                        // H03, H05, H11, and soon H09
                        "whole_of_one_stage|high x odd|3|1",
                        "whole_of_one_stage|low|null|null",
                        "whole_of_one_stage|low x even|null|null",
                        "whole_of_one_stage|low x odd|null|null",
                        "whole_of_one_stage|odd|3|1",
                        "whole_of_one_stage|urgent|null|null",
                        "whole_of_one_stage|urgent x even|null|null");
    }

    @Test
    void stagesThatTileTheirQueueAddUpAndOthersStopTheRelease() {
        // H07 was withdrawn on 5 June, which the stage never sees: every day from then to 10 November
        assertThat(result.quality())
                .filteredOn(test -> test.failedCount() > 0)
                .extracting(QualityResult::code, QualityResult::severity, QualityResult::failedCount)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("STAGES_ADD_UP", "stop", 159L));
        assertThat(WAREHOUSE.rows("select queue, parent_queue from fpw.mart.dim_queue order by queue"))
                .containsExactly(
                        "first_look|unresolved",
                        "in_work|unresolved",
                        "stage_that_forgets|whole_of_one_stage",
                        "unresolved|null",
                        "whole_of_one_stage|null");
    }

    @Test
    void standardsAreListedInTheirOrder() {
        assertThat(WAREHOUSE.rows("""
                select queue, queue_version, standard_order, standard, title, within_hours, within_days, applies_to
                from fpw.mart.dim_standard order by queue, standard_order"""))
                .containsExactly(
                        "first_look|2|1|urgent_within_24_hours|Urgent cases within 24 hours|24|null|priority high "
                                + "or urgent",
                        "first_look|2|2|within_28_days|Within 28 days|null|28|every item",
                        "whole_of_one_stage|1|1|urgent_within_2_days|Urgent cases within 2 days|null|2|priority high");
    }

    @Test
    void openCasesAreListedWithWhatIsRecordedOfThem() {
        assertThat(WAREHOUSE.rows("""
                select case_key, milestones_version, step_order, step, aware_on, age_days, status, status_on
                from fpw.mart.case_milestone_open
                order by case_key, step_order"""))
                .containsExactly(
                        "cases:M01|3|1|interview|2015-03-10|245|done|2015-03-12",
                        "cases:M01|3|2|safeguarding|2015-03-10|245|not recorded|null",
                        "cases:M02|3|1|interview|2015-01-05|309|not applicable|2015-01-07",
                        "cases:M02|3|2|safeguarding|2015-01-05|309|done|2015-06-03",
                        "cases:M07|3|1|interview|2015-11-10|0|not recorded|null",
                        "cases:M07|3|2|safeguarding|2015-11-10|0|not recorded|null");
    }

    @Test
    void silenceOfCasesWithoutItemsThatBelongToThem() {
        // M02 is open again, M07 is new, and its interview of tomorrow is not known yet
        assertThat(WAREHOUSE.rows("""
                select case_key, age_days, last_recorded_on, last_event, silent_days, is_never_recorded
                from fpw.mart.case_silence
                order by case_key"""))
                .containsExactly(
                        "cases:M01|245|2015-03-20|interviewed|235|false",
                        "cases:M02|309|2015-06-03|measure_in_place|160|false",
                        "cases:M07|0|null|null|0|true");
        assertThat(WAREHOUSE.rows("""
                select case_key, open_queue_count, waiting_since_on, clock_days, clock_reason
                from fpw.mart.case_clock
                order by case_key"""))
                .containsExactly("cases:M01|0|null|0|null", "cases:M02|0|null|0|null", "cases:M07|0|null|0|null");
    }

    @Test
    void casesThatMilestonesKnowAreUsed() {
        // M04 was closed without ever having been opened
        assertThat(result.accounts().get(0).excluded()).containsExactly(new Excluded("NO_QUEUE", 1));
        assertThat(result.accounts().get(0).usedCount())
                .isEqualTo(EVENTS.lines().count() - 2);
        // nothing is known about M05 before the business date
        assertThat(result.accounts().get(0).aheadCount()).isEqualTo(1);
    }

    @Test
    void noFeedCanHaveTheNameOfATableThatTheNightKeeps() {
        // of all test classes that may have run before
        Set<String> feeds = Set.of(
                "case_events",
                "device_events",
                "arrivals",
                "departures",
                "calls",
                "log",
                "posts",
                "reports",
                "peel_grades",
                "case_audits",
                "audits",
                "case_log",
                "device_log",
                "devices",
                "verdicts",
                "visits");
        Set<String> views = Arrays.stream(WAREHOUSE.spark().sqlContext().tableNames())
                .filter(name -> !feeds.contains(name) && !ReservedNames.all().contains(name))
                .filter(name -> !name.startsWith("expected_") && !name.startsWith("wrong_"))
                .collect(Collectors.toSet());
        assertThat(views).isEmpty();
        assertThat(ReservedNames.all()).contains("spell", "queue_daily");
    }

    @Test
    void nightWithoutAReleaseBeforeItIsComparedWithNone() {
        assertThat(result.changes()).isEmpty();
        assertThat(result.comparedWith()).isNull();
    }

    @Test
    void eventThatIsNotDeclaredIsAnError() {
        MetricsResult wrong = night("""
                H01 | received | 2015-03-28 | high |
                H02 | recieved | 2015-03-28 | high |
                """);

        assertThat(wrong.errors())
                .extracting(Object::toString)
                .containsExactly("staging/case_events.yml: events: the query returns the event 'recieved', "
                        + "which is not declared, in 1 row; add it to 'events', or map it to another "
                        + "event or filter it out in the query");
        assertThat(wrong.tables()).isEmpty();
    }
}
