package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** Silence and waits of hand-made cases and their devices; every expected figure was counted from these lists. */
@Tag("thorough")
class CasesIT {

    private static final LocalDate AS_OF = LocalDate.of(2015, 11, 10);

    private static final String CASES = """
            C1 | became_aware | 2015-03-01 |
            C1 | interviewed  | 2015-03-11 |
            C1 | reviewed     | 2015-10-01 | with C2 and C3, three of five open cases: a bulk update
            C2 | became_aware | 2015-06-01 | nothing else is recorded
            C2 | reviewed     | 2015-10-01 |
            C3 | became_aware | 2015-01-10 |
            C3 | case_closed  | 2015-02-01 |
            C3 | became_aware | 2015-09-01 | open again: counts from January
            C3 | reviewed     | 2015-10-01 |
            C3 | reviewed     | 2015-10-02 | of one case: activity
            C4 | reviewed     | 2015-10-30 | before the force became aware
            C4 | became_aware | 2015-11-01 |
            C4 | interviewed  | 2015-11-01 |
            C4 | reviewed     | 2015-11-11 | not known yet
            C5 | became_aware | 2015-05-01 |
            C5 | case_closed  | 2015-05-20 |
            C5 | reviewed     | 2015-10-01 | of a case that is closed
            C6 | became_aware | 2015-10-20 |
            """;

    private static final String DEVICES = """
            D1 | C1 | seized       | 2015-03-06 | waits to be submitted
            D2 | C1 | seized       | 2015-04-02 |
            D2 | C1 | submitted    | 2015-04-03 |
            D2 | C1 | result_given | 2015-04-05 | the last activity of C1
            D4 |    | seized       | 2015-10-15 | of no case
            D4 |    | submitted    | 2015-10-16 |
            D5 | C4 | seized       | 2015-11-05 |
            D5 | C4 | submitted    | 2015-11-10 |
            D6 | C6 | seized       | 1980-05-01 | nobody believes it
            """;

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static final Force FORCE = SparkTestWarehouse.force("cases");

    private static MetricsResult night(Coverage coverage, String releaseId) {
        WAREHOUSE.load(FORCE.feed("case_log"), rows(CASES, "case_id", "event"));
        WAREHOUSE.load(FORCE.feed("device_log"), rows(DEVICES, "device_id", "case_id", "event"));
        MetricsResult result = WAREHOUSE.compute(FORCE, coverage, releaseId);
        assertThat(result.errors()).isEmpty();
        assertThat(result.quality())
                .filteredOn(test -> test.failedCount() > 0 && test.severity().equals("stop"))
                .extracting(QualityResult::code, QualityResult::message)
                .isEmpty();
        return result;
    }

    /** Lines of fields; the last field is a day, followed by a remark. */
    private static Dataset<Row> rows(String lines, String... columns) {
        List<String> all = lines.lines().toList();
        String values = IntStream.range(0, all.size())
                .mapToObj(i -> {
                    List<String> fields = Arrays.stream(all.get(i).split("\\|"))
                            .map(String::strip)
                            .toList();
                    return "(" + i + ", "
                            + fields.subList(0, columns.length).stream()
                                    .map(field -> field.isEmpty() ? "null" : "'" + field + "'")
                                    .collect(Collectors.joining(", "))
                            + ", date '" + fields.get(columns.length) + "')";
                })
                .collect(Collectors.joining(",\n"));
        String names = String.join(", ", columns);
        return WAREHOUSE
                .spark()
                .sql("select cast(seq as bigint) as seq, " + names + ", happened_on from values\n" + values
                        + "\nas rows(seq, " + names + ", happened_on)");
    }

