package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Waiting for a heart, where leaving the queue without the service is no censoring: Stanford programme, 103 patients
 * accepted 1967 to 1974 (Crowley and Hu, JASA 1977; R package survival). The reference is rounded to 8 decimals.
 */
class HeartTransplantTest {

    private static final List<Map<String, String>> ROWS = Golden.csv("heart_transplant.csv");

    @ParameterizedTest
    @CsvSource({
        "  7, 0.73786408, 0.15533981, 0.10679612",
        " 14, 0.65951996, 0.21413161, 0.12634844",
        " 30, 0.43311758, 0.40115965, 0.16572276",
        " 60, 0.19137754, 0.57239219, 0.23623028",
        " 90, 0.11079752, 0.63282720, 0.25637528",
        "180, 0.06043501, 0.66304471, 0.27652028"
    })
    void sharesOfEachWayOutOfTheQueue(int day, double waiting, double transplanted, double died) {
        LifeTable table = table(false);
        CumulativeIncidence incidence = CumulativeIncidence.of(table, List.of("transplanted", "died waiting"));
        assertThat(SurvivalCurve.of(table).at(day).share()).isCloseTo(waiting, within(6e-9));
        assertThat(incidence.at("transplanted", day).share()).isCloseTo(transplanted, within(6e-9));
        assertThat(incidence.at("died waiting", day).share()).isCloseTo(died, within(6e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "  7, 79, 0.83617974, 0.0375457",
        " 14, 67, 0.76849974, 0.04350547",
        " 30, 46, 0.54014244, 0.05360164",
        " 60, 19, 0.29654404, 0.05330132",
        " 90, 11, 0.19899666, 0.04847207",
        "180,  6, 0.13783318, 0.04490098"
    })
    void deathTakenForCensoringOverstatesTheChanceOfService(
            int day, long atRisk, double waiting, double standardError) {
        LifeTable table = table(true);
        SurvivalCurve.Point point = SurvivalCurve.of(table).at(day);
        assertThat(table.atRisk(day)).isEqualTo(atRisk);
        assertThat(point.share()).isCloseTo(waiting, within(6e-9));
        assertThat(point.standardError()).isCloseTo(standardError, within(6e-9));
    }

    private static LifeTable table(boolean isDeathCensoring) {
        return Observation.table(ROWS.stream()
                .map(row -> {
                    String outcome = Golden.field(row, "outcome");
                    boolean isCensored = outcome.isEmpty() || (isDeathCensoring && outcome.equals("died waiting"));
                    return Observation.ofDays(
                            0, (int) Golden.number(row, "wait_days"), isCensored ? null : outcome, (long)
                                    Golden.number(row, "count"));
                })
                .toList());
    }
}
