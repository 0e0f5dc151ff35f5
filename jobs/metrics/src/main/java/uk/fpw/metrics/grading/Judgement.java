package uk.fpw.metrics.grading;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code core.grading}, of one scheme.
 *
 * @param series the series for comparison
 * @param grading grading query that returned it
 * @param itemKey item whose row states it
 * @param caseKey what is judged; two judgements of one case have the same
 * @param contributorKey the case or person behind it
 * @param rank place of the grade in the list of the scheme's version; 1 is best
 * @param unit part of the force, or body, that the case belongs to
 * @param judgedOn local date
 * @param givesCounts whether the source gives counts of judgements, so that nothing is known of single cases
 * @param count number of judgements; null if the source provides counts and this one is unknown
 * @param statedCaseCount cases that the source says were judged in all; null where it does not say
 */
record Judgement(
        GradedSeries series,
        String grading,
        String itemKey,
        String caseKey,
        String contributorKey,
        int rank,
        String unit,
        LocalDate judgedOn,
        boolean givesCounts,
        @Nullable Long count,
        @Nullable Long statedCaseCount) {}
