package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.SparkText;

/**
 * Counts judgements with each case counted once, by the judgements of its latest day: independent observations, as an
 * interval or a test needs them. If those of the latest day differ, the case is unclear and not counted. If a source
 * gives counts, cases are unknown, and its counts are used as they are.
 */
final class CaseGrades {

    private final int gradeCount;
    private final PeriodGrades all;
    private final Map<String, Last> cases = new HashMap<>();
    private boolean givesCounts;
    private @Nullable LocalDate firstJudgedOn;

    /** The judgements of a case on a day. */
    private record Last(LocalDate judgedOn, int bestRank, int worstRank, String contributorKey) {

        boolean isUnclear() {
            return bestRank != worstRank;
        }
    }

    /** @param gradeCount number of grades in the list */
    CaseGrades(int gradeCount) {
        this.gradeCount = gradeCount;
        this.all = new PeriodGrades(gradeCount);
    }

    void add(Judgement judgement) {
        all.add(judgement);
        LocalDate first = firstJudgedOn;
        firstJudgedOn = first == null || judgement.judgedOn().isBefore(first) ? judgement.judgedOn() : first;
        givesCounts |= judgement.givesCounts();
        Last one = new Last(judgement.judgedOn(), judgement.rank(), judgement.rank(), judgement.contributorKey());
        cases.merge(judgement.caseKey(), one, CaseGrades::latest);
    }

    private static Last latest(Last one, Last other) {
        int order = one.judgedOn.compareTo(other.judgedOn);
        if (order != 0) {
            return order > 0 ? one : other;
        }
        return new Last(
                one.judgedOn,
                Math.min(one.bestRank, other.bestRank),
                Math.max(one.worstRank, other.worstRank),
                SparkText.ORDER.compare(one.contributorKey, other.contributorKey) < 0
                        ? other.contributorKey
                        : one.contributorKey);
    }

    /** First day with a judgement; null without judgements. */
    @Nullable
    LocalDate firstJudgedOn() {
        return firstJudgedOn;
    }

    /** Whether a source gives counts rather than cases. */
    boolean givesCounts() {
        return givesCounts;
    }

    /** Cases of every grade, best first; null if a source gives counts and one of them is unknown. */
    long @Nullable [] counts() {
        long[] counts = new long[gradeCount];
        if (!givesCounts) {
            cases.values().stream().filter(last -> !last.isUnclear()).forEach(last -> counts[last.bestRank - 1]++);
            return counts;
        }
        Long stated = all.statedCaseCount(Map.of());
        for (int rank = 1; rank <= gradeCount; rank++) {
            Long count = all.judgementCount(rank, stated);
            if (count == null) {
                return null;
            }
            counts[rank - 1] = count;
        }
        return counts;
    }

    /** Cases whose judgements on their latest day differ. */
    long unclear() {
        return givesCounts ? 0 : cases.values().stream().filter(Last::isUnclear).count();
    }

    /** Total number of judgements; null if a count is unknown. */
    @Nullable
    Long judgementCount() {
        return all.judgementTotalCount(givesCounts ? all.statedCaseCount(Map.of()) : null);
    }

    /** The cases; empty if a source gives counts. */
    Set<String> cases() {
        return givesCounts ? Set.of() : cases.keySet();
    }

    /** Distinct cases or people behind a grade. */
    long contributorCount(int rank) {
        return cases.values().stream()
                .filter(last -> !last.isUnclear() && last.bestRank == rank)
                .map(Last::contributorKey)
                .distinct()
                .count();
    }

    /** Distinct cases or people behind all grades. */
    Set<String> contributors() {
        Set<String> contributors = new HashSet<>();
        cases.values().forEach(last -> contributors.add(last.contributorKey));
        return contributors;
    }
}
