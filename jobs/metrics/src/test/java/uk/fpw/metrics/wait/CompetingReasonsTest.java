package uk.fpw.metrics.wait;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaving for different reasons: shares and Greenwood's standard errors. */
class CompetingReasonsTest {

    private static final List<String> REASONS = List.of("1", "2", "3");

    static List<String> cases() {
        return Golden.cases("aj_small_expected.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sharesByReasonEqualTheReference(String name) {
        JsonNode expected = Golden.json("aj_small_expected.json").get(name);
        LifeTable table = Observation.table(Golden.csv("aj_small.csv").stream()
                .filter(row -> Golden.field(row, "case").equals(name))
                .map(row -> new Observation(
                        Golden.number(row, "first_day") - 1,
                        Golden.number(row, "exit_days"),
                        Golden.reason(Golden.field(row, "status")),
                        1))
                .toList());
        SurvivalCurve curve = SurvivalCurve.of(table);
        CumulativeIncidence incidence = CumulativeIncidence.of(table, REASONS);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < expected.get("time").size(); i++) {
            double time = expected.get("time").get(i).doubleValue();
            String at = name + " at " + time + ": ";
            softly.assertThat(table.atRisk(time))
                    .as(at + "n_risk")
                    .isEqualTo(expected.get("n_risk").get(i).longValue());
            Golden.same(
                    softly,
                    at + "p_waiting",
                    expected.get("p_waiting").get(i).doubleValue(),
                    curve.at(time).share());
            double sum = 0;
            for (int k = 0; k < REASONS.size(); k++) {
                CumulativeIncidence.Point point = incidence.at(REASONS.get(k), time);
                String column = "[" + REASONS.get(k) + "]";
                Golden.same(
                        softly,
                        at + "cif" + column,
                        expected.get("cif").get(k).get(i).doubleValue(),
                        point.share());
                Golden.same(
                        softly,
                        at + "se_greenwood" + column,
                        expected.get("se_greenwood").get(k).get(i).doubleValue(),
                        point.standardError());
                sum += point.share();
            }
            Golden.same(softly, at + "sum of shares", 1 - curve.at(time).share(), sum);
        }
        softly.assertAll();
    }
}
