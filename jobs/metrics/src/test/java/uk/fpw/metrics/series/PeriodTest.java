package uk.fpw.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class PeriodTest {

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    @Test
    void everyDayIsInThePeriodThatTheCalendarSays() {
        for (int day = day("1899-12-01"); day < day("2101-02-01"); day++) {
            LocalDate date = LocalDate.ofEpochDay(day);

            int month = Period.MONTH.of(day);
            assertThat(LocalDate.ofEpochDay(Period.MONTH.firstDay(month))).isEqualTo(date.withDayOfMonth(1));
            assertThat(LocalDate.ofEpochDay(Period.MONTH.lastDay(month)))
                    .isEqualTo(date.with(TemporalAdjusters.lastDayOfMonth()));

            LocalDate firstOfQuarter =
                    LocalDate.of(date.getYear(), date.getMonth().firstMonthOfQuarter(), 1);
            int quarter = Period.QUARTER.of(day);
            assertThat(LocalDate.ofEpochDay(Period.QUARTER.firstDay(quarter))).isEqualTo(firstOfQuarter);
            assertThat(LocalDate.ofEpochDay(Period.QUARTER.lastDay(quarter)))
                    .isEqualTo(firstOfQuarter.plusMonths(3).minusDays(1));

            LocalDate april = LocalDate.of(date.getYear(), 4, 1);
            LocalDate firstOfYear = date.isBefore(april) ? april.minusYears(1) : april;
            int year = Period.FINANCIAL_YEAR.of(day);
            assertThat(year).isEqualTo(firstOfYear.getYear());
            assertThat(LocalDate.ofEpochDay(Period.FINANCIAL_YEAR.firstDay(year)))
                    .isEqualTo(firstOfYear);
            assertThat(LocalDate.ofEpochDay(Period.FINANCIAL_YEAR.lastDay(year)))
                    .isEqualTo(firstOfYear.plusYears(1).minusDays(1));

            int week = Period.WEEK.of(day);
            LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            assertThat(LocalDate.ofEpochDay(Period.WEEK.firstDay(week))).isEqualTo(monday);
            assertThat(LocalDate.ofEpochDay(Period.WEEK.lastDay(week))).isEqualTo(monday.plusDays(6));
        }
    }

    @Test
    void monthsOfImplausibleDaysAreThoseOfTheCalendar() {
        for (long day = Integer.MIN_VALUE; day <= Integer.MAX_VALUE; day += 99_991) {
            LocalDate date = LocalDate.ofEpochDay(day);
            int month = Period.MONTH.of((int) day);
            assertThat(month).isEqualTo(date.getYear() * 12 + date.getMonthValue() - 1);
            if (date.getYear() > -5_000_000 && date.getYear() < 5_000_000) {
                assertThat(LocalDate.ofEpochDay(Period.MONTH.firstDay(month))).isEqualTo(date.withDayOfMonth(1));
            }
        }
    }

    @Test
    void nextPeriodIsTheNextNumber() {
        assertThat(Period.MONTH.of(day("2016-01-01"))).isEqualTo(Period.MONTH.of(day("2015-12-31")) + 1);
        assertThat(Period.WEEK.of(day("2016-01-04"))).isEqualTo(Period.WEEK.of(day("2016-01-03")) + 1);
        assertThat(Period.MONTH.of(day("1970-01-01"))).isEqualTo(Period.MONTH.of(day("1969-12-31")) + 1);
        assertThat(Period.QUARTER.of(day("2016-01-01"))).isEqualTo(Period.QUARTER.of(day("2015-12-31")) + 1);
    }

    @Test
    void financialYearIsNamedByBothOfItsYears() {
        assertThat(Period.financialYear(Period.FINANCIAL_YEAR.of(day("2016-03-31"))))
                .isEqualTo("2015/16");
        assertThat(Period.financialYear(Period.FINANCIAL_YEAR.of(day("1999-04-01"))))
                .isEqualTo("1999/00");
        assertThat(Period.financialYear(Period.FINANCIAL_YEAR.of(day("2009-01-01"))))
                .isEqualTo("2008/09");
    }
}
