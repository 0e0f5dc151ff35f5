package uk.fpw.metrics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Items that come under observation when they have waited already. */
class DelayedEntryTest {

    static List<String> cases() {
        return Golden.cases("delayed_entry_edge_expected.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void curveMedianAndRestrictedMeanEqualTheReference(String name) {
        JsonNode expected = Golden.json("delayed_entry_edge_expected.json").get(name);
        SurvivalCurve curve = SurvivalCurve.of(table(name));
        SoftAssertions softly = new SoftAssertions();
        GoldenCurve.steps(softly, name, expected.get("curve"), curve.steps());
        Golden.same(
                softly,
                name + ": median",
                Golden.numberOrNull(expected.get("median_midpoint")),
                curve.quantile(0.5).value());
        SurvivalCurve.RestrictedMean mean = curve.restrictedMean(8);
        Golden.same(softly, name + ": rmst8", expected.get("rmst8").doubleValue(), mean.mean());
        Golden.same(softly, name + ": rmst8_se", expected.get("rmst8_se").doubleValue(), mean.standardError());
        softly.assertAll();
    }

    @Test
    void tellsWhenTheRiskSetEmptiesWhileLaterItemsEnter() {
        assertThat(table("risk_set_empties_early").emptiesAt()).isEqualTo(2.0);
        assertThat(table("lifelines_late_entry").emptiesAt()).isNull();
        // The last of the first two is censored on day 2; the others enter on day 3, so every day has somebody.
        assertThat(LifeTable.of(List.of(
                                Observation.ofDays(0, 1, "done", 1),
                                Observation.ofDays(0, 2, null, 1),
                                Observation.ofDays(3, 5, "done", 1)))
                        .emptiesAt())
                .isNull();
        // Enter on day 4: nobody was seen on day 3.
        assertThat(LifeTable.of(List.of(Observation.ofDays(0, 2, null, 1), Observation.ofDays(4, 5, "done", 1)))
                        .emptiesAt())
                .isEqualTo(2.0);
    }

    private static LifeTable table(String name) {
        return LifeTable.of(Golden.csv("delayed_entry_edge.csv").stream()
                .filter(row -> Golden.field(row, "case").equals(name))
                .map(row -> new Observation(
                        Golden.number(row, "start"),
                        Golden.number(row, "stop"),
                        Golden.reason(Golden.field(row, "status")),
                        1))
                .toList());
    }
}
