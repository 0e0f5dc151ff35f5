package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        LifeTable table = table(name);
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
                interval(softly, at + column, expected, k, i, point);
                sum += point.share();
            }
            Golden.same(softly, at + "sum of shares", 1 - curve.at(time).share(), sum);
        }
        softly.assertAll();
    }

    /** The reference has intervals from another standard error, which is the same in most places. */
    private static void interval(
            SoftAssertions softly, String at, JsonNode expected, int k, int i, CumulativeIncidence.Point point) {
        double standardError = expected.get("se_greenwood").get(k).get(i).doubleValue();
        double other = expected.get("se_infinitesimal_jackknife").get(k).get(i).doubleValue();
        if (Math.abs(standardError - other) < 1e-12) {
            Golden.same(
                    softly,
                    at + " lower",
                    Golden.numberOrNull(
                            expected.get("loglog_lower_from_ij_se").get(k).get(i)),
                    point.low());
            Golden.same(
                    softly,
                    at + " upper",
                    Golden.numberOrNull(
                            expected.get("loglog_upper_from_ij_se").get(k).get(i)),
                    point.high());
        }
    }

    /**
     * Where the two standard errors differ: F^exp(+-z se / (F |ln F|)) of the reference's F and se_greenwood, by
     * mpmath 1.3 with 50 digits.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 2, 0.056730391472019, 0.78807373442013",
        "1, 5, 0.12447329595511, 0.84237573199271",
        "1, 7, 0.19836994474049, 0.87981306718549",
        "1, 9, 0.19836994474049, 0.87981306718549",
        "2, 5, 0.0051029022747628, 0.40478577033457",
        "2, 7, 0.022653465108588, 0.49789545220588",
        "2, 9, 0.022653465108588, 0.49789545220588",
        "3, 9, 0.0038080445604196, 0.33374018913508"
    })
    void intervalsWithLateEntry(String reason, double time, double low, double high) {
        CumulativeIncidence.Point point =
                CumulativeIncidence.of(table("delayed"), REASONS).at(reason, time);

        SoftAssertions softly = new SoftAssertions();
        Golden.same(softly, "lower", low, point.low());
        Golden.same(softly, "upper", high, point.high());
        softly.assertAll();
    }

    @Test
    void atNoneAndAllThereIsNoInterval() {
        CumulativeIncidence incidence = CumulativeIncidence.of(table("one_cause_only"), REASONS);

        assertThat(incidence.at("2", 0)).isEqualTo(new CumulativeIncidence.Point(0, 0, null, null));
        assertThat(incidence.at("2", 5).share()).isOne();
        assertThat(incidence.at("2", 5).low()).isNull();
        assertThat(incidence.at("2", 5).high()).isNull();
    }

    private static LifeTable table(String name) {
        return Observation.table(Golden.csv("aj_small.csv").stream()
                .filter(row -> Golden.field(row, "case").equals(name))
                .map(row -> new Observation(
                        Golden.number(row, "first_day") - 1,
                        Golden.number(row, "exit_days"),
                        Golden.reason(Golden.field(row, "status")),
                        1))
                .toList());
    }
}
