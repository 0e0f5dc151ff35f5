package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.Collection;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.series.Period;
import uk.fpw.warehouse.force.queue.CalendarPeriod;

/**
 * The definition of the column {@code is_partial} in every mart: whether a row is about a period that is not counted
 * as a whole.
 */
public final class PartialPeriod {

    private PartialPeriod() {}

    /**
     * A week, month, quarter or financial year of a queue is partial if it had not ended by the end of the business
     * date, or began before the figures of the queue.
     *
     * @param figuresFrom first day of the figures of the queue
     * @param asOf the business date
     */
    static boolean ofQueue(Period period, int number, int figuresFrom, int asOf) {
        return period.lastDay(number) > asOf || period.firstDay(number) < figuresFrom;
    }

    /** A day is never partial: figures begin and end with whole days. */
    static boolean ofDay() {
        return false;
    }

    /** A stock is never partial: it is as at a point of time, whether the month has ended or not. */
    static boolean ofStock() {
        return false;
    }

    /**
     * A cohort of a financial year is partial if the year is. Until the year ends, further entries with other waits
     * may follow; if it began before the figures, its early first entries are only known if they waited long enough
     * to be seen. A cohort of entries of every day belongs to no period. Items still waiting do not make a cohort
     * partial: their waits are censored.
     *
     * @param cohort number of the cohort, see {@link WaitCounts#cohorts}
     * @param figuresFrom first day of the figures of the queue
     * @param asOf the business date
     */
    static boolean ofCohort(int cohort, int figuresFrom, int asOf) {
        return WaitCounts.isOfFinancialYear(cohort) && ofQueue(Period.FINANCIAL_YEAR, cohort, figuresFrom, asOf);
    }

    /**
     * A quarter or financial year of waits is partial if it had not ended by the last known day, or began before the
     * figures of the queue.
     *
     * @param figuresFrom first day of the figures of the queue
     */
    static boolean ofWaits(CalendarPeriod period, LocalDate figuresFrom, LocalDate dataAsAt) {
        return period.endOn().isAfter(dataAsAt) || period.startOn().isBefore(figuresFrom);
    }

    /**
     * A comparison of two groups of waits is partial if the period of either is. Groups by the value of a slice have no
     * period, nor has a comparison without a pair.
     *
     * @param periods the periods of the groups
     * @param figuresFrom first day of the figures of the queue
     */
    static boolean ofComparison(Collection<CalendarPeriod> periods, LocalDate figuresFrom, LocalDate dataAsAt) {
        return periods.stream().anyMatch(period -> ofWaits(period, figuresFrom, dataAsAt));
    }

    /**
     * A quarter or financial year of judgements is partial if it had not ended by the end of the business date. It is
     * unknown when recording of judgements began, so the first period counts as whole.
     *
     * @param endOn last day of the period
     * @param asOf the business date
     */
    public static boolean ofJudgements(LocalDate endOn, LocalDate asOf) {
        return endOn.isAfter(asOf);
    }
}
