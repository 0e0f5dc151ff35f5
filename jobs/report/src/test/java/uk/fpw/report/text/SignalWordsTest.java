package uk.fpw.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalWordsTest {

    @ParameterizedTest
    @CsvSource({
        "above the upper limit, above the upper limit",
        "trend: 7 points rising, 7 or more months in a row rising",
        "2 of 3 near the lower limit, 2 of 3 months in a row near the lower limit",
        "shift: 7 points below the mean, 7 or more months in a row below the mean",
    })
    void pointsOfAChartAreMonths(String signal, String words) {
        assertThat(SignalWords.ofMonths(signal)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 0 | The limits come from 12 months, Jan 2013 to Nov 2015, none of which shows more than chance.",
                "12 | 1 | The limits come from 12 months, Jan 2013 to Nov 2015, of which 1 shows more than "
                        + "chance: the months "
                        + "were not alike, and one within the limits need not be usual.",
                "12 | 6 | The limits come from 12 months, Jan 2013 to Nov 2015, of which 6 show more than "
                        + "chance: the months "
                        + "were not alike, and one within the limits need not be usual.",
                "35 | 27 | These limits mean little: of the 35 months, Jan 2013 to Nov 2015, from which they "
                        + "come, 27 show "
                        + "more than chance, so there was no usual level. Limits begin anew only where a change "
                        + "is recorded "
                        + "with its reason.",
            })
    void limitsOfMonthsThatWereNotAlikeAreNoMeasureOfWhatIsUsual(long months, long signals, String words) {
        assertThat(SignalWords.base(LocalDate.of(2013, 1, 1), LocalDate.of(2015, 11, 1), months, signals))
                .isEqualTo(words);
    }

    @Test
    void pointsOfAWeeklyChartAreWeeks() {
        assertThat(SignalWords.ofWeeks("the net change of the week 9 weeks before is a signal: shift: 7 points below"))
                .isEqualTo("the net change of the week 9 weeks before is a signal: 7 or more weeks in a row below");
    }
}
