package uk.fpw.generator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

/** The force's calendar: England and Wales, its clock Europe/London. */
final class ForceCalendar {

    static final ZoneId ZONE = ZoneId.of("Europe/London");

    /** Bank holidays of the simulated years; {@code bank_holidays.csv} of the force folder lists them with names. */
    static final Set<LocalDate> BANK_HOLIDAYS = Set.of(
            day(2012, 8, 27),
            day(2012, 12, 25),
            day(2012, 12, 26),
            day(2013, 1, 1),
            day(2013, 3, 29),
            day(2013, 4, 1),
            day(2013, 5, 6),
            day(2013, 5, 27),
            day(2013, 8, 26),
            day(2013, 12, 25),
            day(2013, 12, 26),
            day(2014, 1, 1),
            day(2014, 4, 18),
            day(2014, 4, 21),
            day(2014, 5, 5),
            day(2014, 5, 26),
            day(2014, 8, 25),
            day(2014, 12, 25),
            day(2014, 12, 26),
            day(2015, 1, 1),
            day(2015, 4, 3),
            day(2015, 4, 6),
            day(2015, 5, 4),
            day(2015, 5, 25),
            day(2015, 8, 31),
            day(2015, 12, 25),
            day(2015, 12, 28),
            day(2016, 1, 1),
            day(2016, 3, 25),
            day(2016, 3, 28),
            day(2016, 5, 2),
            day(2016, 5, 30),
            day(2016, 8, 29),
            day(2016, 12, 26),
            day(2016, 12, 27));

    private ForceCalendar() {}

    static LocalDate day(int year, int month, int day) {
        return LocalDate.of(year, month, day);
    }

    static boolean isWorking(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !BANK_HOLIDAYS.contains(day);
    }

    /** The day itself if it is a working day, otherwise the next working day. */
    static LocalDate workingFrom(LocalDate day) {
        LocalDate next = day;
        while (!isWorking(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    static Instant instant(LocalDateTime local) {
        return local.atZone(ZONE).toInstant();
    }

    static LocalDate localDay(Instant instant) {
        return instant.atZone(ZONE).toLocalDate();
    }

    /** The first moment after the day. */
    static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
    }
}
