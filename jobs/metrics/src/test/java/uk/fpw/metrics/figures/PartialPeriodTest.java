package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.series.Period;
import uk.fpw.warehouse.force.queue.CalendarPeriod;

@Tag("time-zone")
class PartialPeriodTest {

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /** Of the period that holds a day. */
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
        assertThat(isPartial(Period.QUARTER, "2016-02-01", "2015-01-01", "2016-03-30"))
                .isTrue();
        assertThat(isPartial(Period.QUARTER, "2016-02-01", "2015-01-01", "2016-03-31"))
                .isFalse();
        assertThat(isPartial(Period.FINANCIAL_YEAR, "2015-12-31", "2015-01-01", "2016-03-30"))
                .isTrue();
        assertThat(isPartial(Period.FINANCIAL_YEAR, "2015-12-31", "2015-01-01", "2016-03-31"))
                .isFalse();
    }

    @Test
    void periodOfWaitsIsPartialUntilItIsOverAndIfItBeganBeforeTheFigures() {
        CalendarPeriod year = Objects.requireNonNull(CalendarPeriod.parse("2014/15"));
        LocalDate start = LocalDate.parse("2014-04-01");
        LocalDate end = LocalDate.parse("2015-03-31");

        assertThat(PartialPeriod.ofWaits(year, start, end)).isFalse();
        assertThat(PartialPeriod.ofWaits(year, start, end.minusDays(1))).isTrue();
        assertThat(PartialPeriod.ofWaits(year, start.plusDays(1), end)).isTrue();
    }

    @Test
    void comparisonIsPartialIfAPeriodOfItsGroupsIs() {
        CalendarPeriod earlier = Objects.requireNonNull(CalendarPeriod.parse("2014/15"));
        CalendarPeriod later = Objects.requireNonNull(CalendarPeriod.parse("2015/16"));
        LocalDate from = LocalDate.parse("2014-04-01");
        LocalDate to = LocalDate.parse("2016-03-30");

        assertThat(PartialPeriod.ofComparison(List.of(earlier, later), from, to))
                .isTrue();
        assertThat(PartialPeriod.ofComparison(List.of(earlier, later), from, to.plusDays(1)))
                .isFalse();
        assertThat(PartialPeriod.ofComparison(List.of(), from, to))
                .as("values of a slice")
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
        assertThat(isPartial(Period.QUARTER, "2015-12-31", "2015-10-02", "2016-06-30"))
                .isTrue();
        assertThat(isPartial(Period.QUARTER, "2015-12-31", "2015-10-01", "2016-06-30"))
                .isFalse();
        assertThat(isPartial(Period.FINANCIAL_YEAR, "2015-12-31", "2015-04-02", "2016-06-30"))
                .isTrue();
        assertThat(isPartial(Period.FINANCIAL_YEAR, "2015-12-31", "2015-04-01", "2016-06-30"))
                .isFalse();
    }

    @Test
    void dayAndStockAreNeverPartial() {
        assertThat(PartialPeriod.ofDay()).isFalse();
        assertThat(PartialPeriod.ofStock()).isFalse();
    }

    @Test
    void cohortOfAFinancialYearIsPartialAsTheYearIs() {
        assertThat(isPartialCohort(2015, "2013-01-01", "2016-03-30")).isTrue();
        assertThat(isPartialCohort(2015, "2013-01-01", "2016-03-31")).isFalse();
        assertThat(isPartialCohort(2012, "2013-01-01", "2016-03-31"))
                .as("began before observation")
                .isTrue();
        assertThat(isPartialCohort(2011, "2013-01-01", "2016-03-31"))
                .as("ended before observation: only who still waited then is known")
                .isTrue();
    }

    @Test
    void cohortOfEveryDayHasNoPeriodThatCouldBePartial() {
        for (int cohort : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(WaitCounts.name(cohort)).isIn("first entries", "re-entries");
            assertThat(isPartialCohort(cohort, "2013-01-01", "2016-03-30")).isFalse();
        }
    }

    private static boolean isPartialCohort(int cohort, String figuresFrom, String asOf) {
        return PartialPeriod.ofCohort(cohort, day(figuresFrom), day(asOf));
    }

    @Test
    void periodOfJudgementsIsPartialUntilTheBusinessDateIsItsLastDay() {
        assertThat(isPartial("2015-06-30", "2015-06-29")).isTrue();
        assertThat(isPartial("2015-06-30", "2015-06-30")).isFalse();
    }
}
