package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
        // R carries the curve on where nobody is at risk any more; here nothing is said of it.
        boolean isReadable = curve.isReadableAt(8);
        assertThat(isReadable).isEqualTo(!name.equals("risk_set_empties_early"));
        SurvivalCurve.RestrictedMean mean = curve.restrictedMean(8);
        Golden.same(softly, name + ": rmst8", isReadable ? expected.get("rmst8").doubleValue() : null, mean.mean());
        Golden.same(
                softly,
                name + ": rmst8_se",
                isReadable ? expected.get("rmst8_se").doubleValue() : null,
                mean.standardError());
        softly.assertAll();
    }

    @Test
    void tellsWhenTheRiskSetEmptiesWhileLaterItemsEnter() {
        assertThat(table("risk_set_empties_early").emptiesAt()).isEqualTo(2.0);
        assertThat(table("lifelines_late_entry").emptiesAt()).isNull();
        // The last of the first two is censored on day 2; the others enter on day 3, so every day has somebody.
        assertThat(Observation.table(List.of(
                                Observation.ofDays(0, 1, "done", 1),
                                Observation.ofDays(0, 2, null, 1),
                                Observation.ofDays(3, 5, "done", 1)))
                        .emptiesAt())
                .isNull();
        // Enter on day 4: nobody was seen on day 3.
        assertThat(Observation.table(List.of(Observation.ofDays(0, 2, null, 1), Observation.ofDays(4, 5, "done", 1)))
                        .emptiesAt())
                .isEqualTo(2.0);
    }

    @Test
    void nothingIsSaidOfWaitsLongerThanTheDayOnWhichTheRiskSetEmpties() {
        // Three tenths leave by day 5, the others are last seen on day 100; one item that was received on a placeholder
        // date comes under observation after 22,800 days and leaves: the curve falls to 0 on that day.
        LifeTable table = Observation.table(List.of(
                Observation.ofDays(0, 5, "done", 3),
                Observation.ofDays(0, 100, null, 7),
                Observation.ofDays(22_800, 22_817, "done", 1)));
        WaitSummary summary = WaitSummary.of(table);
        assertThat(summary.quantiles().get(0)).isEqualTo(new SurvivalCurve.Quantile(5.0, 5.0, null));
        // the lower band passes one half on day 5, the curve itself does not while it can be read
        assertThat(summary.quantiles().get(1)).isEqualTo(new SurvivalCurve.Quantile(null, 5.0, null));
        assertThat(summary.quantiles().subList(2, 5)).containsOnly(new SurvivalCurve.Quantile(null, null, null));
        assertThat(summary.restrictedMean()).isEqualTo(new SurvivalCurve.RestrictedMean(null, null, true));
        assertThat(summary.curveStatus())
                .isEqualTo("risk set empties on day 100 while later items enter: read only up to day 100");
        assertThat(WaitCurve.of(table, List.of("done")))
                .filteredOn(line -> line.waitDays() == 100 || line.waitDays() == 22_817)
                .extracting(
                        WaitCurve.Line::exitReason,
                        WaitCurve.Line::waitDays,
                        WaitCurve.Line::leftCount,
                        WaitCurve.Line::stillWaitingShare,
                        WaitCurve.Line::leftShare,
                        WaitCurve.Line::leftShareStandardError)
                .containsExactly(
                        tuple("all", 100, 0L, 0.7, 1 - 0.7, null),
                        tuple("done", 100, 0L, null, 0.3, 0.14491376746189438),
                        tuple("all", 22_817, 1L, null, null, null),
                        tuple("done", 22_817, 1L, null, null, null));
    }

    @Test
    void levelThatLastsUntilTheRiskSetEmptiesHasNoMiddle() {
        // Half leave on day 5 and the others are last seen on day 10: where the level ends is not known.
        assertThat(SurvivalCurve.of(Observation.table(List.of(
                                Observation.ofDays(0, 5, "done", 2),
                                Observation.ofDays(0, 10, null, 2),
                                Observation.ofDays(40, 50, "done", 1))))
                        .quantile(0.5)
                        .value())
                .isNull();
    }

    private static LifeTable table(String name) {
        return Observation.table(Golden.csv("delayed_entry_edge.csv").stream()
                .filter(row -> Golden.field(row, "case").equals(name))
                .map(row -> new Observation(
                        Golden.number(row, "start"),
                        Golden.number(row, "stop"),
                        Golden.reason(Golden.field(row, "status")),
                        1))
                .toList());
    }
}
