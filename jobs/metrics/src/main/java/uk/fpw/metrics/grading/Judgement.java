package uk.fpw.metrics.grading;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code core.grading}, of one scheme.
 *
 * @param series the series for comparison
 * @param grading grading query that returned it
 * @param itemKey item whose row states it
 * @param caseKey what is judged; judgements of the same case share it
 * @param contributorKey the case or person behind it
 * @param rank place of the grade in the list of the scheme's version; 1 is best
 * @param unit part of the force, or body, to which the case belongs
 * @param judgedOn local date
 * @param givesCounts whether the source gives counts of judgements, so that single cases are unknown
 * @param count number of judgements; null if the source gives counts and this one is unknown
 * @param statedCaseCount total number of judged cases, as stated by the source; null if it does not say
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
