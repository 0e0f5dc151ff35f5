package uk.fpw.metrics.driver;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.metrics.series.Period;
import uk.fpw.warehouse.force.queue.ComparedWindow;

/**
 * Two periods that are compared, by the numbers of their months.
 *
 * @param comparedWith which the earlier one is
 * @param earlierFrom first month of the earlier period
 * @param earlierTo last month of the earlier period
 * @param from first month of the period
 * @param to last month of the period
 */
record PeriodPair(ComparedWindow.Kind kind, String comparedWith, int earlierFrom, int earlierTo, int from, int to) {

    /** The most months before the last one to which a pair reaches: two years and a year to date. */
    static final int REACH = 36;

    private static final int MONTHS_OF_YEAR = 12;

    /**
     * All pairs of a queue: those of {@code mart.period_comparison}, and each month with the one before.
     *
     * @param settled the last month of which no late records are expected
     * @param whole the last whole month; pairs of it are added if it is another
     */
    static List<PeriodPair> of(int settled, int whole) {
        List<PeriodPair> pairs = new ArrayList<>();
        pairs.add(monthBefore(settled));
        List<ComparedWindow> windows = ComparedWindow.endingOn(LocalDate.ofEpochDay(Period.MONTH.lastDay(settled)));
        for (ComparedWindow window : windows) {
            for (ComparedWindow earlier : windows) {
                if (window.yearsBefore() == 0 && earlier.yearsBefore() > 0 && earlier.kind() == window.kind()) {
                    pairs.add(of(earlier, window));
                }
            }
        }
        if (whole != settled) {
            pairs.add(monthBefore(whole));
            pairs.add(new PeriodPair(
                    ComparedWindow.Kind.MONTH,
                    ComparedWindow.comparedWith(1),
                    whole - MONTHS_OF_YEAR,
                    whole - MONTHS_OF_YEAR,
                    whole,
                    whole));
        }
        return pairs;
    }

    private static PeriodPair of(ComparedWindow earlier, ComparedWindow window) {
        return new PeriodPair(
                window.kind(),
                ComparedWindow.comparedWith(earlier.yearsBefore()),
                month(earlier.from()),
                month(earlier.to()),
                month(window.from()),
                month(window.to()));
    }

    private static PeriodPair monthBefore(int month) {
        return new PeriodPair(ComparedWindow.Kind.MONTH, "the month before", month - 1, month - 1, month, month);
    }

    private static int month(LocalDate day) {
        return Period.MONTH.of((int) day.toEpochDay());
    }

    /** Whether the stock at the end of both periods is compared: once for each pair of ends. */
    boolean hasStock() {
        return kind == ComparedWindow.Kind.MONTH;
    }
}
