package uk.fpw.metrics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.TestSpark;

/** Which spells make a cohort, which days have rows, and what stands beside them. */
class WaitCohortsIT {

    private static final SparkSession SPARK = TestSpark.session();

    @BeforeAll
    static void computeTheModels() {
        Spells spells = new Spells().queue("devices", 30, List.of("examined", "withdrawn"));
        Map<String, String> phone = Map.of("device_type", "phone");
        Map<String, String> computer = Map.of("device_type", "computer");
        LocalDate open = Spells.AS_OF;
        // contributor, re-entry, slices, entered, observed from, observed to, left as; business date 2016-01-12
        spells.add(
                "devices", "case 1", false, phone, day("2015-03-31"), day("2015-03-31"), day("2015-04-10"), "examined");
        spells.add(
                "devices", "case 1", false, phone, day("2015-04-01"), day("2015-04-01"), day("2015-04-01"), "examined");
        spells.add("devices", "case 2", false, computer, day("2015-12-01"), day("2015-12-01"), open, null);
        spells.add(
                "devices",
                "case 2",
                true,
                computer,
                day("2015-05-01"),
                day("2015-05-01"),
                day("2015-05-04"),
                "withdrawn");
        // ended before observation began: never seen waiting
        spells.add(
                "devices", "case 3", false, phone, day("2015-01-01"), day("2015-03-01"), day("2015-02-01"), "examined");
        // under way when observation began: enters on day 5
        spells.add(
                "devices", "case 4", false, phone, day("2015-02-24"), day("2015-03-01"), day("2015-03-06"), "examined");
        spells.compute(SPARK);
    }

    @Test
    void cohortsAreFirstEntriesTheirFinancialYearsAndReentries() {
        assertThat(lines(
                        "select concat_ws(' | ', slice_value, cohort, spell_count, left_count, contributor_count, is_provisional)"
                                + " from wait_summary order by slice_value, cohort"))
                .containsExactly(
                        "all | first entries | 4 | 3 | 3 | true",
                        "all | first entries 2014/15 | 2 | 2 | 2 | false",
                        "all | first entries 2015/16 | 2 | 1 | 2 | true",
                        "all | re-entries | 1 | 1 | 1 | false",
                        "computer | first entries | 1 | 0 | 1 | true",
                        "computer | first entries 2015/16 | 1 | 0 | 1 | true",
                        "computer | re-entries | 1 | 1 | 1 | false",
                        "phone | first entries | 3 | 3 | 2 | false",
                        "phone | first entries 2014/15 | 2 | 2 | 2 | false",
                        "phone | first entries 2015/16 | 1 | 1 | 1 | false");
    }

    @Test
    void everyReasonHasRowsOnRoundDaysAndOnDaysWithEntriesOrExits() {
        assertThat(lines("select concat_ws(' | ', wait_days, exit_reason, at_risk_count, left_count, censored_count)"
                        + " from wait_curve where slice_value = 'phone' and cohort = 'first entries' and exit_reason <> 'withdrawn'"
                        + " order by wait_days, exit_reason"))
                .containsExactly(
                        "0 | all | 2 | 1 | 0",
                        "0 | examined | 2 | 1 | 0",
                        "5 | all | 2 | 0 | 0", // the late entry
                        "5 | examined | 2 | 0 | 0",
                        "7 | all | 2 | 0 | 0",
                        "7 | examined | 2 | 0 | 0",
                        "10 | all | 2 | 2 | 0",
                        "10 | examined | 2 | 2 | 0");
        assertThat(lines("select concat_ws(' | ', wait_days, left_count, left_share, left_share_standard_error)"
                        + " from wait_curve where slice_value = 'phone' and cohort = 'first entries' and exit_reason = 'withdrawn'"
                        + " order by wait_days"))
                .containsExactly("0 | 0 | 0.0 | 0.0", "5 | 0 | 0.0 | 0.0", "7 | 0 | 0.0 | 0.0", "10 | 0 | 0.0 | 0.0");
    }

    @Test
    void completedOnlyMedianIsOfEndedWaitsOnly() {
        assertThat(lines("select concat_ws(' | ', slice_value, completed_only_median_days)"
                        + " from wait_summary where cohort = 'first entries' order by slice_value"))
                .containsExactly("all | 10.0", "computer", "phone | 10.0");
    }

    private static List<String> lines(String query) {
        return SPARK.sql(query).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }
}
