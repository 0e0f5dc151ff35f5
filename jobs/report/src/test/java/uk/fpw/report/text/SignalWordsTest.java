package uk.fpw.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalWordsTest {

    @ParameterizedTest
    @CsvSource({
        "above the upper limit, above the upper limit",
        "trend: 7 points rising, 7 months in a row rising",
        "2 of 3 near the lower limit, 2 of 3 months in a row near the lower limit",
        "shift: 7 points below the mean, 7 months in a row below the mean",
    })
    void pointsOfAChartAreMonths(String signal, String words) {
        assertThat(SignalWords.ofMonths(signal)).isEqualTo(words);
    }

    @Test
    void pointsOfAWeeklyChartAreWeeks() {
        assertThat(SignalWords.ofWeeks("the net change of the week 9 weeks before is a signal: shift: 7 points below"))
                .isEqualTo("the net change of the week 9 weeks before is a signal: 7 weeks in a row below");
    }
}
