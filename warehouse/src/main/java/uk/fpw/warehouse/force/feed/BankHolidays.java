package uk.fpw.warehouse.force.feed;

import java.time.LocalDate;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides whether the bank holidays of a year are known. If the list has too few, it was not maintained up to the end
 * of that year.
 */
public final class BankHolidays {

    /**
     * Minimum per year in any part of the United Kingdom, including substitute days: England and Wales have eight,
     * Scotland nine and Northern Ireland ten (gov.uk/bank-holidays), some years one more.
     */
    public static final int FEWEST_IN_A_YEAR = 8;

    private BankHolidays() {}

    /** Whether the bank holidays of a year are known. */
    public static boolean areKnown(Collection<LocalDate> listed, int year) {
        return listed.stream().filter(day -> day.getYear() == year).distinct().count() >= FEWEST_IN_A_YEAR;
    }

    /** Years up to the given one that have some days in the list but too few, with the number of days. */
    public static SortedMap<Integer, Integer> incompleteYears(Collection<LocalDate> listed, int lastYear) {
        SortedMap<Integer, Integer> days = new TreeMap<>();
        listed.stream().distinct().forEach(day -> days.merge(day.getYear(), 1, Integer::sum));
        days.values().removeIf(count -> count >= FEWEST_IN_A_YEAR);
        days.keySet().removeIf(year -> year > lastYear);
        return days;
    }
}
