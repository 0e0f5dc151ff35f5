package uk.fpw.metrics.figures;

import java.time.LocalDate;
import uk.fpw.metrics.cube.Period;

/**
 * What the column {@code is_partial} says, for the rows of every mart: whether a row counts what happened in a period
 * that is not counted whole. All marts ask here, so that the column means the same in each of them.
 */
public final class PartialPeriod {

    private PartialPeriod() {}

    /**
     * A calendar month or ISO week of a queue is partial if it was not over when the business date ended, or had begun
     * before the figures of the queue did.
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

    /** A cohort is never partial: it may still grow, and the wait of an item that still waits is censored. */
    static boolean ofCohort() {
        return false;
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
