package uk.fpw.metrics.figures;

import java.util.List;
import java.util.stream.IntStream;
import uk.fpw.metrics.cube.CurveKey;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.wait.CumulativeIncidence;
import uk.fpw.statistics.wait.CurveVariance;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.SurvivalCurve;
import uk.fpw.statistics.wait.WaitSummary;

/**
 * The rows of {@code mart.wait_window}: how long items would wait if, at each day of their wait, they left at the
 * rate of those at risk in a calendar period (a period life table).
 */
final class WindowFigures {

    private static final List<String> QUANTILES = List.of("p25", "median", "p75", "p90");

    private static final String SERVED = "served";

    /** How spells end, in the order of {@link QueueSpec#SERVED} and {@link QueueSpec#UNSERVED}. */
    static final List<String> OUTCOMES = List.of(SERVED, "unserved");

    /** By how many days of wait it is said which share is served. */
    private static final List<Integer> SERVED_WITHIN_DAYS = List.of(30, 90, 180);

    private WindowFigures() {}

    /** The life table of a period, with {@link #OUTCOMES} as reasons. */
    static LifeTable table(QueueSpec queue, WaitCounts.Cohort window) {
        return WaitFigures.table(
                List.of(window),
                IntStream.range(0, queue.exitReasons().size())
                        .mapToObj(reason -> OUTCOMES.get(queue.outcome(reason)))
                        .toList());
    }

    static void write(Series series, MartTable table) {
        series.cube().windows().windows().forEach((period, window) -> {
            LifeTable life = table(series.queue(), window);
            CurveVariance variance = series.variance(
                    CurveKey.ofWindow(period.kind(), period.number()), window.contributors(), life.count());
            WaitSummary summary = WaitSummary.of(life, variance);
            TableRows.Row row = table.row(series)
                    .set("window_kind", period.kind().words())
                    .set("period", period.title())
                    .set("period_start_on", period.startOn())
                    .set("period_end_on", period.endOn())
                    .set("spell_count", summary.spellCount())
                    .set("left_count", summary.leftCount())
                    .set("still_waiting_count", summary.stillWaitingCount())
                    .set("longest_observed_days", summary.longestObservedDays());
            for (int i = 0; i < QUANTILES.size(); i++) {
                SurvivalCurve.Quantile quantile = summary.quantiles().get(i);
                row.set(QUANTILES.get(i) + "_days", quantile.value())
                        .set(QUANTILES.get(i) + "_low_days", quantile.low())
                        .set(QUANTILES.get(i) + "_high_days", quantile.high());
            }
            served(row, life, variance);
            row.set("curve_status", summary.curveStatus())
                    .set("interval_status", summary.intervalStatus())
                    .set("is_partial", PartialPeriod.ofWaits(period, series.figuresFrom(), series.dataAsAt()))
                    .set("is_provisional", series.isProvisional(window.lastObservedOn()))
                    .set("contributor_count", window.contributors())
                    .end();
        });
    }

    /** The shares served within so many days; null beyond what was observed. */
    private static void served(TableRows.Row row, LifeTable life, CurveVariance variance) {
        CumulativeIncidence incidence = CumulativeIncidence.of(life, OUTCOMES, variance.byContributor());
        for (int days : SERVED_WITHIN_DAYS) {
            CumulativeIncidence.Point point = life.isKnownAt(days) ? incidence.at(SERVED, days) : null;
            boolean hasInterval = variance.withheld() == null;
            row.set("served_" + days + "_share", point == null ? null : (Double) point.share())
                    .set("served_" + days + "_low", point != null && hasInterval ? point.low() : null)
                    .set("served_" + days + "_high", point != null && hasInterval ? point.high() : null);
        }
    }
}
