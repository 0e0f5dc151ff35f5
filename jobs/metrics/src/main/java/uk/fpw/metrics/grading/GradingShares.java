package uk.fpw.metrics.grading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.Proportion;

/**
 * Computes the rows of {@code mart.grading_share}: how often each grade of a scheme was given, by series and period.
 * Every grade of the version has a row.
 */
final class GradingShares {

    private final String scheme;
    private final GradingSpec spec;
    private final GradingSpec.Known known;
    private final ReleaseKey releaseKey;
    private final NavigableMap<GradedSeries, NavigableMap<GradingPeriod, PeriodGrades>> given = new TreeMap<>();
    private final NavigableMap<GradingPeriod, List<GradedSeries>> judged = new TreeMap<>();
    private final Map<GradedSeries, Map<Long, Long>> audits = new HashMap<>();

    /** @param judgements the judgements by a scheme, at least one */
    GradingShares(String scheme, GradingSpec spec, ReleaseKey releaseKey, List<Judgement> judgements) {
        this.scheme = scheme;
        this.spec = spec;
        this.releaseKey = releaseKey;
        HashSet<String> gradings = new HashSet<>();
        for (Judgement judgement : judgements) {
            gradings.add(judgement.grading());
            count(judgement);
        }
        this.known = spec.known(gradings);
        given.forEach((series, periods) -> periods.keySet()
                .forEach(period ->
                        judged.computeIfAbsent(period, any -> new ArrayList<>()).add(series)));
    }

    private void count(Judgement judgement) {
        GradedSeries series = judgement.series();
        for (GradingPeriod period : GradingPeriod.of(judgement.judgedOn())) {
            given.computeIfAbsent(series, any -> new TreeMap<>())
                    .computeIfAbsent(
                            period, any -> new PeriodGrades(grades(series).size()))
                    .add(judgement);
        }
        if (!judgement.givesCounts() && judgement.statedCaseCount() != null) {
            audits.computeIfAbsent(series, any -> new HashMap<>()).merge(judgement.statedCaseCount(), 1L, Long::sum);
        }
    }

    private List<String> grades(GradedSeries series) {
        return spec.grades(scheme, series.version());
    }

    /** Writes the rows, by series and period and in the order of the grades. */
    void write(TableRows table) {
        given.forEach((series, periods) -> {
            Whole previous = null;
            for (Map.Entry<GradingPeriod, PeriodGrades> period : periods.entrySet()) {
                Whole whole = new Whole(series, period.getKey(), period.getValue());
                if (previous != null && previous.period.kind() != whole.period.kind()) {
                    previous = null;
                }
                whole.write(table, previous);
                previous = whole;
            }
        });
    }

    /** The most similar series of the last earlier period with judgements of the scheme; null if there is none. */
    private @Nullable GradedSeries judgedBefore(GradedSeries series, GradingPeriod period) {
        GradingPeriod earlier = judged.lowerKey(period);
        return earlier == null || earlier.kind() != period.kind()
                ? null
                : Objects.requireNonNull(judged.get(earlier)).stream()
                        .max(series.byLikeness())
                        .orElseThrow();
    }

    /** All grades of one series in one period. */
    private final class Whole {

        private final GradedSeries series;
        private final GradingPeriod period;
        private final PeriodGrades grades;
        private final @Nullable Long stated;
        private final @Nullable Long total;
        private final @Nullable String intervalReason;

        Whole(GradedSeries series, GradingPeriod period, PeriodGrades grades) {
            this.series = series;
            this.period = period;
            this.grades = grades;
            this.stated = grades.statedCaseCount(audits.getOrDefault(series, Map.of()));
            this.total = grades.judgementTotalCount(stated);
            this.intervalReason = noInterval();
        }

        /** Why there is no interval; null if there is one. */
        private @Nullable String noInterval() {
            if (total == null) {
                return "the number of judgements is not known for every grade";
            }
            if (total == 0) {
                return "nothing was judged";
            }
            String noConclusion = series.noConclusion();
            if (noConclusion != null) {
                return noConclusion;
            }
            Long cases = grades.caseTotalCount();
            return cases != null && !cases.equals(total)
                    ? "a case was judged more than once: the judgements do not stand for as many cases"
                    : null;
        }

        /** Why there is no change since the previous period; null if there is one. */
        private @Nullable String noChange(@Nullable Whole previous) {
            if (intervalReason != null) {
                return intervalReason;
            }
            if (previous != null) {
                return previous.intervalReason == null
                        ? null
                        : "the period from " + previous.period.startOn() + ": " + previous.intervalReason;
            }
            GradedSeries before = judgedBefore(series, period);
            return before == null
                    ? "nothing was judged before"
                    : "what was judged before is of another kind: " + series.differenceOf(before);
        }

        /** Share of a grade; null if nothing was judged, or if numbers are unknown. */
        private @Nullable Double share(int rank) {
            Long count = grades.judgementCount(rank, stated);
            return count == null || total == null || total == 0 ? null : (double) count / total;
        }

        /** The share as that of a sample; undefined without an interval. */
        private Proportion proportion(int rank) {
            return new Proportion(
                    Math.toIntExact(Objects.requireNonNull(grades.judgementCount(rank, stated))),
                    Math.toIntExact(Objects.requireNonNull(total)));
        }

        void write(TableRows table, @Nullable Whole previous) {
            String changeReason = noChange(previous);
            List<String> names = grades(series);
            for (int rank = 1; rank <= names.size(); rank++) {
                TableRows.Row row = table.row()
                        .set("force", releaseKey.force())
                        .set("release_id", releaseKey.releaseId().value())
                        .set("grade", names.get(rank - 1))
                        .set("grade_rank", rank);
                period.set(series.set(row, scheme));
                setCounts(row, rank);
                setShare(row, rank);
                setChange(row, rank, changeReason, previous);
                known.end(row, period, releaseKey, grades.contributorCount(rank));
            }
        }

        private void setCounts(TableRows.Row row, int rank) {
            Long difference = total == null || stated == null ? null : (Long) (total - stated);
            row.set("judgement_count", grades.judgementCount(rank, stated))
                    .set("judgement_total_count", total)
                    .set("case_count", grades.caseCount(rank))
                    .set("case_total_count", grades.caseTotalCount())
                    .set("stated_case_count", stated)
                    .set("stated_difference_count", difference)
                    .set("adds_up", difference == null ? null : (Boolean) (difference == 0));
        }

        private void setShare(TableRows.Row row, int rank) {
            Proportion.Between between =
                    intervalReason == null ? proportion(rank).interval() : null;
            row.set("share", share(rank))
                    .set("share_low", between == null ? null : between.low())
                    .set("share_high", between == null ? null : between.high())
                    .set("interval_reason", intervalReason);
        }

        private void setChange(TableRows.Row row, int rank, @Nullable String changeReason, @Nullable Whole previous) {
            row.set("previous_period_start_on", previous == null ? null : previous.period.startOn())
                    .set("change_reason", changeReason)
                    .set("previous_share", null)
                    .set("share_change", null)
                    .set("share_change_low", null)
                    .set("share_change_high", null);
            if (changeReason == null && previous != null) {
                Proportion now = proportion(rank);
                Proportion earlier = previous.proportion(rank);
                Proportion.Between between = now.differenceFrom(earlier);
                row.set("previous_share", earlier.share())
                        .set("share_change", now.share() - earlier.share())
                        .set("share_change_low", between.low())
                        .set("share_change_high", between.high());
            }
        }
    }
}
