package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;

/**
 * Computes the rows of {@code mart.grading_trend}: whether grades get better or worse over the whole periods of a
 * series. One row for all grades, and one for each grade except the worst.
 */
record GradingTrends(GradedCases cases, ReleaseKey releaseKey) {

    private static final int FEWEST_PERIODS = 3;
    private static final String EVERY_GRADE = "all";
    private static final String APPROXIMATE = "normal approximation";
    private static final String EXACT = "exact";

    private record Period(GradingPeriod period, CaseGrades grades) {}

    /**
     * A trend and the method of its p.
     *
     * @param trend null with a reason
     * @param method null with a reason
     */
    private record Tested(
            @Nullable GradeTrend trend,
            @Nullable String method,
            @Nullable String reason) {

        static Tested not(String reason) {
            return new Tested(null, null, reason);
        }
    }

    /** Writes the rows, by series and kind of period and in the order of the grades. */
    void write(TableRows table) {
        cases.series().forEach((series, all) -> {
            for (GradingPeriod.Kind kind : GradingPeriod.Kind.values()) {
                List<Period> periods = new ArrayList<>();
                all.forEach((period, grades) -> {
                    if (period.kind() == kind && isWhole(period)) {
                        periods.add(new Period(period, grades));
                    }
                });
                if (!periods.isEmpty()) {
                    new OneSeries(series, periods).write(table);
                }
            }
        });
    }

    private boolean isWhole(GradingPeriod period) {
        LocalDate asOf = LocalDate.ofEpochDay(releaseKey.asOf());
        return !period.endOn().isAfter(asOf)
                && !period.endOn().isAfter(cases.known().dataAsAt());
    }

    /** The whole periods of one kind in a series, at least one. */
    private final class OneSeries {

        private final GradedSeries series;
        private final List<Period> periods;
        private final @Nullable String reason;
        private final List<Tested> ofShares = new ArrayList<>();

        OneSeries(GradedSeries series, List<Period> periods) {
            this.series = series;
            this.periods = periods;
            this.reason = noTrend();
            for (int rank = 1; rank < cases.grades(series).size(); rank++) {
                ofShares.add(ofShare(rank));
            }
        }

        private @Nullable String noTrend() {
            if (series.noConclusion() != null) {
                return series.noConclusion();
            }
            for (Period period : periods) {
                String none = GradedCases.noConclusion(series, period.grades);
                if (none != null) {
                    return "the period from " + period.period.startOn() + ": " + none;
                }
            }
            return periods.size() < FEWEST_PERIODS ? "fewer than three whole periods: " + periods.size() : null;
        }

        private long[] counts(int period) {
            return Objects.requireNonNull(periods.get(period).grades.counts());
        }

        private long[] times() {
            return periods.stream().mapToLong(period -> period.period.number()).toArray();
        }

        void write(TableRows table) {
            List<String> names = cases.grades(series);
            writeAll(table.row());
            for (int rank = 1; rank < names.size(); rank++) {
                writeShare(table.row(), names.get(rank - 1), rank);
            }
        }

        private void writeAll(TableRows.Row row) {
            Tested tested = ofRanks();
            Double first = reason == null ? (Double) meanRank(counts(0)) : null;
            Double last = reason == null ? (Double) meanRank(counts(periods.size() - 1)) : null;
            set(row, EVERY_GRADE, 0, tested)
                    .set("first_share", null)
                    .set("last_share", null)
                    .set("first_mean_rank", first)
                    .set("last_mean_rank", last)
                    .set("comparison_count", tested.trend == null ? 0 : 1)
                    .end();
        }

        private void writeShare(TableRows.Row row, String grade, int rank) {
            set(row, grade, rank, ofShares.get(rank - 1))
                    .set("first_share", reason == null ? (Double) share(0, rank) : null)
                    .set("last_share", reason == null ? (Double) share(periods.size() - 1, rank) : null)
                    .set("first_mean_rank", null)
                    .set("last_mean_rank", null)
                    .set(
                            "comparison_count",
                            ofShares.stream().filter(one -> one.trend != null).count())
                    .end();
        }

