package uk.fpw.warehouse.force.feed;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;

/**
 * The dates for which a feed with dated files has a file. Files of other dates are loaded too but not required.
 *
 * @param frequency how the dates recur
 * @param weekdays for {@link Frequency#WEEKLY} the days of the week; empty otherwise
 * @param onBankHolidays whether there are files for bank holidays too; if not, a monthly file is for the first or last
 *     working day
 * @param withinDays how many days after its date a file may arrive
 * @param bankHolidays bank holidays listed by the force; incomplete for years with too few ({@link BankHolidays})
 */
public record Delivery(
        Frequency frequency,
        Set<DayOfWeek> weekdays,
        boolean onBankHolidays,
        int withinDays,
        Set<LocalDate> bankHolidays) {

    static final Set<DayOfWeek> WORKING =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    /** How the dates of files recur. */
    public enum Frequency {
        /** On days of the week. */
        WEEKLY,
        /** On the first day of the month. */
        MONTH_START,
        /** On the last day of the month. */
        MONTH_END,
        /** On no particular day: no file is ever due. */
        IRREGULAR
    }

    public Delivery {
        weekdays = Set.copyOf(weekdays);
        bankHolidays = Set.copyOf(bankHolidays);
        if (weekdays.isEmpty() == (frequency == Frequency.WEEKLY)) {
            throw new IllegalArgumentException("days of the week are only allowed for a weekly delivery");
        }
        if (withinDays < 0) {
            throw new IllegalArgumentException("a file cannot arrive before its date");
        }
    }

    /** A file for each of these days of the week, including bank holidays, available on its date. */
    public static Delivery weekly(Set<DayOfWeek> weekdays) {
        return new Delivery(Frequency.WEEKLY, weekdays, true, 0, Set.of());
    }

    /** A file for every date. */
    public static Delivery daily() {
        return weekly(Set.of(DayOfWeek.values()));
    }

    /** Whether there is a file for that date. */
    public boolean isOn(LocalDate date) {
        return switch (frequency) {
            case WEEKLY -> weekdays.contains(date.getDayOfWeek()) && (onBankHolidays || !bankHolidays.contains(date));
            case MONTH_START -> date.equals(nextWorking(date.withDayOfMonth(1), 1));
            case MONTH_END -> date.equals(nextWorking(date.withDayOfMonth(date.lengthOfMonth()), -1));
            case IRREGULAR -> false;
        };
    }

    /** Latest date whose file must have arrived in the run of a business date; null if none is ever due. */
    public @Nullable LocalDate dueTo(LocalDate businessDate) {
        return frequency == Frequency.IRREGULAR ? null : next(businessDate.minusDays(withinDays), -1);
    }

    /** First date after this one with a file; null if none is ever due. */
    public @Nullable LocalDate after(LocalDate date) {
        return frequency == Frequency.IRREGULAR ? null : next(date.plusDays(1), 1);
    }

    /** Description such as {@code delivered on mondays and thursdays, except bank holidays, within 2 days}. */
    public String describe() {
        String when =
                switch (frequency) {
                    case WEEKLY -> describeWeekdays();
                    case MONTH_START ->
                        onBankHolidays ? "on the first day of the month" : "on the first working day of the month";
                    case MONTH_END ->
                        onBankHolidays ? "on the last day of the month" : "on the last working day of the month";
                    case IRREGULAR -> "irregularly";
                };
        return "delivered " + when + (onBankHolidays || frequency != Frequency.WEEKLY ? "" : ", except bank holidays")
                + (withinDays == 0 ? "" : ", within " + Plural.of(withinDays, "day"));
    }

    /**
     * Whether bank holidays are excluded but not all known for the year, so that a file may wrongly be reported missing
     * on one.
     */
    public boolean isMissingBankHolidaysOf(Year year) {
        return !onBankHolidays && !BankHolidays.areKnown(bankHolidays, year.getValue());
    }

    private String describeWeekdays() {
        if (weekdays.size() == DayOfWeek.values().length) {
            return "daily";
        }
        if (weekdays.equals(WORKING)) {
            return "from Monday to Friday";
        }
        return "on "
                + Stream.of(DayOfWeek.values())
                        .filter(weekdays::contains)
                        .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s")
                        .collect(Collectors.joining(" and "));
    }

    private LocalDate nextWorking(LocalDate from, int step) {
        LocalDate date = from;
        while (!onBankHolidays && (!WORKING.contains(date.getDayOfWeek()) || bankHolidays.contains(date))) {
            date = date.plusDays(step);
        }
        return date;
    }

    private LocalDate next(LocalDate from, int step) {
        LocalDate date = from;
        while (!isOn(date)) {
            date = date.plusDays(step);
        }
        return date;
    }
}
