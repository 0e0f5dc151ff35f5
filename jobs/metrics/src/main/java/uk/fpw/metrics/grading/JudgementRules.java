package uk.fpw.metrics.grading;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.grading.GradingScheme;

/** Decides whether judgements are usable, given the schemes of a force and its business date. */
public final class JudgementRules implements Serializable {

    private static final Set<String> SELECTIONS = Set.of("random", "all", "purposive", "unknown");

    private final Map<String, Map<Integer, Version>> schemes = new HashMap<>();
    private final int businessDate;

    private record Version(int validFrom, List<String> grades) implements Serializable {}

    /** Why a judgement is not used; if several apply, the first in this order. */
    public enum Problem {
        MISSING_ITEM,
        MISSING_DATE,
        UNKNOWN_SCHEME,
        UNKNOWN_SCHEME_VERSION,
        GRADE_NOT_IN_SCHEME,
        UNKNOWN_SELECTION,
        INVALID_COUNT,
        BEFORE_SCHEME_VERSION,
        AFTER_BUSINESS_DATE;

        /**
         * Whether the judgement is wrong, which makes all judgements of its item unusable; otherwise it is only not
         * used yet.
         */
        public boolean isFault() {
            return this != AFTER_BUSINESS_DATE;
        }
    }

    public JudgementRules(Force force, LocalDate businessDate) {
        for (GradingScheme scheme : force.schemes()) {
            Map<Integer, Version> versions = new HashMap<>();
            for (GradingScheme.Version version : scheme.versions()) {
                versions.put(
                        version.version(),
                        new Version(Math.toIntExact(version.validFrom().toEpochDay()), List.copyOf(version.grades())));
            }
            schemes.put(scheme.name(), versions);
        }
        this.businessDate = Math.toIntExact(businessDate.toEpochDay());
    }

    /** Why a judgement is not used; null if it is used. */
    public @Nullable Problem problem(@Nullable String item, GradedRow judgement) {
        if (item == null) {
            return Problem.MISSING_ITEM;
        }
        Integer judgedOn = judgement.judgedOn();
        if (judgedOn == null) {
            return Problem.MISSING_DATE;
        }
        Map<Integer, Version> versions = schemes.get(judgement.scheme());
        if (versions == null) {
            return Problem.UNKNOWN_SCHEME;
        }
        Version version = versions.get(judgement.schemeVersion());
        if (version == null) {
            return Problem.UNKNOWN_SCHEME_VERSION;
        }
        if (judgement.grade() == null || !version.grades.contains(judgement.grade())) {
            return Problem.GRADE_NOT_IN_SCHEME;
        }
        if (!SELECTIONS.contains(judgement.selection())) {
            return Problem.UNKNOWN_SELECTION;
        }
        if (isNegative(judgement.judgementCount()) || isNegative(judgement.statedCaseCount())) {
            return Problem.INVALID_COUNT;
        }
        if (judgedOn < version.validFrom) {
            return Problem.BEFORE_SCHEME_VERSION;
        }
        return judgedOn > businessDate ? Problem.AFTER_BUSINESS_DATE : null;
    }

    private static boolean isNegative(@Nullable Long count) {
        return count != null && count < 0;
    }

    /** Place of the grade among those of its version, 1 for the best; the judgement must be usable. */
    public int rank(GradedRow judgement) {
        return version(judgement).grades.indexOf(judgement.grade()) + 1;
    }

    private Version version(GradedRow judgement) {
        Map<Integer, Version> versions = schemes.get(judgement.scheme());
        Version version = versions == null ? null : versions.get(judgement.schemeVersion());
        if (version == null) {
            throw new IllegalStateException("the judgement uses a version that does not exist");
        }
        return version;
    }

    /** The problem as text that follows "a judgement". */
    public String reason(Problem problem, GradedRow judgement) {
        return switch (problem) {
            case MISSING_ITEM -> "without an item";
            case MISSING_DATE -> "without a date";
            case UNKNOWN_SCHEME -> "by a scheme that the force folder does not have";
            case UNKNOWN_SCHEME_VERSION -> "by a version that scheme " + judgement.scheme() + " does not have";
            case GRADE_NOT_IN_SCHEME ->
                "whose grade is not in version " + judgement.schemeVersion() + " of scheme " + judgement.scheme();
            case UNKNOWN_SELECTION -> "whose selection is not random, all, purposive or unknown";
            case INVALID_COUNT -> "with a count below 0";
            case BEFORE_SCHEME_VERSION ->
                "dated before version " + judgement.schemeVersion() + " of scheme " + judgement.scheme()
                        + " was valid, on " + LocalDate.ofEpochDay(version(judgement).validFrom);
            case AFTER_BUSINESS_DATE -> "dated after the business date";
        };
    }

    /** Numbers equal judgements from 1. Each of them counts; which gets which number makes no difference. */
    public static List<Integer> copyNumbers(List<GradedRow> judgements) {
        Map<GradedRow, Integer> seen = new HashMap<>();
        List<Integer> numbers = new ArrayList<>();
        judgements.forEach(judgement -> numbers.add(seen.merge(judgement, 1, Integer::sum)));
        return numbers;
    }
}
