package uk.fpw.metrics.wait;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lung, veteran and aml: every step of every curve, quantiles, times, restricted mean. */
class WholeCurvesTest {

    @ParameterizedTest
    @CsvSource({
        "aml, all",
        "aml, group=Maintained",
        "aml, group=Nonmaintained",
        "lung, all",
        "lung, group=female",
        "lung, group=male",
        "veteran, all",
        "veteran, group=standard",
        "veteran, group=test"
    })
    void curveAndSummaryEqualTheReference(String dataset, String stratum) {
        boolean isTotal = stratum.equals("all");
        LifeTable table = Golden.rightCensored(Golden.csv(dataset + ".csv").stream()
                .filter(row -> isTotal || stratum.equals("group=" + Golden.field(row, "group")))
                .toList());
        SoftAssertions softly = new SoftAssertions();
        steps(softly, dataset, stratum, SurvivalCurve.of(table));
        JsonNode expected = Golden.json(dataset + "_expected.json").get(isTotal ? "overall" : "by_group");
        GoldenCurve.summary(softly, dataset + " " + stratum, expected.get(stratum), table);
        softly.assertAll();
    }

    private static void steps(SoftAssertions softly, String dataset, String stratum, SurvivalCurve curve) {
        List<Map<String, String>> expected =
                Golden.csv(dataset + "_curve_" + (stratum.equals("all") ? "all" : "by_group") + ".csv").stream()
                        .filter(row -> Golden.field(row, "conf_type").equals("log-log")
                                && Golden.field(row, "stratum").equals(stratum))
                        .toList();
        softly.assertThat(curve.steps()).as(dataset + " " + stratum + ": steps").hasSize(expected.size());
        for (int i = 0; i < Math.min(expected.size(), curve.steps().size()); i++) {
            Map<String, String> row = expected.get(i);
            SurvivalCurve.Step step = curve.steps().get(i);
            String at = dataset + " " + stratum + " at " + row.get("time") + ": ";
            softly.assertThat(step.time()).as(at + "time").isEqualTo(Golden.number(row, "time"));
            softly.assertThat((double) step.atRisk()).as(at + "n_risk").isEqualTo(Golden.number(row, "n_risk"));
            softly.assertThat((double) step.left()).as(at + "n_event").isEqualTo(Golden.number(row, "n_event"));
            softly.assertThat((double) step.censored()).as(at + "n_censor").isEqualTo(Golden.number(row, "n_censor"));
            GoldenCurve.point(
                    softly,
                    at,
                    step.point(),
                    Golden.numberOrNull(Golden.field(row, "surv")),
                    Golden.numberOrNull(Golden.field(row, "se_surv")),
                    Golden.numberOrNull(Golden.field(row, "lower")),
                    Golden.numberOrNull(Golden.field(row, "upper")));
        }
    }
}
