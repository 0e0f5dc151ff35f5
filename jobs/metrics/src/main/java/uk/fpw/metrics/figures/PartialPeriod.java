package uk.fpw.metrics.figures;

import java.time.LocalDate;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.series.Period;
import uk.fpw.warehouse.force.queue.CalendarPeriod;

/**
 * What the column {@code is_partial} says, for the rows of every mart: whether a row counts what happened in a period
 * that is not counted whole. All marts ask here, so that the column means the same in each of them.
 */
public final class PartialPeriod {

    private PartialPeriod() {}

    /**
     * A week, month, quarter or financial year of a queue is partial if it was not over when the business date ended,
     * or had begun before the figures of the queue did.
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

    /** What waits at a point of time is never partial: it was waiting then, whether the month is over or not. */
    static boolean ofStock() {
        return false;
    }

    /**
     * A cohort of a financial year is partial as the year is: while the year is not over, entries are still to come
     * that can have other waits; where it had begun before the figures did, of its first entries only those are known
     * that waited long enough to be seen. A cohort of entries of every day has no period that could end or begin. That
     * an item still waits makes no cohort partial: its wait is censored.
     *
     * @param cohort number of the cohort, see {@link WaitCounts#cohorts}
     * @param figuresFrom first day of the figures of the queue
     * @param asOf the business date
     */
    static boolean ofCohort(int cohort, int figuresFrom, int asOf) {
        return WaitCounts.isOfFinancialYear(cohort) && ofQueue(Period.FINANCIAL_YEAR, cohort, figuresFrom, asOf);
    }

    /**
     * A quarter or financial year of waits is partial if it was not over on the last day that is known, or had begun
     * before the figures of the queue did.
     *
     * @param figuresFrom first day of the figures of the queue
     */
    static boolean ofWaits(CalendarPeriod period, LocalDate figuresFrom, LocalDate dataAsAt) {
        return period.endOn().isAfter(dataAsAt) || period.startOn().isBefore(figuresFrom);
    }

    /**
     * A quarter or financial year of judgements is partial if it was not over when the business date ended. Nobody
     * knows a day from which on judgements were recorded, so the first period is taken as whole.
     *
     * @param endOn last day of the period
     * @param asOf the business date
     */
    public static boolean ofJudgements(LocalDate endOn, LocalDate asOf) {
        return endOn.isAfter(asOf);
    }
}
