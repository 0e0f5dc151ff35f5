package uk.fpw.statistics.wait;

import com.fasterxml.jackson.databind.JsonNode;
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
        GoldenCurve.datasetSteps(
                softly, dataset, stratum, SurvivalCurve.of(table).steps());
        JsonNode expected = Golden.json(dataset + "_expected.json").get(isTotal ? "overall" : "by_group");
        GoldenCurve.summary(softly, dataset + " " + stratum, expected.get(stratum), table);
        softly.assertAll();
    }
}
