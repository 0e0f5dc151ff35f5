package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.Period;

class PartialPeriodTest {

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /** Of the month or week that holds a day. */
    private static boolean isPartial(Period period, String inPeriod, String figuresFrom, String asOf) {
        return PartialPeriod.ofQueue(period, period.of(day(inPeriod)), day(figuresFrom), day(asOf));
    }

    private static boolean isPartial(String endOn, String asOf) {
        return PartialPeriod.ofJudgements(LocalDate.parse(endOn), LocalDate.parse(asOf));
    }

    @Test
    void periodIsPartialUntilTheBusinessDateIsItsLastDay() {
        assertThat(isPartial(Period.MONTH, "2016-02-01", "2015-01-01", "2016-02-28"))
                .isTrue();
        assertThat(isPartial(Period.MONTH, "2016-02-01", "2015-01-01", "2016-02-29"))
                .isFalse();
        assertThat(isPartial(Period.WEEK, "2016-02-29", "2015-01-01", "2016-03-05"))
                .isTrue();
        assertThat(isPartial(Period.WEEK, "2016-02-29", "2015-01-01", "2016-03-06"))
                .isFalse();
    }

    @Test
    void periodIsPartialThatHadBegunBeforeTheFiguresDid() {
        assertThat(isPartial(Period.MONTH, "2016-02-01", "2016-02-02", "2016-06-30"))
                .isTrue();
        assertThat(isPartial(Period.MONTH, "2016-02-01", "2016-02-01", "2016-06-30"))
                .isFalse();
        assertThat(isPartial(Period.WEEK, "2016-02-29", "2016-03-01", "2016-06-30"))
                .isTrue();
        assertThat(isPartial(Period.WEEK, "2016-02-29", "2016-02-29", "2016-06-30"))
                .isFalse();
    }

    @Test
    void dayStockAndCohortAreNeverPartial() {
        assertThat(PartialPeriod.ofDay()).isFalse();
        assertThat(PartialPeriod.ofStock()).isFalse();
        assertThat(PartialPeriod.ofCohort()).isFalse();
    }

    @Test
    void periodOfJudgementsIsPartialUntilTheBusinessDateIsItsLastDay() {
        assertThat(isPartial("2015-06-30", "2015-06-29")).isTrue();
        assertThat(isPartial("2015-06-30", "2015-06-30")).isFalse();
    }
}
