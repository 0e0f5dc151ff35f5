package uk.fpw.metrics.grading;

import org.jspecify.annotations.Nullable;

/**
 * One row of a grading query, about one item. What is null the source does not say.
 *
 * @param grading position of the query among the force's
 * @param caseKey what is judged
 * @param contributorKey the case or person behind it
 * @param unit part of the force, or body, that the case belongs to
 * @param judgedOn local day, as its number since 1970-01-01
 * @param givesCounts whether the query gives counts of judgements
 * @param judgementCount number of judgements in the row
 * @param statedCaseCount cases that the source says were judged in all
 */
public record GradedRow(
        int grading,
        @Nullable String caseKey,
        @Nullable String contributorKey,
        @Nullable String scheme,
        @Nullable Integer schemeVersion,
        @Nullable String grade,
        String theme,
        String assessor,
        String population,
        String selection,
        String unit,
        @Nullable Integer judgedOn,
        boolean givesCounts,
        @Nullable Long judgementCount,
        @Nullable Long statedCaseCount) {

    /** Where the source does not say. */
    public static final String NOT_RECORDED = "(not recorded)";
}
