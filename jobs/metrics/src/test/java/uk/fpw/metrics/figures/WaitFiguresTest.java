package uk.fpw.metrics.figures;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.statistics.wait.Golden;
import uk.fpw.statistics.wait.GoldenCurve;
import uk.fpw.statistics.wait.SurvivalCurve;

/** The reference figures through spells, their counts and the rows of the marts: each case is a queue of its own. */
class WaitFiguresTest {

    private static final String FIRST_ENTRIES = "first entries";

    private static List<Spells.Row> curve = List.of();
    private static List<Spells.Row> summaries = List.of();

    @BeforeAll
    static void computeTheRows() {
        Spells.Marts marts = spells().marts(1);
        curve = marts.curve();
        summaries = marts.summary();
    }

    static Stream<String> delayedEntryCasesInWholeDays() {
        // The item of lifelines_almost_tied enters on day 1.9, which no calendar date can say.
        return Golden.cases("delayed_entry_edge_expected.json").stream()
                .filter(name -> !name.equals("lifelines_almost_tied"));
    }

    static List<String> edgeCases() {
        return Golden.cases("edge_cases_expected.json");
    }

    static List<String> competingCases() {
        return Golden.cases("aj_small_expected.json");
    }

    @ParameterizedTest
    @CsvSource({
        "aml, all, all",
        "aml, group, Maintained",
        "aml, group, Nonmaintained",
        "lung, all, all",
        "lung, group, female",
        "lung, group, male",
        "veteran, all, all",
        "veteran, group, standard",
        "veteran, group, test"
    })
    void curvesOfTheDatasetsEqualTheReference(String dataset, String slice, String value) {
        String stratum = slice.equals("all") ? "all" : "group=" + value;
        JsonNode expected = Golden.json(dataset + "_expected.json")
                .get(slice.equals("all") ? "overall" : "by_group")
                .get(stratum);
        SoftAssertions softly = new SoftAssertions();
        GoldenCurve.datasetSteps(softly, dataset, stratum, steps(dataset, slice, value));
        summary(softly, dataset + " " + stratum, expected, summaryRow(dataset, slice, value));
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("edgeCases")
    void curvesOfTheEdgeCasesEqualTheReference(String name) {
        JsonNode expected = Golden.json("edge_cases_expected.json").get(name);
        SoftAssertions softly = new SoftAssertions();
        GoldenCurve.steps(softly, name, expected.get("curve"), steps(name, "all", "all"));
        summary(softly, name, expected.get("overall").get("all"), summaryRow(name, "all", "all"));
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("delayedEntryCasesInWholeDays")
    void curvesWithLateEntryEqualTheReference(String name) {
        JsonNode expected = Golden.json("delayed_entry_edge_expected.json").get(name);
        SoftAssertions softly = new SoftAssertions();
        ArrayNode readable = JsonNodeFactory.instance.arrayNode();
        // R carries the curve on after the risk set has emptied; here nothing is said of those days.
        expected.get("curve").forEach(step -> {
            if (!name.equals("risk_set_empties_early") || step.get("time").intValue() <= 2) {
                readable.add(step);
            }
        });
        GoldenCurve.steps(softly, name, readable, steps(name, "all", "all"));
        Golden.same(
                softly,
                name + ": median",
                Golden.numberOrNull(expected.get("median_midpoint")),
                summaryRow(name, "all", "all").number("median_days"));
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("competingCases")
    void sharesByReasonEqualTheReference(String name) {
        JsonNode expected = Golden.json("aj_small_expected.json").get(name);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < expected.get("time").size(); i++) {
            int day = expected.get("time").get(i).intValue();
            for (int k = 0; k < 3; k++) {
                String reason = String.valueOf(k + 1);
                Spells.Row row = rows(curve, name, "all", "all")
                        .filter(one -> one.has("wait_days", day) && one.has("exit_reason", reason))
                        .findFirst()
                        .orElseThrow();
                String at = name + " at " + day + " [" + reason + "]: ";
                Golden.same(
                        softly, at + "cif", expected.get("cif").get(k).get(i).doubleValue(), row.number("left_share"));
                Golden.same(
                        softly,
                        at + "se_greenwood",
                        expected.get("se_greenwood").get(k).get(i).doubleValue(),
                        row.number("left_share_standard_error"));
            }
        }
        softly.assertAll();
    }

    @Test
    void statusTellsWhatToKnowBeforeReading() {
        assertThat(status("lung")).isEqualTo("ok");
        assertThat(status("all_censored")).isEqualTo("no exits");
        // The reference starts its items at 0, after day 0: in whole days they are observed from day 1 on.
        assertThat(status("risk_set_empties_early"))
                .isEqualTo("nobody observed before day 1: shares are of those still waiting then; "
                        + "risk set empties on day 2 while later items enter: read only up to day 2");
    }

    @Test
    void sharesAndRestrictedMeanAreNullAfterTheRiskSetHasEmptied() {
        assertThat(rows(curve, "risk_set_empties_early", "all", "all")
                        .filter(row -> row.has("exit_reason", "all"))
                        .map(row -> row.day("wait_days") + " " + row.count("left_count") + " "
                                + row.number("still_waiting_share") + " " + row.number("left_share")))
                .containsExactly(
                        "0 0 1.0 0.0",
                        "1 1 0.5 0.5",
                        "2 1 0.0 1.0",
                        "4 0 null null",
                        "5 1 null null",
                        "6 0 null null",
                        "7 1 null null",
                        "8 1 null null");
        Spells.Row summary = summaryRow("risk_set_empties_early", "all", "all");
        assertThat(summary.number("median_days")).isEqualTo(1.5);
        assertThat(summary.number("p95_days")).isEqualTo(2.0);
        assertThat(summary.number("restricted_mean_days")).isNull();
        assertThat(summary.number("restricted_mean_standard_error")).isNull();
    }

    @Test
    void everyCurveFallsAndItsReasonsAddUp() {
        SoftAssertions softly = new SoftAssertions();
        byCohort(curve).forEach((cohort, rows) -> {
            double before = 1;
            for (List<Spells.Row> day : rows.stream()
                    .collect(Collectors.groupingBy(row -> row.day("wait_days"), TreeMap::new, toList()))
                    .values()) {
                String at = cohort + " on day " + day.get(0).day("wait_days");
                Spells.Row total = day.get(0);
                List<Spells.Row> reasons = day.subList(1, day.size());
                softly.assertThat(total.text("exit_reason")).as(at).isEqualTo("all");
                softly.assertThat(day.stream().map(row -> row.text("exit_reason")))
                        .as(at)
                        .doesNotHaveDuplicates();
                softly.assertThat(reasons.stream()
                                .mapToLong(row -> row.count("left_count"))
                                .sum())
                        .as(at)
                        .isEqualTo(total.count("left_count"));
                softly.assertThat(total.count("at_risk_count"))
                        .as(at)
                        .isGreaterThanOrEqualTo(total.count("left_count") + total.count("censored_count"));
                softly.assertThat(reasons).as(at).allSatisfy(row -> assertThat(row.number("still_waiting_share"))
                        .isNull());
                Double share = total.number("still_waiting_share");
                softly.assertThat(share == null).as(at).isEqualTo(total.number("left_share") == null);
                if (share != null) {
                    softly.assertThat(share).as(at).isBetween(0.0, before);
                    softly.assertThat(reasons.stream()
                                    .mapToDouble(row -> Objects.requireNonNull(row.number("left_share")))
                                    .sum())
                            .as(at)
                            .isCloseTo(1 - share, within(1e-9));
                    Double low = total.number("still_waiting_low");
                    if (low != null) {
                        softly.assertThat(share).as(at).isBetween(low, total.number("still_waiting_high"));
                    }
                    before = share;
                }
            }
        });
        softly.assertAll();
    }

    @Test
    void everySummaryAgreesWithItsCurve() {
        SoftAssertions softly = new SoftAssertions();
        Map<String, List<Spells.Row>> curves = byCohort(curve);
        assertThat(summaries).hasSameSizeAs(curves.keySet());
        byCohort(summaries).forEach((cohort, rows) -> {
            Spells.Row summary = rows.get(0);
            List<Spells.Row> total = curves.getOrDefault(cohort, List.of()).stream()
                    .filter(row -> row.has("exit_reason", "all"))
                    .toList();
            long left = total.stream().mapToLong(row -> row.count("left_count")).sum();
            long open =
                    total.stream().mapToLong(row -> row.count("censored_count")).sum();
            softly.assertThat(List.of(left + open, left, open))
                    .as(cohort)
                    .isEqualTo(List.of(
                            summary.count("spell_count"),
                            summary.count("left_count"),
                            summary.count("still_waiting_count")));
            softly.assertThat(Stream.of("median_low_days", "median_days", "median_high_days")
                            .map(column -> summary.number(column))
                            .filter(Objects::nonNull))
                    .as(cohort + ": interval of the median")
                    .isSorted();
            softly.assertThat(Stream.of("p25_days", "median_days", "p75_days", "p90_days", "p95_days")
                            .map(column -> summary.number(column))
                            .filter(Objects::nonNull))
                    .as(cohort + ": quantiles")
                    .isSorted();
            Double median = summary.number("median_days");
            for (Spells.Row row : total) {
                Double share = row.number("still_waiting_share");
                if (share != null) {
                    boolean isBefore = median == null || row.day("wait_days") < median;
                    softly.assertThat(isBefore ? 0.5 - share : share - 0.5)
                            .as(cohort + ": half on day " + row.day("wait_days"))
                            .isLessThanOrEqualTo(1e-7);
                }
            }
        });
        softly.assertAll();
    }

    @Test
    void neitherOrderNorPartsOfTheSpellsMatter() {
        Spells.Marts other = spells().reversed().marts(7);

        assertThat(other.curve()).containsExactlyInAnyOrderElementsOf(curve);
        assertThat(other.summary()).containsExactlyInAnyOrderElementsOf(summaries);
    }

    private static Map<String, List<Spells.Row>> byCohort(List<Spells.Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> String.join(
                                " | ",
                                Stream.of("queue", "slice", "slice_value", "cohort")
                                        .map(column -> row.text(column))
                                        .toList()),
                        TreeMap::new,
                        toList()));
    }

