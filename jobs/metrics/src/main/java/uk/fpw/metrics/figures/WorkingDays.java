package uk.fpw.metrics.figures;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The working days of a force: Monday to Friday without the bank holidays of its folder. Of a year without any bank
 * holiday they are not known.
 */
public final class WorkingDays implements Serializable {

    private static final int WEEK = 7;
    private static final int WORKING = 5;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    /** Bank holidays from Monday to Friday, ascending. */
    private final int[] bankHolidays;

    private final Set<Integer> knownYears = new HashSet<>();

    /** Of a force with these bank holidays. */
    public WorkingDays(Collection<LocalDate> bankHolidays) {
        this.bankHolidays = bankHolidays.stream()
                .mapToInt(date -> (int) date.toEpochDay())
                .filter(day -> Math.floorMod(day + DAYS_FROM_MONDAY, WEEK) < WORKING)
                .sorted()
                .distinct()
                .toArray();
        bankHolidays.forEach(day -> knownYears.add(day.getYear()));
    }

    /** Number of working days from one day to another, both included; null if a year among them is not known. */
    @Nullable
    Integer between(int from, int to) {
        return unknownYears(from, to).isEmpty() ? before(to + 1) - before(from) : null;
    }

    /** Working days from a Monday long ago to the day before this one; only differences matter. */
    private int before(int day) {
        int sinceMonday = day + DAYS_FROM_MONDAY;
        int weekdays = Math.floorDiv(sinceMonday, WEEK) * WORKING + Math.min(Math.floorMod(sinceMonday, WEEK), WORKING);
        int holidays = Arrays.binarySearch(bankHolidays, day);
        return weekdays - (holidays >= 0 ? holidays : -holidays - 1);
    }

    /** Years from one day to another of which no bank holiday is known, ascending. */
    Set<Integer> unknownYears(int from, int to) {
        Set<Integer> unknown = new TreeSet<>();
        for (int year = LocalDate.ofEpochDay(from).getYear();
                year <= LocalDate.ofEpochDay(to).getYear();
                year++) {
            if (!knownYears.contains(year)) {
                unknown.add(year);
            }
        }
        return unknown;
    }
}
