package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.queue.ServiceCalendar;

/** Days counted by hand on the calendar of 2015. */
@Tag("time-zone")
class ServiceDaysTest {

    /** Of England and Wales in 2015; Boxing Day, a Saturday, is listed by its substitute day, as gov.uk lists it. */
    private static final WorkingDays WORKING_DAYS = new WorkingDays(dates(
            "2015-01-01",
            "2015-04-03",
            "2015-04-06",
            "2015-05-04",
            "2015-05-25",
            "2015-08-31",
            "2015-12-25",
            "2015-12-28"));

    private static List<LocalDate> dates(String... dates) {
        return Stream.of(dates).map(LocalDate::parse).toList();
    }

    /** From Monday to Saturday, closed from Christmas Eve to New Year's Eve. */
    private static ServiceCalendar desk(boolean exceptBankHolidays, String... open) {
        return new ServiceCalendar(
                "desk",
                "Front desk",
                List.copyOf(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY)),
                exceptBankHolidays,
                dates("2015-12-24", "2015-12-26", "2015-12-27", "2015-12-29", "2015-12-30", "2015-12-31"),
                dates(open));
    }

    private static @Nullable Integer count(ServiceCalendar calendar, String from, String to) {
        return ServiceDays.of(new Service("desk", calendar), WORKING_DAYS)
                .between((int) LocalDate.parse(from).toEpochDay(), (int)
                        LocalDate.parse(to).toEpochDay());
    }

    @Test
    void weekOfSixDaysHasThemWhateverTheClocksDo() {
        // March and October 2015 have 31 days, five and four of them Sundays; the clocks change on the 29th and the
        // 25th
        assertThat(count(desk(true), "2015-03-01", "2015-03-31")).isEqualTo(26);
        assertThat(count(desk(true), "2015-03-28", "2015-03-30")).isEqualTo(2);
        assertThat(count(desk(true), "2015-03-29", "2015-03-29")).isEqualTo(0);
        assertThat(count(desk(true), "2015-10-01", "2015-10-31")).isEqualTo(27);
        assertThat(count(desk(true), "2015-10-24", "2015-10-26")).isEqualTo(2);
    }

    @Test
    void bankHolidaysAreClosedOnlyIfTheCalendarSaysSo() {
        // May 2015: 31 days, five Sundays, bank holidays on the 4th and the 25th
        assertThat(count(desk(true), "2015-05-01", "2015-05-31")).isEqualTo(24);
        assertThat(count(desk(false), "2015-05-01", "2015-05-31")).isEqualTo(26);
        assertThat(count(desk(true, "2015-05-04"), "2015-05-01", "2015-05-31")).isEqualTo(25);
    }

    @Test
    void closedWeekAndOpenedSundayCountOnce() {
        // December 2015: 27 days from Monday to Saturday. Christmas Day and the 28th are bank holidays; the 24th, 26th,
        // 29th, 30th and 31st are closed besides, and so is the 27th, a Sunday
        assertThat(count(desk(true), "2015-12-01", "2015-12-31")).isEqualTo(20);
        assertThat(count(desk(false), "2015-12-01", "2015-12-31")).isEqualTo(22);
        assertThat(count(desk(true, "2015-12-20"), "2015-12-01", "2015-12-31")).isEqualTo(21);
        assertThat(count(desk(true, "2015-12-20"), "2015-12-20", "2015-12-20")).isEqualTo(1);
        assertThat(count(desk(true, "2015-12-20"), "2015-12-24", "2015-12-31")).isEqualTo(0);
        // the 21st is open as it is
        assertThat(count(desk(true, "2015-12-21"), "2015-12-01", "2015-12-31")).isEqualTo(20);
    }

    @Test
    void yearWithUnknownBankHolidaysIsUnknownOnlyWhereTheyAreClosed() {
        // February 2016: 29 days, four Sundays
        assertThat(count(desk(true), "2016-02-01", "2016-02-29")).isNull();
        assertThat(count(desk(true), "2015-12-31", "2016-01-01")).isNull();
        assertThat(count(desk(false), "2016-02-01", "2016-02-29")).isEqualTo(25);
    }

    @Test
    void servicesWithoutACalendarCountAsTheyAreNamed() {
        int first = (int) LocalDate.parse("2015-12-01").toEpochDay();
        assertThat(ServiceDays.of(Service.EVERY_DAY, WORKING_DAYS).between(first, first + 30))
                .isEqualTo(31);
        // 23 days from Monday to Friday, two of them bank holidays; the name decides, not which object it is
        assertThat(ServiceDays.of(new Service("working_days", null), WORKING_DAYS)
                        .between(first, first + 30))
                .isEqualTo(21);
    }
}
