package uk.fpw.metrics.driver;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.metrics.series.Period;

/**
 * Two periods that are compared, by the numbers of their months.
 *
 * @param kind month, quarter or year to date, from 1 April
 * @param comparedWith which the earlier one is
 * @param earlierFrom first month of the earlier period
 * @param earlierTo last month of the earlier period
 * @param from first month of the period
 * @param to last month of the period
 */
record PeriodPair(String kind, String comparedWith, int earlierFrom, int earlierTo, int from, int to) {

    private static final int MONTHS_OF_YEAR = 12;
    private static final int MONTHS_OF_QUARTER = 3;

    /** The most months before the last one to which a pair reaches: two years and a year to date. */
    static final int REACH = 3 * MONTHS_OF_YEAR;

    /**
     * All pairs of a queue.
     *
     * @param settled the last month of which no late records are expected
     * @param whole the last whole month; pairs of it are added if it is another
     */
    static List<PeriodPair> of(int settled, int whole) {
        List<PeriodPair> pairs = new ArrayList<>();
        int quarter = Period.QUARTER.of(Period.MONTH.firstDay(settled + 1)) - 1;
        int quarterTo = Period.MONTH.of(Period.QUARTER.lastDay(quarter));
        int year = Period.FINANCIAL_YEAR.of(Period.MONTH.firstDay(settled));
        int yearFrom = Period.MONTH.of(Period.FINANCIAL_YEAR.firstDay(year));
        pairs.add(monthBefore(settled));
        for (Year back : Year.values()) {
            pairs.add(back.pair("month", settled, settled));
            pairs.add(back.pair("quarter", quarterTo - MONTHS_OF_QUARTER + 1, quarterTo));
            pairs.add(back.pair("year to date", yearFrom, settled));
        }
        if (whole != settled) {
            pairs.add(monthBefore(whole));
            pairs.add(Year.LAST.pair("month", whole, whole));
        }
        return pairs;
    }

    private static PeriodPair monthBefore(int month) {
        return new PeriodPair("month", "month before", month - 1, month - 1, month, month);
    }

    /** Years back. */
    private enum Year {
        LAST("last year", MONTHS_OF_YEAR),
        BEFORE("year before last", 2 * MONTHS_OF_YEAR);

        private final String words;
        private final int months;

        Year(String words, int months) {
            this.words = words;
            this.months = months;
        }

        PeriodPair pair(String kind, int from, int to) {
            return new PeriodPair(kind, words, from - months, to - months, from, to);
        }
    }

    /** Whether the stock at the end of both periods is compared: once for each pair of ends. */
    boolean hasStock() {
        return kind.equals("month");
    }
}
