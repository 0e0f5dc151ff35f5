package uk.fpw.metrics.comparison;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * The whole ISO weeks before and after a change. The week of the change is in neither, unless the change is on its
 * Monday.
 *
 * @param beforeFrom Monday of the first week before
 * @param beforeTo Sunday of the last week before
 * @param afterFrom Monday of the first week after
 * @param afterTo Sunday of the last week after
 */
record ComparisonWindow(LocalDate beforeFrom, LocalDate beforeTo, LocalDate afterFrom, LocalDate afterTo) {

    /** A window of this many weeks before and after a date. */
    static ComparisonWindow of(LocalDate change, int weeks) {
        LocalDate beforeEnd = change.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate afterFrom = change.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        return new ComparisonWindow(
                beforeEnd.minusWeeks(weeks),
                beforeEnd.minusDays(1),
                afterFrom,
                afterFrom.plusWeeks(weeks).minusDays(1));
    }

    /** Weeks between the two: 1, or 0 if the change is on a Monday. */
    int gap() {
        return beforeTo.plusDays(1).equals(afterFrom) ? 0 : 1;
    }

    /** Whether a day is in the window, or in the week of the change. */
    boolean contains(LocalDate day) {
        return !day.isBefore(beforeFrom) && !day.isAfter(afterTo);
    }
}
