package uk.fpw.metrics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.metrics.TestSpark;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** The reference figures through spells and the models' SQL: each case is a queue of its own. */
class WaitModelsIT {

    private static final SparkSession SPARK = TestSpark.session();

    private static List<Row> curve = List.of();
    private static List<Row> summaries = List.of();

    @BeforeAll
    static void computeTheModels() {
        spells().compute(SPARK);
        curve = SPARK.sql("select * from wait_curve where cohort = 'first entries' order by wait_days")
                .collectAsList();
        summaries = SPARK.sql("select * from wait_summary where cohort = 'first entries'")
                .collectAsList();
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
                number(summaryRow(name, "all", "all"), "median_days"));
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
                Row row = rows(curve, name, "all", "all")
                        .filter(one -> one.<Integer>getAs("wait_days") == day
                                && one.getAs("exit_reason").equals(reason))
                        .findFirst()
                        .orElseThrow();
                String at = name + " at " + day + " [" + reason + "]: ";
                Golden.same(
                        softly, at + "cif", expected.get("cif").get(k).get(i).doubleValue(), number(row, "left_share"));
                Golden.same(
                        softly,
                        at + "se_greenwood",
                        expected.get("se_greenwood").get(k).get(i).doubleValue(),
                        number(row, "left_share_standard_error"));
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
                        .filter(row -> row.getAs("exit_reason").equals("all"))
                        .map(row -> row.getAs("wait_days") + " " + row.getAs("left_count") + " "
                                + row.getAs("still_waiting_share") + " " + row.getAs("left_share")))
                .containsExactly(
                        "0 0 1.0 0.0",
                        "1 1 0.5 0.5",
                        "2 1 0.0 1.0",
                        "4 0 null null",
                        "5 1 null null",
                        "6 0 null null",
                        "7 1 null null",
                        "8 1 null null");
        Row summary = summaryRow("risk_set_empties_early", "all", "all");
        assertThat(number(summary, "median_days")).isEqualTo(1.5);
        assertThat(number(summary, "p95_days")).isEqualTo(2.0);
        assertThat(number(summary, "restricted_mean_days")).isNull();
        assertThat(number(summary, "restricted_mean_standard_error")).isNull();
    }

    @Test
    void whatTheModelsPromiseHolds() {
        SoftAssertions softly = new SoftAssertions();
        for (Model model : Models.all()) {
            if (Set.of("mart.wait_curve", "mart.wait_summary").contains(model.table())) {
                Dataset<Row> rows = SPARK.table(model.name()).selectExpr("*", "true as is_available");
                for (Model.Test test : model.tests()) {
                    Dataset<Row> bad = test.query().isEmpty()
                            ? rows.where("not coalesce(" + test.expression() + ", false)")
                            : SPARK.sql(test.query());
                    softly.assertThat(bad.takeAsList(3))
                            .as(model.table() + " " + test.code())
                            .isEmpty();
                }
                softly.assertThat(rows.groupBy(
                                        model.grain().stream().map(rows::col).toArray(Column[]::new))
                                .count()
                                .where("count > 1")
                                .takeAsList(3))
                        .as(model.table() + ": grain")
                        .isEmpty();
            }
        }
        softly.assertAll();
    }

    @Test
    void orderOfTheSpellsDoesNotMatter() {
        List<String> curveBefore = sorted("wait_curve");
        List<String> summaryBefore = sorted("wait_summary");
        spells().reversed().compute(SPARK);
        assertThat(sorted("wait_curve")).isEqualTo(curveBefore);
        assertThat(sorted("wait_summary")).isEqualTo(summaryBefore);
    }

    private static List<String> sorted(String table) {
        return SPARK.table(table).toJSON().collectAsList().stream().sorted().toList();
    }

    private static Spells spells() {
        Spells spells = new Spells();
        for (String dataset : List.of("aml", "lung", "veteran")) {
            spells.queue(dataset, 0, List.of("1"));
            Golden.csv(dataset + ".csv")
                    .forEach(row -> wait(spells, dataset, Map.of("group", Golden.field(row, "group")), row));
        }
        edgeCases().forEach(name -> spells.queue(name, 0, List.of("1")));
        Golden.csv("edge_cases.csv").forEach(row -> wait(spells, Golden.field(row, "case"), Map.of(), row));
        delayedEntryCasesInWholeDays().forEach(name -> {
            spells.queue(name, 0, List.of("1"));
            Golden.csv("delayed_entry_edge.csv").stream()
                    .filter(row -> Golden.field(row, "case").equals(name))
                    .forEach(row -> spells.wait(
                            name,
                            Map.of(),
                            (int) Golden.number(row, "start") + 1,
                            (int) Golden.number(row, "stop"),
                            Golden.reason(Golden.field(row, "status"))));
        });
        competingCases().forEach(name -> spells.queue(name, 0, List.of("1", "2", "3")));
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

    /** Rows of the total on which somebody left or was last seen, as far as the curve can be read, as the estimator's steps. */
    private static List<SurvivalCurve.Step> steps(String queue, String slice, String value) {
        return rows(curve, queue, slice, value)
                .filter(row -> row.getAs("exit_reason").equals("all")
                        && row.<Long>getAs("left_count") + row.<Long>getAs("censored_count") > 0
                        && row.getAs("still_waiting_share") != null)
                .map(row -> new SurvivalCurve.Step(
                        row.<Integer>getAs("wait_days"),
                        row.<Long>getAs("at_risk_count"),
                        row.<Long>getAs("left_count"),
                        row.<Long>getAs("censored_count"),
                        new SurvivalCurve.Point(
                                row.<Double>getAs("still_waiting_share"),
                                row.<Double>getAs("still_waiting_standard_error"),
                                row.<Double>getAs("still_waiting_low"),
                                row.<Double>getAs("still_waiting_high"))))
                .toList();
    }

    private static Row summaryRow(String queue, String slice, String value) {
        return rows(summaries, queue, slice, value).findFirst().orElseThrow();
    }

    private static Stream<Row> rows(List<Row> table, String queue, String slice, String value) {
        return table.stream()
                .filter(row -> row.getAs("queue").equals(queue)
                        && row.getAs("slice").equals(slice)
                        && row.getAs("slice_value").equals(value));
    }

    private static void summary(SoftAssertions softly, String name, JsonNode expected, Row row) {
        softly.assertThat(row.<Long>getAs("spell_count"))
                .as(name + ": n")
                .isEqualTo(expected.get("n").longValue());
        softly.assertThat(row.<Long>getAs("left_count"))
                .as(name + ": events")
                .isEqualTo(expected.get("events").longValue());
        softly.assertThat(row.<Integer>getAs("longest_observed_days"))
                .as(name + ": max_time")
                .isEqualTo(expected.get("max_time").intValue());
        GoldenCurve.quantiles(softly, name, expected, p -> {
            String column = p == 0.5 ? "median" : "p" + Math.round(100 * p);
            return new SurvivalCurve.Quantile(
                    number(row, column + "_days"),
                    number(row, column + "_low_days"),
                    number(row, column + "_high_days"));
        });
    }

    private static Double number(Row row, String column) {
        return row.getAs(column);
    }

    private static String status(String queue) {
        return summaryRow(queue, "all", "all").getAs("curve_status");
    }
}