    @Test
    void silenceAndClockOfEveryOpenCase() {
        night(Coverage.whole(FORCE, AS_OF), "2015-11-10.1");

        assertThat(WAREHOUSE.rows("""
                select milestones, milestones_version, case_key, aware_on, age_days, last_recorded_on, last_item_kind, \
                last_event, silent_days, is_never_recorded, ignored_event_count, silence_reason, data_as_at
                from fpw.mart.case_silence order by case_key"""))
                .containsExactly(
                        "child_protection|4|cases:C1|2015-03-01|254|2015-04-05|device|result_given|219|false|1|null"
                                + "|2015-11-10",
                        "child_protection|4|cases:C2|2015-06-01|162|null|null|null|162|true|1|null|2015-11-10",
                        "child_protection|4|cases:C3|2015-01-10|304|2015-10-02|case|reviewed|39|false|1|null"
                                + "|2015-11-10",
                        "child_protection|4|cases:C4|2015-11-01|9|2015-11-10|device|submitted|0|false|0|null"
                                + "|2015-11-10",
                        "child_protection|4|cases:C6|2015-10-20|21|null|null|null|21|true|0|null|2015-11-10");
        assertThat(WAREHOUSE.rows("""
                select silent_over_days, open_case_count, silent_case_count, never_recorded_count, \
                unknown_case_count, unknown_reason, contributor_count
                from fpw.mart.case_silence_count where milestones = 'child_protection' order by silent_over_days"""))
                .containsExactly("28|5|3|1|0|null|5", "56|5|2|1|0|null|5", "91|5|2|1|0|null|5", "182|5|1|0|0|null|5");
        assertThat(WAREHOUSE.rows("""
                select silent_over_days, open_case_count, silent_case_count, unknown_case_count, unknown_reason
                from fpw.mart.case_silence_count where milestones = 'unwatched' order by silent_over_days"""))
                .hasSize(4)
                .first()
                .isEqualTo("28|5|null|5|the milestones count no event as activity; name some in silence.activity of "
                        + "milestones/unwatched.yml");
        assertThat(WAREHOUSE.rows("""
                select case_key, open_queue_count, waiting_item_count, waiting_since_on, waiting_days_now, \
                longest_stage, longest_stage_days, clock_days, clock_reason
                from fpw.mart.case_clock where milestones = 'child_protection' order by case_key"""))
                .containsExactly(
                        // the interview was awaited from 1 March; D2's wait lies within D1's
                        "cases:C1|1|1|2015-03-06|254|awaiting_submission|249|254|null",
                        "cases:C2|1|0|2015-06-01|162|cases_awaiting_interview|162|162|null",
                        // 22 days until it was closed, and 70 since it was reopened
                        "cases:C3|1|0|2015-09-01|70|cases_awaiting_interview|70|92|null",
                        // interviewed at once: only the wait of D5, which has been in the laboratory since today
                        "cases:C4|1|1|2015-11-05|5|in_laboratory|0|5|null",
                        "cases:C6|2|1|null|null|null|null|null|an entry into queue awaiting_submission is dated "
                                + "before its earliest_entry");
        // without linked items a case waits by itself
        assertThat(WAREHOUSE.rows("""
                select case_key, open_queue_count, waiting_item_count, clock_days
                from fpw.mart.case_clock where milestones = 'unwatched' order by case_key"""))
                .containsExactly(
                        "cases:C1|0|0|10", "cases:C2|1|0|162", "cases:C3|1|0|92", "cases:C4|0|0|0", "cases:C6|1|0|21");
    }

    @Test
    void whatAMissingFeedWouldSayIsNotKnown() {
        night(new Coverage(AS_OF, Map.of("case_log", AS_OF, "device_log", LocalDate.of(2015, 11, 8))), "2015-11-10.2");

        assertThat(WAREHOUSE.rows("""
                select age_days, last_recorded_on, silent_days, is_never_recorded, ignored_event_count, silence_reason
                from fpw.mart.case_silence where case_key = 'cases:C2'"""))
                .containsExactly("162|null|null|null|null|feed device_log last loaded completely for 2015-11-08");
        assertThat(WAREHOUSE.rows("""
                select silent_case_count, unknown_case_count, unknown_reason
                from fpw.mart.case_silence_count where milestones = 'child_protection' and silent_over_days = 28
                """)).containsExactly("null|5|feed device_log last loaded completely for 2015-11-08");
        assertThat(WAREHOUSE.rows("""
                select milestones, open_queue_count, waiting_item_count, clock_days, clock_reason
                from fpw.mart.case_clock where case_key = 'cases:C2' order by milestones"""))
                .containsExactly(
                        "child_protection|null|null|null|feed device_log last loaded completely for 2015-11-08",
                        "unwatched|1|0|162|null");
    }
}
