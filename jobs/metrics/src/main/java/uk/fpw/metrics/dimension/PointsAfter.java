package uk.fpw.metrics.dimension;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Counts the whole periods between a change and the last known day: the points of a chart after the change. */
final class PointsAfter {

    private PointsAfter() {}

    /** ISO weeks that begin on the day of the change or later, and have ended by the end of the last day. */
    static int weeks(LocalDate change, LocalDate lastDay) {
        LocalDate first = change.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        return (int) Math.max(0, ChronoUnit.WEEKS.between(first, lastDay.plusDays(1)));
    }

    /** Calendar months that begin on the day of the change or later, and have ended by the end of the last day. */
    static int months(LocalDate change, LocalDate lastDay) {
        LocalDate first = change.getDayOfMonth() == 1 ? change : change.with(TemporalAdjusters.firstDayOfNextMonth());
        return (int) Math.max(0, ChronoUnit.MONTHS.between(first, lastDay.plusDays(1)));
    }
}