        private Tested ofRanks() {
            if (reason != null) {
                return Tested.not(reason);
            }
            long[][] table =
                    IntStream.range(0, periods.size()).mapToObj(this::counts).toArray(long[][]::new);
            GradeTrend approximate = GradeTrend.ofRanks(
                    table, Arrays.stream(times()).asDoubleStream().toArray());
            return approximate == null
                    ? Tested.not("every case got the same grade")
                    : tested(
                            approximate,
                            table,
                            LongStream.rangeClosed(1, table[0].length).toArray());
        }

        private Tested ofShare(int rank) {
            if (reason != null) {
                return Tested.not(reason);
            }
            long[][] table = new long[periods.size()][];
            for (int i = 0; i < table.length; i++) {
                long upTo = upTo(i, rank);
                table[i] = new long[] {upTo, GradedCases.total(counts(i)) - upTo};
            }
            GradeTrend approximate = GradeTrend.ofShare(
                    Arrays.stream(table).mapToLong(period -> period[0]).toArray(),
                    Arrays.stream(table).mapToLong(GradedCases::total).toArray(),
                    Arrays.stream(times()).asDoubleStream().toArray());
            return approximate == null
                    ? Tested.not("no case, or every case, got this grade or a better one")
                    : tested(approximate, table, new long[] {1, 0});
        }

        private Tested tested(GradeTrend approximate, long[][] table, long[] scores) {
            if (!ExactTrend.isNeeded(table)) {
                return new Tested(approximate, APPROXIMATE, null);
            }
            Double exact = ExactTrend.p(table, times(), scores);
            return exact == null
                    ? Tested.not("fewer than 5 cases of a grade are expected in a period, and there are too many for "
                            + "an exact test")
                    : new Tested(new GradeTrend(approximate.z(), exact), EXACT, null);
        }

        private long upTo(int period, int rank) {
            long[] counts = counts(period);
            return IntStream.range(0, rank).mapToLong(i -> counts[i]).sum();
        }

        private double share(int period, int rank) {
            return (double) upTo(period, rank) / GradedCases.total(counts(period));
        }

        private double meanRank(long[] counts) {
            double sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += (double) counts[i] * (i + 1);
            }
            return sum / GradedCases.total(counts);
        }

        private TableRows.Row set(TableRows.Row row, String grade, int rank, Tested tested) {
            GradeTrend trend = tested.trend;
            Period first = periods.get(0);
            Period last = periods.get(periods.size() - 1);
            Set<String> contributors = new HashSet<>();
            periods.forEach(period -> contributors.addAll(period.grades.contributors()));
            return series.set(
                            row.set("force", releaseKey.force())
                                    .set("release_id", releaseKey.releaseId().value()),
                            cases.scheme())
                    .set("period_kind", first.period.kind().words())
                    .set("first_period", first.period.title())
                    .set("first_judged_on", first.grades.firstJudgedOn())
                    .set("last_period", last.period.title())
                    .set("period_count", periods.size())
                    .set("case_total_count", caseTotal())
                    .set("repeated_case_count", repeated())
                    .set("grade", grade)
                    .set("grade_rank", rank)
                    .set("z", trend == null ? null : trend.z())
                    .set("p", trend == null ? null : trend.p())
                    .set("p_method", tested.method)
                    .set("test_reason", tested.reason)
                    .set("contributor_count", contributors.size())
                    .set("data_as_at", cases.known().dataAsAt());
        }

        private @Nullable Long caseTotal() {
            long total = 0;
            for (Period period : periods) {
                long[] counts = period.grades.counts();
                if (counts == null) {
                    return null;
                }
                total += GradedCases.total(counts);
            }
            return total;
        }

        /** Cases judged in more than one period; null if a source gives counts. */
        private @Nullable Long repeated() {
            Set<String> seen = new HashSet<>();
            Set<String> repeated = new HashSet<>();
            for (Period period : periods) {
                if (period.grades.givesCounts()) {
                    return null;
                }
                for (String one : period.grades.cases()) {
                    if (!seen.add(one)) {
                        repeated.add(one);
                    }
                }
            }
            return (long) repeated.size();
        }
    }
}
