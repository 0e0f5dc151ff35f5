package uk.fpw.metrics.figures;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/** Counts the days that are open by their weekday, except closed dates, and those that are opened. */
final class DayCount implements Serializable {

    private static final int WEEK = 7;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    /** Number of open weekdays before each day of the week, from Monday on; the last is that of a week. */
    private final int[] inWeek = new int[WEEK + 1];

    /** Dates that are closed although their weekday is open, ascending. */
    private final int[] less;

    /** Dates that are open although their weekday is not, ascending. */
    private final int[] more;

    /** @param opened are open even if they are closed dates too */
    DayCount(Set<DayOfWeek> weekdays, Collection<LocalDate> closed, Collection<LocalDate> opened) {
        for (DayOfWeek day : DayOfWeek.values()) {
            inWeek[day.getValue()] = inWeek[day.getValue() - 1] + (weekdays.contains(day) ? 1 : 0);
        }
        Predicate<LocalDate> isOpenInWeek = date -> weekdays.contains(date.getDayOfWeek());
        less = days(closed, isOpenInWeek.and(date -> !opened.contains(date)));
        more = days(opened, isOpenInWeek.negate());
    }

    private static int[] days(Collection<LocalDate> dates, Predicate<LocalDate> which) {
        return dates.stream()
                .filter(which)
                .mapToInt(date -> (int) date.toEpochDay())
                .sorted()
                .distinct()
                .toArray();
    }

    /** Number of open days between two days, both included. */
    int between(int from, int to) {
        return before(to + 1) - before(from);
    }

    /** Open days from a fixed Monday to the day before this one; only differences matter. */
    private int before(int day) {
        int sinceMonday = day + DAYS_FROM_MONDAY;
        return Math.floorDiv(sinceMonday, WEEK) * inWeek[WEEK]
                + inWeek[Math.floorMod(sinceMonday, WEEK)]
                - before(less, day)
                + before(more, day);
    }

    private static int before(int[] dates, int day) {
        int at = Arrays.binarySearch(dates, day);
        return at >= 0 ? at : -at - 1;
    }
}