    private static Spells spells() {
        Spells spells = new Spells();
        for (String dataset : List.of("aml", "lung", "veteran")) {
            spells.queue(dataset, 0, List.of("group"), List.of("1"));
            Golden.csv(dataset + ".csv")
                    .forEach(row -> wait(spells, dataset, Map.of("group", Golden.field(row, "group")), row));
        }
        edgeCases().forEach(name -> spells.queue(name, 0, List.of(), List.of("1")));
        Golden.csv("edge_cases.csv").forEach(row -> wait(spells, Golden.field(row, "case"), Map.of(), row));
        delayedEntryCasesInWholeDays().forEach(name -> {
            spells.queue(name, 0, List.of(), List.of("1"));
            Golden.csv("delayed_entry_edge.csv").stream()
                    .filter(row -> Golden.field(row, "case").equals(name))
                    .forEach(row -> spells.wait(
                            name,
                            Map.of(),
                            (int) Golden.number(row, "start") + 1,
                            (int) Golden.number(row, "stop"),
                            Golden.reason(Golden.field(row, "status"))));
        });
        competingCases().forEach(name -> spells.queue(name, 0, List.of(), List.of("1", "2", "3")));
        Golden.csv("aj_small.csv")
                .forEach(row -> spells.wait(
                        Golden.field(row, "case"),
                        Map.of(),
                        (int) Golden.number(row, "first_day"),
                        (int) Golden.number(row, "exit_days"),
                        Golden.reason(Golden.field(row, "status"))));
        return spells;
    }

