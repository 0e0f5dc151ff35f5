package uk.fpw.metrics.figures;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.BankHolidays;
import uk.fpw.warehouse.force.queue.ServiceCalendar;

/**
 * The working days of a force: Monday to Friday, except the bank holidays listed in its folder. They are known for
 * years with at least {@code BankHolidays.FEWEST_IN_A_YEAR} listed bank holidays; shorter lists were not completed.
 */
public final class WorkingDays implements Serializable {

    private final TreeSet<LocalDate> bankHolidays;

    private final DayCount mondayToFriday;

    /** Number of bank holidays by year. */
    private final Map<Integer, Integer> listed = new HashMap<>();

    public WorkingDays(Collection<LocalDate> bankHolidays) {
        this.bankHolidays = new TreeSet<>(bankHolidays);
        this.mondayToFriday =
                new DayCount(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), this.bankHolidays, Set.of());
        this.bankHolidays.forEach(day -> listed.merge(day.getYear(), 1, Integer::sum));
    }

    /** Whether the bank holidays of a year are known. */
    public boolean isKnown(int year) {
        return listed.getOrDefault(year, 0) >= BankHolidays.FEWEST_IN_A_YEAR;
    }

    /** Number of working days between two days, both included; null if a year among them is unknown. */
    @Nullable
    Integer between(int from, int to) {
        return unknownYears(from, to).isEmpty() ? mondayToFriday.between(from, to) : null;
    }

    /** The days of a service with a calendar; unknown as working days are if it is closed on bank holidays. */
    ServiceDays with(ServiceCalendar calendar) {
        Set<LocalDate> closed = new HashSet<>(calendar.closed());
        if (calendar.exceptBankHolidays()) {
            closed.addAll(bankHolidays);
        }
        DayCount days = new DayCount(EnumSet.copyOf(calendar.days()), closed, calendar.open());
        return (from, to) ->
                calendar.exceptBankHolidays() && !unknownYears(from, to).isEmpty()
                        ? null
                        : (Integer) days.between(from, to);
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
