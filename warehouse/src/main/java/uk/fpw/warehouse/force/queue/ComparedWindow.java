package uk.fpw.warehouse.force.queue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A period that is compared with the same one of other years.
 *
 * @param yearsBefore 0 for the current one, 1 for that of last year, 2 for that of the year before
 * @param from first day
 * @param to last day
 */
public record ComparedWindow(Kind kind, int yearsBefore, LocalDate from, LocalDate to) {

    /** How many earlier years a period is compared with. */
    public static final int EARLIER_YEARS = 2;

    private static final int APRIL = 4;
    private static final int MONTHS_OF_QUARTER = 3;

    private static final List<String> YEARS_BEFORE = List.of("", "last year", "the year before last");

    /** What kind of period. */
    public enum Kind {
        /** From 1 April to the end of the month. */
        YEAR_TO_DATE("year to date"),
        /** The latest whole quarter. */
        QUARTER("quarter"),
        MONTH("month");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As in {@code mart.period_comparison}. */
        public String words() {
            return words;
        }

        private LocalDate from(LocalDate monthEnd) {
            LocalDate month = monthEnd.withDayOfMonth(1);
            return switch (this) {
                case YEAR_TO_DATE -> month.withMonth(APRIL).minusYears(month.getMonthValue() < APRIL ? 1 : 0);
                case QUARTER -> endOfQuarter(monthEnd).withDayOfMonth(1).minusMonths(MONTHS_OF_QUARTER - 1L);
                case MONTH -> month;
            };
        }

        private LocalDate to(LocalDate monthEnd) {
            return this == QUARTER ? endOfQuarter(monthEnd) : monthEnd;
        }

        private static LocalDate endOfQuarter(LocalDate monthEnd) {
            LocalDate month = monthEnd.withDayOfMonth(1);
            return month.minusMonths(month.getMonthValue() % MONTHS_OF_QUARTER)
                    .plusMonths(1)
                    .minusDays(1);
        }
    }

    /**
     * The periods of every kind that are compared after a month, the current one of a kind first.
     *
     * @param monthEnd last day of a month
     */
    public static List<ComparedWindow> endingOn(LocalDate monthEnd) {
        List<ComparedWindow> windows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int years = 0; years <= EARLIER_YEARS; years++) {
                LocalDate end = monthEnd.plusDays(1).minusYears(years).minusDays(1);
                windows.add(new ComparedWindow(kind, years, kind.from(end), kind.to(end)));
            }
        }
        return windows;
    }

    /** Which year it is of beside the current one, as in {@code compared_with} of tables; empty for the current one. */
    public static String comparedWith(int yearsBefore) {
        return YEARS_BEFORE.get(yearsBefore);
    }
}
