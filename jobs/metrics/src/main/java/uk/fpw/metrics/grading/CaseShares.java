package uk.fpw.metrics.grading;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.Proportion;

/**
 * Computes the rows of {@code mart.grading_case_share}: how many cases got each grade, each case counted once per
 * period by its last judgement. Series of sources that give counts have no rows.
 */
record CaseShares(GradedCases cases, ReleaseKey releaseKey) {

    private static final String NOTHING_BEFORE =
            "no case of the same scheme version, population, selection, theme and assessor was judged before";

    /** Writes the rows, by series and period and in the order of the grades. */
    void write(TableRows table) {
        cases.series().forEach((series, periods) -> write(table, series, periods));
    }

    private void write(TableRows table, GradedSeries series, NavigableMap<GradingPeriod, CaseGrades> periods) {
        Whole previous = null;
        for (Map.Entry<GradingPeriod, CaseGrades> entry : periods.entrySet()) {
            if (entry.getValue().givesCounts()) {
                continue;
            }
            Whole whole = new Whole(series, entry.getKey(), entry.getValue());
            boolean isNext = previous != null && previous.period.kind() == whole.period.kind();
            whole.write(table, isNext ? previous : null);
            previous = whole;
        }
    }

    /** All grades of one series in one period. */
    private final class Whole {

        private final GradedSeries series;
        private final GradingPeriod period;
        private final CaseGrades grades;
        private final long[] counts;
        private final long total;
        private final @Nullable String intervalReason;

        Whole(GradedSeries series, GradingPeriod period, CaseGrades grades) {
            this.series = series;
            this.period = period;
            this.grades = grades;
            this.counts = Objects.requireNonNull(grades.counts());
            this.total = GradedCases.total(counts);
            this.intervalReason = GradedCases.noConclusion(series, grades);
        }

        private @Nullable String noChange(@Nullable Whole previous) {
            if (intervalReason != null) {
                return intervalReason;
            }
            if (previous == null) {
                return NOTHING_BEFORE;
            }
            return previous.intervalReason == null
                    ? null
                    : "the period from " + previous.period.startOn() + ": " + previous.intervalReason;
        }

        private Proportion proportion(int rank) {
            return new Proportion(Math.toIntExact(counts[rank - 1]), Math.toIntExact(total));
        }

        void write(TableRows table, @Nullable Whole previous) {
            String changeReason = noChange(previous);
            Long repeated = previous == null ? null : (Long) (long) inBoth(grades.cases(), previous.grades.cases());
            List<String> names = cases.grades(series);
            for (int rank = 1; rank <= names.size(); rank++) {
                TableRows.Row row = table.row()
                        .set("force", releaseKey.force())
                        .set("release_id", releaseKey.releaseId().value());
                period.set(series.set(row, cases.scheme()))
                        .set("grade", names.get(rank - 1))
                        .set("grade_rank", rank)
                        .set("case_count", counts[rank - 1])
                        .set("case_total_count", total)
                        .set("unclear_case_count", grades.unclear())
                        .set("judgement_total_count", grades.judgementCount())
                        .set("share", total == 0 ? null : (Double) ((double) counts[rank - 1] / total))
                        .set("interval_reason", intervalReason)
                        .set("repeated_case_count", repeated);
                setInterval(row, rank);
                setChange(row, rank, changeReason, previous);
                cases.known().end(row, period, releaseKey, grades.contributorCount(rank));
            }
        }

        private void setInterval(TableRows.Row row, int rank) {
            Proportion.Between between =
                    intervalReason == null ? proportion(rank).interval() : null;
            row.set("share_low", between == null ? null : between.low())
                    .set("share_high", between == null ? null : between.high());
        }

        private void setChange(TableRows.Row row, int rank, @Nullable String changeReason, @Nullable Whole previous) {
            boolean hasChange = changeReason == null && previous != null;
            Proportion now = hasChange ? proportion(rank) : null;
            Proportion earlier = hasChange && previous != null ? previous.proportion(rank) : null;
            Proportion.Between between = now == null || earlier == null ? null : now.differenceFrom(earlier);
            row.set("previous_period_start_on", previous == null ? null : previous.period.startOn())
                    .set("change_reason", changeReason)
                    .set("previous_share", earlier == null ? null : earlier.share())
                    .set(
                            "share_change",
                            now == null || earlier == null ? null : (Double) (now.share() - earlier.share()))
                    .set("share_change_low", between == null ? null : between.low())
                    .set("share_change_high", between == null ? null : between.high());
        }
    }

    /** Number of cases in both. */
    static int inBoth(Set<String> some, Set<String> others) {
        Set<String> both = new HashSet<>(some);
        both.retainAll(others);
        return both.size();
    }
}
