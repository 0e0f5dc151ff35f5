package uk.fpw.metrics.figures;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.BankHolidays;

/**
 * The working days of a force: Monday to Friday, except the bank holidays listed in its folder. They are known for
 * years with at least {@code BankHolidays.FEWEST_IN_A_YEAR} listed bank holidays; shorter lists were not completed.
 */
public final class WorkingDays implements Serializable {

    private static final int WEEK = 7;
    private static final int WORKING = 5;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    /** Bank holidays from Monday to Friday, ascending. */
    private final int[] bankHolidays;

    /** Number of bank holidays by year. */
    private final Map<Integer, Integer> listed = new HashMap<>();

    public WorkingDays(Collection<LocalDate> bankHolidays) {
        this.bankHolidays = bankHolidays.stream()
                .mapToInt(date -> (int) date.toEpochDay())
                .filter(day -> Math.floorMod(day + DAYS_FROM_MONDAY, WEEK) < WORKING)
                .sorted()
                .distinct()
                .toArray();
        Set.copyOf(bankHolidays).forEach(day -> listed.merge(day.getYear(), 1, Integer::sum));
    }

    /** Whether the bank holidays of a year are known. */
    public boolean isKnown(int year) {
        return listed.getOrDefault(year, 0) >= BankHolidays.FEWEST_IN_A_YEAR;
    }

    /** Number of working days between two days, both included; null if a year among them is unknown. */
    @Nullable
    Integer between(int from, int to) {
        return unknownYears(from, to).isEmpty() ? before(to + 1) - before(from) : null;
    }

    /** Working days from a fixed Monday to the day before this one; only differences matter. */
    private int before(int day) {
        int sinceMonday = day + DAYS_FROM_MONDAY;
        int weekdays = Math.floorDiv(sinceMonday, WEEK) * WORKING + Math.min(Math.floorMod(sinceMonday, WEEK), WORKING);
        int holidays = Arrays.binarySearch(bankHolidays, day);
        return weekdays - (holidays >= 0 ? holidays : -holidays - 1);
    }

    /** Why the working days between two days are unknown, by the first unknown year; there must be one. */
    String reason(int from, int to) {
        int year = unknownYears(from, to).iterator().next();
        int days = listed.getOrDefault(year, 0);
        return days == 0
                ? "the bank holidays of " + year + " are not known"
                : "the bank holidays of " + year + " are not known: " + days + " of at least "
                        + BankHolidays.FEWEST_IN_A_YEAR + " are listed";
    }

    /** Years between two days whose bank holidays are unknown, ascending. */
    Set<Integer> unknownYears(int from, int to) {
        Set<Integer> unknown = new TreeSet<>();
        for (int year = LocalDate.ofEpochDay(from).getYear();
                year <= LocalDate.ofEpochDay(to).getYear();
                year++) {
            if (!isKnown(year)) {
                unknown.add(year);
            }
        }
        return unknown;
    }
}
