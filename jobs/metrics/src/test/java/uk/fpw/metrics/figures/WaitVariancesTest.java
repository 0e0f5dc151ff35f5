package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.statistics.wait.Golden;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.PeriodKind;
import uk.fpw.warehouse.force.queue.WaitComparison;

/**
 * Variances by contributor through spells, both passes over them, and the rows of the marts. Four copies of the cases
 * of {@code golden/cluster/cases.csv}, so that there are enough for intervals: shares are those of one copy, standard
 * errors half of R's, and chi-square, the squared sum of four over four variances, four times R's robust score.
 */
class WaitVariancesTest {

    private static final int COPIES = 4;
    private static final String CURVES = "mart.wait_curve";
    private static final String SUMMARIES = "mart.wait_summary";
    private static final String WINDOWS = "mart.wait_window";
    private static final String COMPARISONS = "mart.wait_comparison";

    private static ComparisonSpec bySlice(String name, int within) {
        return new ComparisonSpec(name, name, WaitComparison.By.SLICE, 0, null, false, List.of(), within, null, null);
    }

    private static Spells cases(int copies) {
        Spells spells = new Spells()
                .queue(
                        "cases",
                        0,
                        List.of("group", "stratum"),
                        List.of("examined", "returned", "withdrawn"),
                        List.of(bySlice("group", ComparisonSpec.NO_SLICE), bySlice("group_within_strata", 1)));
        for (int copy = 0; copy < copies; copy++) {
            for (Map<String, String> row : Golden.csv("../cluster/cases.csv")) {
                int first = (int) Golden.number(row, "first_day");
                int exit = (int) Golden.number(row, "exit_day");
                String reason = Golden.field(row, "reason");
                LocalDate entered = Spells.AS_OF.minusDays(exit + (reason.isEmpty() ? 0L : 10L));
                spells.add(
                        "cases",
                        copy + " " + Golden.field(row, "contributor"),
                        false,
                        Map.of("group", Golden.field(row, "group"), "stratum", Golden.field(row, "stratum")),
                        entered,
                        entered.plusDays(first),
                        entered.plusDays(exit),
                        reason.isEmpty() ? null : reason);
            }
        }
        return spells;
    }

    private static JsonNode expected() {
        return Golden.json("../cluster/cases_expected.json");
    }

