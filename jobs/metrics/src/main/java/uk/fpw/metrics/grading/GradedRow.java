package uk.fpw.metrics.grading;

import org.jspecify.annotations.Nullable;

/**
 * One row of a grading query, about one item. Null means that the source does not say.
 *
 * @param grading position of the query among the force's
 * @param caseKey what is judged
 * @param contributorKey the case or person behind it
 * @param unit part of the force, or body, to which the case belongs
 * @param judgedOn local day, in days since 1970-01-01
 * @param givesCounts whether the query gives counts of judgements
 * @param judgementCount number of judgements in the row
 * @param statedCaseCount total number of judged cases, as stated by the source
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

    /** Used if the source does not say. */
    public static final String NOT_RECORDED = "(not recorded)";
}
