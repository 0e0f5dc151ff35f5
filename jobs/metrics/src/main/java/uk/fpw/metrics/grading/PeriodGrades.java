package uk.fpw.metrics.grading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the judgements of one series in one period, by grade. Complete once all judgements are added. */
final class PeriodGrades {

    private final List<OneGrade> grades = new ArrayList<>();
    private final Set<String> cases = new HashSet<>();
    private final Map<String, Stated> byItem = new HashMap<>();
    private final Stated onCases = new Stated();
    private long rowCount;
    private @Nullable Long knownCount;
    private boolean givesCounts;

    /** @param gradeCount number of grades in the list */
    PeriodGrades(int gradeCount) {
        for (int i = 0; i < gradeCount; i++) {
            grades.add(new OneGrade());
        }
    }

    void add(Judgement judgement) {
        rowCount++;
        knownCount = sum(knownCount, judgement.count());
        cases.add(judgement.caseKey());
        if (judgement.givesCounts()) {
            givesCounts = true;
            byItem.computeIfAbsent(judgement.itemKey(), any -> new Stated()).add(judgement.statedCaseCount());
        }
        onCases.add(judgement.statedCaseCount());
        grades.get(judgement.rank() - 1).add(judgement);
    }

    /** Distinct cases; null if a source gives counts rather than cases. */
    @Nullable
    Long caseTotalCount() {
        return givesCounts ? null : Long.valueOf(cases.size());
    }

    /**
     * Total number of judged cases, as stated by the source; null if it does not state one, or contradicts itself. If
     * a source gives counts, what it states about an item is complete. If it gives cases, each case is counted here,
     * and an audit that spans periods cannot be compared within one.
     *
     * @param audits number of judgements of the series, at any time, by the total that they state
     */
    @Nullable
    Long statedCaseCount(Map<Long, Long> audits) {
        if (!givesCounts) {
            Long stated = onCases.agreed();
            return stated != null && audits.getOrDefault(stated, 0L) == rowCount ? stated : null;
        }
        Long total = null;
        for (Stated item : byItem.values()) {
            if (item.agreed() == null) {
                return null;
            }
            total = sum(total, item.agreed());
        }
        return total;
    }

    /**
     * Judgements with a grade; null if unknown. If a source gives counts and does not mention the grade, it is 0 only
     * if the other grades account for all judgements.
     *
     * @param rank place of the grade, from 1
     * @param stated see {@link #statedCaseCount}
     */
    @Nullable
    Long judgementCount(int rank, @Nullable Long stated) {
        OneGrade grade = grades.get(rank - 1);
        if (grade.hasUnknown
                || (grade.rowCount == 0 && givesCounts && (stated == null || !stated.equals(knownCount)))) {
            return null;
        }
        return grade.knownCount == null ? 0 : grade.knownCount;
    }

    /** Judgements with any grade; null if the number for a grade is unknown. */
    @Nullable
    Long judgementTotalCount(@Nullable Long stated) {
        long total = 0;
        for (int rank = 1; rank <= grades.size(); rank++) {
            Long count = judgementCount(rank, stated);
            if (count == null) {
                return null;
            }
            total = Math.addExact(total, count);
        }
        return total;
    }

    /** Distinct cases with a grade; null if a source gives counts. */
    @Nullable
    Long caseCount(int rank) {
        return givesCounts ? null : Long.valueOf(grades.get(rank - 1).cases.size());
    }

    /** Distinct cases or people behind a grade. */
    long contributorCount(int rank) {
        return grades.get(rank - 1).contributors.size();
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.addExact(one, other);
    }

    private static final class OneGrade {

        private final Set<String> cases = new HashSet<>();
        private final Set<String> contributors = new HashSet<>();
        private long rowCount;
        private boolean hasUnknown;
        private @Nullable Long knownCount;

        void add(Judgement judgement) {
            rowCount++;
            cases.add(judgement.caseKey());
            Long count = judgement.count();
            hasUnknown |= count == null;
            knownCount = sum(knownCount, count);
            if (count == null || count > 0) {
                contributors.add(judgement.contributorKey());
            }
        }
    }

    /** A number that is only known if every row states it and all state the same. */
    private static final class Stated {

        private boolean hasAny;
        private boolean differs;
        private @Nullable Long first;

        void add(@Nullable Long number) {
            if (!hasAny) {
                first = number;
                hasAny = true;
            } else if (!Objects.equals(first, number)) {
                differs = true;
            }
        }

        @Nullable
        Long agreed() {
            return differs ? null : first;
        }
    }
}