    private static Stream<Spells.Row> total(Map<String, List<Spells.Row>> rows, String mart) {
        return rows.getOrDefault(mart, List.of()).stream()
                .filter(row -> row.has("is_total", true) && row.has("cohort", "first entries"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void errorsOfCurvesAreThoseOfTheReference(int parts) {
        List<Spells.Row> curve = total(cases(COPIES).byContributor(parts, Set.of(CURVES)), CURVES)
                .toList();
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < expected().get("time").size(); i++) {
            int day = expected().get("time").get(i).intValue();
            Spells.Row row = row(curve, day, "all");
            String at = "day " + day + ": ";
            double share = expected().get("still_waiting").get(i).doubleValue();
            Golden.same(softly, at + "share", share, row.number("still_waiting_share"));
            if (share > 0) {
                Golden.same(
                        softly,
                        at + "standard error",
                        expected().get("standard_error").get(i).doubleValue() / 2,
                        row.number("still_waiting_standard_error"));
                softly.assertThat(row.number("still_waiting_low")).as(at).isNotNull();
            }
            for (String reason : List.of("examined", "returned", "withdrawn")) {
                Golden.same(
                        softly,
                        at + reason,
                        expected().get("share_standard_error_" + reason).get(i).doubleValue() / 2,
                        row(curve, day, reason).number("left_share_standard_error"));
            }
        }
        softly.assertThat(curve).allMatch(row -> row.has("interval_status", "ok"));
        softly.assertAll();
    }

    private static Spells.Row row(List<Spells.Row> curve, int day, String reason) {
        return curve.stream()
                .filter(one -> one.has("wait_days", day) && one.has("exit_reason", reason))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void testsAreThoseOfTheReference() {
        List<Spells.Row> rows =
                cases(COPIES).byContributor(3, Set.of(COMPARISONS)).getOrDefault(COMPARISONS, List.of());
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(rows).hasSize(2);
        for (Spells.Row row : rows) {
            String score = row.has("comparison", "group") ? "robust_score" : "robust_score_within_strata";
            Golden.same(softly, score, COPIES * expected().get(score).doubleValue(), row.number("chi_square"));
            softly.assertThat(row.text("variance")).isEqualTo("by contributor");
            softly.assertThat(row.text("test_status")).isEqualTo("ok");
            // two cases have devices in both groups
            softly.assertThat(row.count("first_contributor_count") + row.count("second_contributor_count"))
                    .isEqualTo(row.count("contributor_count") + 2 * COPIES);
            softly.assertThat(row.count("item_count")).isEqualTo(130 * COPIES);
            softly.assertThat(row.text("first_interval_status"))
                    .matches("too few: [0-9]+ cases or people, fewer than 150, some with several items");
            softly.assertThat(row.number("first_median_low_days")).isNull();
        }
        softly.assertAll();
    }

    @Test
    void fewContributorsHaveSharesButNeitherIntervalsNorTests() {
        Map<String, List<Spells.Row>> rows = cases(1).byContributor(2, Set.of(CURVES, SUMMARIES, WINDOWS, COMPARISONS));
        SoftAssertions softly = new SoftAssertions();
        List<Spells.Row> all =
                Stream.of(CURVES, SUMMARIES).flatMap(mart -> total(rows, mart)).toList();
        String reason = "too few: " + all.get(0).count("contributor_count")
                + " cases or people, fewer than 150, some with several items";
        softly.assertThat(all).allMatch(row -> row.has("interval_status", reason));
        softly.assertThat(total(rows, CURVES)
                        .filter(row -> row.has("exit_reason", "all"))
                        .toList())
                .allMatch(row -> row.number("still_waiting_share") != null
                        && row.number("still_waiting_standard_error") == null
                        && row.number("still_waiting_low") == null
                        && row.number("still_waiting_high") == null);
        Spells.Row summary = total(rows, SUMMARIES).findFirst().orElseThrow();
        softly.assertThat(summary.number("median_days")).isEqualTo(21);
        softly.assertThat(summary.number("median_low_days")).isNull();
        softly.assertThat(summary.number("restricted_mean_days")).isNotNull();
        softly.assertThat(summary.number("restricted_mean_standard_error")).isNull();
        softly.assertThat(rows.getOrDefault(WINDOWS, List.of()))
                .isNotEmpty()
                .allMatch(row -> row.text("interval_status").startsWith("too few: "))
                .allMatch(row -> row.number("median_low_days") == null);
        softly.assertThat(rows.getOrDefault(COMPARISONS, List.of()))
                .hasSize(2)
                .allMatch(row -> row.text("test_status")
                        .matches("too few: [0-9]+ cases or people in the first group, fewer than 75, some with several "
                                + "items"))
                .allMatch(row -> row.number("chi_square") == null && row.number("first_expected_count") == null)
                .allMatch(row -> row.text("variance").equals("null") && row.number("log10_p") == null)
                .allMatch(row -> row.count("comparison_count") == 0);
        softly.assertAll();
    }

    /** The reference with one item each and nobody entering late. */
    @Test
    void curveOfOneItemEachIsTheUsualOne() {
        Spells spells = new Spells().queue("lung", 0, List.of("group"), List.of("1"), List.of(bySlice("group", -1)));
        Golden.csv("lung.csv")
                .forEach(row -> spells.wait(
                        "lung",
                        Map.of("group", Golden.field(row, "group")),
                        0,
                        (int) Golden.number(row, "time"),
                        Golden.reason(Golden.field(row, "status"))));
        Set<String> marts = Set.of(CURVES, SUMMARIES, COMPARISONS);
        Map<String, List<Spells.Row>> usual = spells.rows(1, marts);
        Map<String, List<Spells.Row>> found = spells.byContributor(2, marts);
        SoftAssertions softly = new SoftAssertions();
        for (String column : List.of(
                "still_waiting_standard_error",
                "still_waiting_low",
                "still_waiting_high",
                "left_share_standard_error",
                "left_share_low")) {
            List<Spells.Row> expected = total(usual, CURVES).toList();
            List<Spells.Row> curve = total(found, CURVES).toList();
            for (int i = 0; i < curve.size(); i++) {
                softly.assertThat(curve.get(i).day("wait_days"))
                        .isEqualTo(expected.get(i).day("wait_days"));
                same(
                        softly,
                        column,
                        expected.get(i).number(column),
                        curve.get(i).number(column));
            }
        }
        for (String column : List.of("median_low_days", "median_high_days", "restricted_mean_standard_error")) {
            same(
                    softly,
                    column,
                    total(usual, SUMMARIES).findFirst().orElseThrow().number(column),
                    total(found, SUMMARIES).findFirst().orElseThrow().number(column));
        }
        Spells.Row test = Objects.requireNonNull(found.get(COMPARISONS)).get(0);
        softly.assertThat(test.text("variance")).isEqualTo("hypergeometric");
        softly.assertThat(test.number("chi_square"))
                .isEqualTo(Objects.requireNonNull(usual.get(COMPARISONS)).get(0).number("chi_square"));
        softly.assertAll();
    }

    private static void same(SoftAssertions softly, String what, @Nullable Double expected, @Nullable Double found) {
        if (expected == null || expected == 0) {
            softly.assertThat(found).as(what).isEqualTo(expected);
        } else {
            Golden.same(softly, what, expected, found);
        }
    }

    /**
     * 200 cases of two devices that came on 1 January and of which both left on the same day: shares are those of
     * cases, and their errors those of 200 cases, not of 400 devices.
     */
    @Test
    void sharesServedAreOfCasesWhateverTheReason() {
        Spells spells = new Spells().queue("devices", 0, List.of(), List.of("examined", "returned", "withdrawn"));
        LocalDate entered = LocalDate.of(2015, 1, 1);
        for (int i = 0; i < 200; i++) {
            int day = i < 40 ? 10 : i < 60 ? 20 : i < 100 ? 30 : 70;
            String reason = i < 40 ? "examined" : i < 60 ? "returned" : i < 100 ? "withdrawn" : "examined";
            for (int device = 0; device < 2; device++) {
                spells.add("devices", "case " + i, false, Map.of(), entered, entered, entered.plusDays(day), reason);
            }
        }
        Spells.Row quarter = spells.byContributor(2, Set.of(WINDOWS)).getOrDefault(WINDOWS, List.of()).stream()
                .filter(row -> row.has("window_kind", "quarter"))
                .findFirst()
                .orElseThrow();

        assertThat(quarter.text("interval_status")).isEqualTo("ok");
        assertThat(quarter.number("served_30_share")).isCloseTo(0.3, within(1e-15));
        assertThat(quarter.number("served_90_share")).isCloseTo(0.8, within(1e-15));
        assertThat(quarter.number("served_180_share")).isCloseTo(0.8, within(1e-15));
        // p^exp(+-1.96 sqrt(p (1 - p) / 200) / (p |ln p|)), computed by another program
        assertThat(quarter.number("served_30_low")).isCloseTo(0.23801398937679222, within(1e-12));
        assertThat(quarter.number("served_30_high")).isCloseTo(0.3642772350948667, within(1e-12));
        assertThat(quarter.number("served_90_low")).isCloseTo(0.7375627433733442, within(1e-12));
        assertThat(quarter.number("served_90_high")).isCloseTo(0.849102421187137, within(1e-12));
    }

    @Test
    void noShareIsToldBeyondWhatWasFollowedNorWithoutItsBeginning() {
        Spells spells = new Spells().queue("devices", 0, List.of(), List.of("examined"));
        LocalDate entered = LocalDate.of(2015, 3, 1);
        spells.add("devices", "one", false, Map.of(), entered, entered, entered.plusDays(3), "examined");
        spells.add("devices", "other", false, Map.of(), entered, entered, entered.plusDays(60), "examined");

        assertThat(spells.byContributor(1, Set.of(WINDOWS)).getOrDefault(WINDOWS, List.of()).stream()
                        .map(row -> row.text("period") + " " + row.text("served_30_share") + " "
                                + row.text("served_90_share") + " " + row.text("served_30_low")))
                .containsExactlyInAnyOrder(
                        "2014/15 0.5 null null",
                        "2015/16 null null null",
                        "2015 Q1 0.5 null null",
                        "2015 Q2 null null null");
    }

    /** 30 cases with one device each, which waits through both years: one item, so that the items are independent. */
    @Test
    void itemInTwoWindowsIsOneItem() {
        Spells spells = new Spells()
                .queue(
                        "devices",
                        0,
                        List.of(),
                        List.of("examined"),
                        List.of(new ComparisonSpec(
                                "years",
                                "years",
                                WaitComparison.By.WINDOW,
                                ComparisonSpec.NO_SLICE,
                                PeriodKind.FINANCIAL_YEAR,
                                false,
                                Stream.of("2014/15", "2015/16")
                                        .map(title -> Objects.requireNonNull(CalendarPeriod.parse(title)))
                                        .map(year -> new ComparisonSpec.Group(year.number(), ""))
                                        .toList(),
                                ComparisonSpec.NO_SLICE,
                                null,
                                null)));
        LocalDate entered = LocalDate.of(2015, 3, 1);
        for (int i = 0; i < 32; i++) {
            spells.add(
                    "devices", "case " + i, false, Map.of(), entered, entered, entered.plusDays(i + 29L), "examined");
        }
        List<Spells.Row> rows = spells.byContributor(1, Set.of(COMPARISONS)).getOrDefault(COMPARISONS, List.of());

        assertThat(rows).hasSize(1);
        assertThat(List.of("first_spell_count", "second_spell_count", "item_count", "contributor_count"))
                .extracting(rows.get(0)::count)
                .containsExactly(32L, 30L, 32L, 32L);
        assertThat(rows.get(0).text("variance")).isEqualTo("null");
        assertThat(rows.get(0).text("test_status"))
                .isEqualTo("on no day of their wait were items of both at risk while only some of them left");
    }
}
