package uk.fpw.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class TicksTest {

    @Test
    void numbersAreRoundAndCoverTheRange() {
        assertThat(labels(Ticks.numbers(0, 160, 5, false))).containsExactly("0", "50", "100", "150", "200");
        assertThat(labels(Ticks.numbers(-12, 7, 5, false))).containsExactly("-15", "-10", "-5", "0", "5", "10");
        assertThat(labels(Ticks.numbers(0, 12_345, 5, false))).containsExactly("0", "5,000", "10,000", "15,000");
        assertThat(labels(Ticks.numbers(0, 1, 5, true)))
                .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
    }

    @Test
    void monthsBeginOnTheirFirstDay() {
        assertThat(labels(Ticks.months(LocalDate.of(2014, 11, 20), LocalDate.of(2015, 8, 31), 4)))
                .containsExactly("Jan 2015", "Mar 2015", "May 2015", "Jul 2015");
        assertThat(labels(Ticks.months(LocalDate.of(2008, 4, 1), LocalDate.of(2015, 8, 31), 8)))
                .containsExactly("2009", "2010", "2011", "2012", "2013", "2014", "2015");
    }

    @Test
    void rangeWithoutTwoMonthsShowsItsDays() {
        assertThat(labels(Ticks.months(LocalDate.of(2015, 1, 5), LocalDate.of(2015, 1, 12), 8)))
                .containsExactly("5 Jan 2015", "12 Jan 2015");
        assertThat(labels(Ticks.months(LocalDate.of(2015, 1, 5), LocalDate.of(2015, 1, 5), 8)))
                .containsExactly("5 Jan 2015");
    }

    @Test
    void daysOfWaitAreWholeWeeks() {
        assertThat(Ticks.weeks(161, 8)).extracting(Ticks.Tick::at).containsExactly(0.0, 28.0, 56.0, 84.0, 112.0, 140.0);
    }

    private static List<String> labels(List<Ticks.Tick> ticks) {
        return ticks.stream().map(Ticks.Tick::label).toList();
    }
}
