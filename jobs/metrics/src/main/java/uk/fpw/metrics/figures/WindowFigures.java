package uk.fpw.metrics.figures;

import java.util.List;
import uk.fpw.metrics.cube.CurveKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.SurvivalCurve;
import uk.fpw.statistics.wait.WaitSummary;

/**
 * The rows of {@code mart.wait_window}: how long items would wait if, at each day of their wait, they left at the
 * rate of those at risk in a calendar period (a period life table).
 */
final class WindowFigures {

    private static final List<String> QUANTILES = List.of("p25", "median", "p75", "p90");

    private WindowFigures() {}

    static void write(Series series, MartTable table) {
        series.cube().windows().windows().forEach((period, window) -> {
            LifeTable life = WaitFigures.table(List.of(window), series.queue().exitReasons());
            WaitSummary summary = WaitSummary.of(
                    life,
                    series.variance(
                            CurveKey.ofWindow(period.kind(), period.number()), window.contributors(), life.count()));
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
            row.set("curve_status", summary.curveStatus())
                    .set("interval_status", summary.intervalStatus())
                    .set("is_partial", PartialPeriod.ofWaits(period, series.figuresFrom(), series.dataAsAt()))
                    .set("is_provisional", series.isProvisional(window.lastObservedOn()))
                    .set("contributor_count", window.contributors())
                    .end();
        });
    }
}
