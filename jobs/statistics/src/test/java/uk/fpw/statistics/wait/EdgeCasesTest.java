package uk.fpw.statistics.wait;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small right-censored cases in which estimators go wrong. */
class EdgeCasesTest {

    static List<String> cases() {
        return Golden.cases("edge_cases_expected.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void curveAndSummaryEqualTheReference(String name) {
        JsonNode expected = Golden.json("edge_cases_expected.json").get(name);
        List<Map<String, String>> rows = Golden.csv("edge_cases.csv").stream()
                .filter(row -> Golden.field(row, "case").equals(name))
                .toList();
        LifeTable table = Golden.rightCensored(rows);
        SoftAssertions softly = new SoftAssertions();
        GoldenCurve.steps(
                softly, name, expected.get("curve"), SurvivalCurve.of(table).steps());
        GoldenCurve.summary(softly, name, expected.get("overall").get("all"), table);
        for (Map.Entry<String, JsonNode> group : expected.path("by_group").properties()) {
            LifeTable part = Golden.rightCensored(rows.stream()
                    .filter(row -> group.getKey().equals("group=" + Golden.field(row, "group")))
                    .toList());
            GoldenCurve.summary(softly, name + " " + group.getKey(), group.getValue(), part);
        }
        softly.assertAll();
    }
}
