package uk.fpw.metrics.grading;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.table.TableRows;

/**
 * Computes the rows of {@code mart.grading_funnel}: which units' grades differ from those of all units together by
 * more than chance. One row for each financial year of a series in which a unit is recorded, each unit, and each
 * grade except the worst.
 */
final class GradingFunnels {

    private static final int FEWEST_UNITS = 3;

    /** If fewer cases are expected on either side, the normal approximation is rough. */
    private static final double FEW_EXPECTED = 5;

    private final GradedCases cases;
    private final ReleaseKey releaseKey;
    private final NavigableMap<GradedSeries, NavigableMap<GradingPeriod, NavigableMap<String, CaseGrades>>> units =
            new TreeMap<>();

    GradingFunnels(GradedCases cases, ReleaseKey releaseKey) {
        this.cases = cases;
        this.releaseKey = releaseKey;
        for (Judgement judgement : cases.judgements()) {
            GradingPeriod.of(judgement.judgedOn()).stream()
                    .filter(period -> period.kind() == GradingPeriod.Kind.FINANCIAL_YEAR)
                    .forEach(period -> units.computeIfAbsent(judgement.series(), any -> new TreeMap<>())
                            .computeIfAbsent(period, any -> new TreeMap<>(SparkText.ORDER))
                            .computeIfAbsent(
                                    judgement.unit(),
                                    any -> new CaseGrades(
                                            cases.grades(judgement.series()).size()))
                            .add(judgement));
        }
    }

    /** Writes the rows by series, period, grade (best first) and unit. */
    void write(TableRows table) {
        units.forEach((series, periods) -> periods.forEach((period, ofUnits) -> {
            if (ofUnits.keySet().stream().anyMatch(unit -> !unit.equals(GradedSeries.NOT_RECORDED))) {
                List<String> names = cases.grades(series);
                for (int rank = 1; rank < names.size(); rank++) {
                    Funnel funnel = new Funnel(series, period, ofUnits, rank);
                    ofUnits.keySet().forEach(unit -> funnel.write(table.row(), unit));
                }
            }
        }));
    }

    /** All units of a series in a period, for one grade. */
    private final class Funnel {

        private final GradedSeries series;
        private final GradingPeriod period;
        private final NavigableMap<String, CaseGrades> units;
        private final int rank;
        private final long unitCount;
        private final long total;
        private final long counted;

        Funnel(GradedSeries series, GradingPeriod period, NavigableMap<String, CaseGrades> units, int rank) {
            this.series = series;
            this.period = period;
            this.units = units;
            this.rank = rank;
            List<long[]> compared = units.entrySet().stream()
                    .filter(unit -> noPart(unit) == null)
                    .map(unit -> Objects.requireNonNull(unit.getValue().counts()))
                    .toList();
            this.unitCount = compared.size();
            this.total = compared.stream().mapToLong(GradedCases::total).sum();
            this.counted = compared.stream().mapToLong(this::upTo).sum();
        }

        private long upTo(long[] counts) {
            return IntStream.range(0, rank).mapToLong(i -> counts[i]).sum();
        }

        /** Why a unit is not compared; null if it is. */
        private @Nullable String noPart(Map.Entry<String, CaseGrades> unit) {
            return unit.getKey().equals(GradedSeries.NOT_RECORDED)
                    ? "the unit is not recorded"
                    : GradedCases.noConclusion(series, unit.getValue());
        }

        private @Nullable String noLimits(Map.Entry<String, CaseGrades> unit) {
            String noPart = noPart(unit);
            if (noPart != null) {
                return noPart;
            }
            if (unitCount < FEWEST_UNITS) {
                return "fewer than three units to compare: " + unitCount;
            }
            return counted == 0 || counted == total
                    ? "no case, or every case, of the units got this grade or a better one"
                    : null;
        }

        void write(TableRows.Row row, String unit) {
            CaseGrades grades = Objects.requireNonNull(units.get(unit));
            long[] counts = grades.counts();
            long size = counts == null ? 0 : GradedCases.total(counts);
            Long upTo = counts == null ? null : (Long) upTo(counts);
            String reason = noLimits(Map.entry(unit, grades));
            double all = (double) counted / total;
            Double share = upTo == null || size == 0 ? null : (Double) ((double) upTo / size);
            FunnelLimits limits = reason == null ? FunnelLimits.of(all, size) : null;
            period.set(series.set(
                            row.set("force", releaseKey.force())
                                    .set("release_id", releaseKey.releaseId().value()),
                            cases.scheme()))
                    .set("unit", unit)
                    .set("grade", cases.grades(series).get(rank - 1))
                    .set("grade_rank", rank)
                    .set("case_count", upTo)
                    .set("case_total_count", counts == null ? null : (Long) size)
                    .set("share", share)
                    .set("unit_count", unitCount)
                    .set("all_share", limits == null ? null : (Double) all)
                    .set("low_95", limits == null ? null : limits.low95())
                    .set("high_95", limits == null ? null : limits.high95())
                    .set("low_998", limits == null ? null : limits.low998())
                    .set("high_998", limits == null ? null : limits.high998())
                    .set("position", limits == null || share == null ? null : limits.position(share))
                    .set("is_rough", limits == null ? null : (Boolean) (size * Math.min(all, 1 - all) < FEW_EXPECTED))
                    .set("limits_reason", reason);
            cases.known().end(row, period, releaseKey, grades.contributors().size());
        }
    }
}
