package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.PartialPeriod;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;

/**
 * Computes the rows of {@code mart.grading_change}: whether the grades of a period differ from those of the previous
 * period by more than chance, for every series from its second period on.
 */
record GradingChanges(GradedCases cases, ReleaseKey releaseKey) {

    private record Period(GradingPeriod period, CaseGrades grades) {}

    /**
     * Two consecutive periods of a series.
     *
     * @param p null without a test
     * @param reason why there is no test
     */
    private record Change(
            Period before,
            Period now,
            @Nullable Double p,
            @Nullable String reason) {}

    /** Writes the rows, by series and period. */
    void write(TableRows table) {
        cases.series().forEach((series, periods) -> {
            for (GradingPeriod.Kind kind : GradingPeriod.Kind.values()) {
                List<Change> changes = changes(series, periods, kind);
                long tests = changes.stream().filter(change -> change.p != null).count();
                changes.forEach(change -> write(table, series, change, tests));
            }
        });
    }

    private List<Change> changes(
            GradedSeries series, NavigableMap<GradingPeriod, CaseGrades> periods, GradingPeriod.Kind kind) {
        List<Change> changes = new ArrayList<>();
        Period before = null;
        for (Map.Entry<GradingPeriod, CaseGrades> entry : periods.entrySet()) {
            if (entry.getKey().kind() == kind) {
                Period now = new Period(entry.getKey(), entry.getValue());
                if (before != null) {
                    changes.add(change(series, before, now));
                }
                before = now;
            }
        }
        return changes;
    }

    private Change change(GradedSeries series, Period before, Period now) {
        String reason = noTest(series, now);
        if (reason == null) {
            String earlier = noTest(series, before);
            reason = earlier == null ? null : "the period from " + before.period.startOn() + ": " + earlier;
        }
        long[] counts = now.grades.counts();
        long[] earlierCounts = before.grades.counts();
        if (reason != null || counts == null || earlierCounts == null) {
            return new Change(before, now, null, reason);
        }
        Double p = FisherExact.p(new long[][] {earlierCounts, counts});
        return new Change(before, now, p, p == null ? "too many cases for an exact test" : null);
    }

    private @Nullable String noTest(GradedSeries series, Period period) {
        if (PartialPeriod.ofJudgements(period.period.endOn(), LocalDate.ofEpochDay(releaseKey.asOf()))) {
            return "the period is not over: it is tested once, when all its cases are known";
        }
        String noConclusion = GradedCases.noConclusion(series, period.grades);
        Long total = total(period);
        if (noConclusion != null || total == null) {
            return noConclusion;
        }
        return total < GradedCases.FEWEST_CASES ? "too few cases: " + total : null;
    }

    private static @Nullable Long total(Period period) {
        long[] counts = period.grades.counts();
        return counts == null ? null : (Long) GradedCases.total(counts);
    }

    private void write(TableRows table, GradedSeries series, Change change, long tests) {
        Set<String> contributors = new HashSet<>(change.now.grades.contributors());
        contributors.addAll(change.before.grades.contributors());
        boolean hasCases = !change.now.grades.givesCounts() && !change.before.grades.givesCounts();
        TableRows.Row row = table.row()
                .set("force", releaseKey.force())
                .set("release_id", releaseKey.releaseId().value());
        change.now
                .period
                .set(series.set(row, cases.scheme()))
                .set("previous_period", change.before.period.title())
                .set("previous_period_start_on", change.before.period.startOn())
                .set("case_total_count", total(change.now))
                .set("previous_case_total_count", total(change.before))
                .set(
                        "repeated_case_count",
                        hasCases ? CaseShares.inBoth(change.now.grades.cases(), change.before.grades.cases()) : null)
                .set("fisher_p", change.p)
                .set("comparison_count", tests)
                .set("fisher_p_adjusted", change.p == null ? null : (Double) Math.min(1, change.p * tests))
                .set("test_reason", change.reason);
        cases.known().end(row, change.now.period, releaseKey, contributors.size());
    }
}
