package uk.fpw.metrics.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole periods after a change; 13 April 2015 is a Monday. */
@Tag("time-zone")
class PointsAfterTest {

    @ParameterizedTest
    @CsvSource({
        "2015-04-13, 2015-04-18, 0",
        "2015-04-13, 2015-04-19, 1",
        "2015-04-14, 2015-04-25, 0",
        "2015-04-14, 2015-04-26, 1",
        "2015-04-13, 2015-07-05, 12",
        "2015-04-13, 2015-04-12, 0",
        "2015-04-13, 2014-04-13, 0"
    })
    void weeksBeginOnTheDayOrLaterAndAreOver(LocalDate change, LocalDate lastDay, int weeks) {
        assertThat(PointsAfter.weeks(change, lastDay)).isEqualTo(weeks);
    }

    @ParameterizedTest
    @CsvSource({
        "2015-04-01, 2015-04-29, 0",
        "2015-04-01, 2015-04-30, 1",
        "2015-04-02, 2015-05-30, 0",
        "2015-04-02, 2015-05-31, 1",
        "2015-04-13, 2016-04-30, 12",
        "2015-04-13, 2014-04-13, 0"
    })
    void monthsBeginOnTheDayOrLaterAndAreOver(LocalDate change, LocalDate lastDay, int months) {
        assertThat(PointsAfter.months(change, lastDay)).isEqualTo(months);
    }
}
