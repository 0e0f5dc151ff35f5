package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;

/**
 * The rows of {@code mart.queue_weekly}, {@code mart.queue_monthly}, {@code mart.queue_quarterly} and
 * {@code mart.queue_yearly}: flows, stocks and ages of a series by ISO week, calendar month, quarter or financial year.
 */
final class PeriodFigures {

    /** Trailing days over which the pace of work is measured: 13 weeks. */
    private static final int PACE_DAYS = 91;

    private static final double PACE_WEEKS = 13;

    private final Series series;
    private final DayFigures days;
    private final Period period;

    PeriodFigures(Series series, DayFigures days, Period period) {
        this.series = series;
        this.days = days;
        this.period = period;
    }

    void write(MartTable table) {
        Period ageing = period == Period.WEEK ? Period.WEEK : Period.MONTH;
        WaitingAges ages = new WaitingAges(series.cube().open().ages(ageing));
        long[] leftUpTo = cumulated(days.left);
        long[] servedUpTo = cumulated(days.served);
        KeyedCounts presences = series.cube().presences().by(period);
        int firstPeriod = series.firstPeriod(period);
        long contributors = presences.before(firstPeriod);
        for (int number = firstPeriod; number <= series.lastPeriod(period); number++) {
            contributors += presences.get(number);
            int measuredTo = series.measuredTo(period, number);
            int from = Math.max(period.firstDay(number), series.firstDay()) - series.firstDay();
            int to = measuredTo - series.firstDay();
            long inflow = sum(days.received, from, to) + sum(days.reentered, from, to);
            long left = sum(days.left, from, to);
            long served = sum(days.served, from, to);
            ages.advanceTo(ageing.of(measuredTo));
            TableRows.Row row = table.row(series, measuredTo);
            key(row, number);
            days.setDoubtful(row, to);
            row.setDay("measured_to_on", measuredTo)
                    .set("opening_count", days.opening(from))
                    .set("received_count", sum(days.received, from, to))
                    .set("reentered_count", sum(days.reentered, from, to))
                    .set("left_count", left)
                    .set("served_count", served)
                    .set("waiting_count", days.waiting[to])
                    .set("past_standard_count", series.hasStandard() ? days.pastStandard[to] : null)
                    .set("due_next_7_days_count", series.hasStandard() ? days.dueSoon[to] : null)
                    .set("left_per_inflow", ratio(left, inflow))
                    .set("served_per_inflow", ratio(served, inflow))
                    .set("weeks_of_work_left", weeksOfWork(leftUpTo, to))
                    .set("weeks_of_work_served", weeksOfWork(servedUpTo, to))
                    .set("oldest_age_days", days.oldestAge(to))
                    .set("oldest_wait_days", days.oldestWait(to))
                    .set("waiting_age_median_days", ages.median(measuredTo))
                    .set("waiting_age_mean_days", ages.mean(measuredTo))
                    .set("is_partial", series.isPartial(period, number))
                    .set("is_provisional", series.isProvisional(measuredTo))
                    .set("contributor_count", contributors)
                    .end();
        }
    }

    private void key(TableRows.Row row, int number) {
        int start = period.firstDay(number);
        int end = period.lastDay(number);
        switch (period) {
            case WEEK -> {
                LocalDate monday = LocalDate.ofEpochDay(start);
                row.setDay("week_start_on", start)
                        .setDay("week_end_on", end)
                        .set("iso_year", monday.get(IsoFields.WEEK_BASED_YEAR))
                        .set("iso_week", monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            }
            case MONTH -> row.setDay("month_start_on", start).setDay("month_end_on", end);
            case QUARTER -> {
                int year = Period.FINANCIAL_YEAR.of(start);
                row.setDay("quarter_start_on", start)
                        .setDay("quarter_end_on", end)
                        .set("financial_year", Period.financialYear(year))
                        .set("financial_quarter", number - Period.QUARTER.of(Period.FINANCIAL_YEAR.firstDay(year)) + 1);
            }
            case FINANCIAL_YEAR ->
                row.setDay("year_start_on", start)
                        .setDay("year_end_on", end)
                        .set("financial_year", Period.financialYear(number));
        }
    }

    private static long sum(long[] byDay, int from, int to) {
        long sum = 0;
        for (int at = from; at <= to; at++) {
            sum += byDay[at];
        }
        return sum;
    }

    private static long[] cumulated(long[] byDay) {
        long[] upTo = new long[byDay.length + 1];
        for (int at = 0; at < byDay.length; at++) {
            upTo[at + 1] = upTo[at] + byDay[at];
        }
        return upTo;
    }

    private static @Nullable Double ratio(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    /** Items waiting divided by exits per week; null if the history is shorter, or if nothing left. */
    private @Nullable Double weeksOfWork(long[] goneUpTo, int to) {
        if (to + 1 < PACE_DAYS) {
            return null;
        }
        long gone = goneUpTo[to + 1] - goneUpTo[to + 1 - PACE_DAYS];
        return gone == 0 ? null : days.waiting[to] * PACE_WEEKS / gone;
    }
}
