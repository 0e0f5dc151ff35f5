package uk.fpw.warehouse.force.feed;

import java.time.LocalDate;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** When the bank holidays of a year are known: a list that has too few was not filled in to the end of the year. */
public final class BankHolidays {

    /**
     * Every year has at least eight in each part of the United Kingdom, substitute days counted: England and Wales have
     * eight, Scotland nine and Northern Ireland ten (gov.uk/bank-holidays), and single years one more.
     */
    public static final int FEWEST_IN_A_YEAR = 8;

    private BankHolidays() {}

    /** Whether those of a year are known. */
    public static boolean areKnown(Collection<LocalDate> listed, int year) {
        return listed.stream().filter(day -> day.getYear() == year).distinct().count() >= FEWEST_IN_A_YEAR;
    }

    /** The years up to one that have some days in the list but not as many as a year has, with their number of days. */
    public static SortedMap<Integer, Integer> incompleteYears(Collection<LocalDate> listed, int lastYear) {
        SortedMap<Integer, Integer> days = new TreeMap<>();
        listed.stream().distinct().forEach(day -> days.merge(day.getYear(), 1, Integer::sum));
        days.values().removeIf(count -> count >= FEWEST_IN_A_YEAR);
        days.keySet().removeIf(year -> year > lastYear);
        return days;
    }
}
