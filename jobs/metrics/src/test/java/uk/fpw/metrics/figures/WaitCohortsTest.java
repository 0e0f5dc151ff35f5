package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which spells make a cohort, which days have rows, and what stands beside them. */
@Tag("time-zone")
class WaitCohortsTest {

    private static Spells.Marts marts = new Spells.Marts(List.of(), List.of());

    @BeforeAll
    static void computeTheRows() {
        Spells spells = new Spells().queue("devices", 30, List.of("device_type"), List.of("examined", "withdrawn"));
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
        // under way when observation began: enters on day 5
        spells.add(
                "devices", "case 4", false, phone, day("2015-02-24"), day("2015-03-01"), day("2015-03-06"), "examined");
        marts = spells.marts(3);
    }

    @Test
    void cohortsAreFirstEntriesTheirFinancialYearsAndReentries() {
        assertThat(lines(
                        marts.summary(),
                        row -> true,
                        "slice_value",
                        "cohort",
                        "spell_count",
                        "left_count",
                        "contributor_count",
                        "is_provisional"))
                .containsExactlyInAnyOrder(
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
        assertThat(lines(
                        marts.curve(),
                        row -> isFirstPhone(row) && !row.has("exit_reason", "withdrawn"),
                        "wait_days",
                        "exit_reason",
                        "at_risk_count",
                        "left_count",
                        "censored_count"))
                .containsExactly(
                        "0 | all | 2 | 1 | 0",
                        "0 | examined | 2 | 1 | 0",
                        "5 | all | 2 | 0 | 0", // the late entry
                        "5 | examined | 2 | 0 | 0",
                        "7 | all | 2 | 0 | 0",
                        "7 | examined | 2 | 0 | 0",
                        "10 | all | 2 | 2 | 0",
                        "10 | examined | 2 | 2 | 0");
        assertThat(lines(
                        marts.curve(),
                        row -> isFirstPhone(row) && row.has("exit_reason", "withdrawn"),
                        "wait_days",
                        "left_count",
                        "left_share",
                        "left_share_standard_error"))
                .containsExactly("0 | 0 | 0.0 | 0.0", "5 | 0 | 0.0 | 0.0", "7 | 0 | 0.0 | 0.0", "10 | 0 | 0.0 | 0.0");
    }

    @Test
    void completedOnlyMedianIsOfEndedWaitsOnly() {
        assertThat(lines(
                        marts.summary(),
                        row -> row.has("cohort", "first entries"),
                        "slice_value",
                        "completed_only_median_days"))
                .containsExactlyInAnyOrder("all | 10.0", "computer | null", "phone | 10.0");
    }

    private static boolean isFirstPhone(Spells.Row row) {
        return row.has("slice_value", "phone") && row.has("cohort", "first entries");
    }

    private static Stream<String> lines(List<Spells.Row> rows, Predicate<Spells.Row> which, String... columns) {
        return rows.stream()
                .filter(which)
                .map(row -> Stream.of(columns).map(row::text).collect(Collectors.joining(" | ")));
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }
}