    private static void wait(Spells spells, String queue, Map<String, String> slices, Map<String, String> row) {
        spells.wait(queue, slices, 0, (int) Golden.number(row, "time"), Golden.reason(Golden.field(row, "status")));
    }

    /**
     * Rows of the total on which somebody left or was last seen, as far as the curve can be read, as the estimator's
     * steps.
     */
    private static List<SurvivalCurve.Step> steps(String queue, String slice, String value) {
        return rows(curve, queue, slice, value)
                .filter(row -> row.has("exit_reason", "all")
                        && row.count("left_count") + row.count("censored_count") > 0
                        && row.number("still_waiting_share") != null)
                .map(row -> new SurvivalCurve.Step(
                        row.day("wait_days"),
                        row.count("at_risk_count"),
                        row.count("left_count"),
                        row.count("censored_count"),
                        new SurvivalCurve.Point(
                                Objects.requireNonNull(row.number("still_waiting_share")),
                                row.number("still_waiting_standard_error"),
                                row.number("still_waiting_low"),
                                row.number("still_waiting_high"))))
                .toList();
    }

    private static Spells.Row summaryRow(String queue, String slice, String value) {
        return rows(summaries, queue, slice, value).findFirst().orElseThrow();
    }

    private static Stream<Spells.Row> rows(List<Spells.Row> table, String queue, String slice, String value) {
        return table.stream()
                .filter(row -> row.has("queue", queue)
                        && row.has("cohort", FIRST_ENTRIES)
                        && row.has("slice", slice)
                        && row.has("slice_value", value));
    }

    private static void summary(SoftAssertions softly, String name, JsonNode expected, Spells.Row row) {
        softly.assertThat(row.count("spell_count"))
                .as(name + ": n")
                .isEqualTo(expected.get("n").longValue());
        softly.assertThat(row.count("left_count"))
                .as(name + ": events")
                .isEqualTo(expected.get("events").longValue());
        softly.assertThat(row.day("longest_observed_days"))
                .as(name + ": max_time")
                .isEqualTo(expected.get("max_time").intValue());
        GoldenCurve.quantiles(softly, name, expected, p -> {
            String column = p == 0.5 ? "median" : "p" + Math.round(100 * p);
            return new SurvivalCurve.Quantile(
                    row.number(column + "_days"), row.number(column + "_low_days"), row.number(column + "_high_days"));
        });
    }

    private static String status(String queue) {
        return summaryRow(queue, "all", "all").text("curve_status");
    }
}
