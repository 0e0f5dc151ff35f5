package uk.fpw.metrics.figures;

import java.util.Collection;
import java.util.List;
import uk.fpw.metrics.cube.CurveKey;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.wait.CurveVariance;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.WaitCurve;
import uk.fpw.statistics.wait.WaitSummary;

/**
 * The rows of {@code mart.wait_curve} and {@code mart.wait_summary}: how long the items of a series wait, by cohort.
 */
final class WaitFigures {

    private WaitFigures() {}

    static void write(Series series, MartTable curves, MartTable summaries) {
        series.cube().waits().cohorts().forEach((number, cohort) -> {
            LifeTable table = table(List.of(cohort), series.queue().exitReasons());
            String name = WaitCounts.name(number);
            boolean isPartial = PartialPeriod.ofCohort(
                    number, series.firstDay(), series.releaseKey().asOf());
            boolean isProvisional = series.isProvisional(cohort.lastObservedOn());
            CurveVariance variance = series.variance(CurveKey.ofCohort(number), cohort.contributors(), table.count());
            for (WaitCurve.Line line : WaitCurve.of(table, series.queue().exitReasons(), variance)) {
                cohortRow(curves.row(series), name, isPartial, isProvisional, cohort)
                        .set("exit_reason", line.exitReason())
                        .set("wait_days", line.waitDays())
                        .set("at_risk_count", line.atRiskCount())
                        .set("left_count", line.leftCount())
                        .set("censored_count", line.censoredCount())
                        .set("still_waiting_share", line.stillWaitingShare())
                        .set("still_waiting_low", line.stillWaitingLow())
                        .set("still_waiting_high", line.stillWaitingHigh())
                        .set("still_waiting_standard_error", line.stillWaitingStandardError())
                        .set("left_share", line.leftShare())
                        .set("left_share_low", line.leftShareLow())
                        .set("left_share_high", line.leftShareHigh())
                        .set("left_share_standard_error", line.leftShareStandardError())
                        .set("interval_status", variance.status())
                        .end();
            }
            summary(
                    cohortRow(summaries.row(series), name, isPartial, isProvisional, cohort),
                    WaitSummary.of(table, variance));
        });
    }

    private static TableRows.Row cohortRow(
            TableRows.Row row, String name, boolean isPartial, boolean isProvisional, WaitCounts.Cohort cohort) {
        return row.set("cohort", name)
                .set("is_partial", isPartial)
                .set("is_provisional", isProvisional)
                .set("contributor_count", cohort.contributors());
    }

    /** The life table of some cohorts. A spell is at risk from the first observed day of its wait (left truncation). */
    static LifeTable table(Collection<WaitCounts.Cohort> cohorts, List<String> reasons) {
        LifeTable.Builder table = new LifeTable.Builder();
        for (WaitCounts.Cohort cohort : cohorts) {
            cohort.entries.forEach((day, count) -> table.enter(day - 1.0, count));
            cohort.exits.forEach((exit, count) -> {
                int reason = KeyedCounts.high(exit);
                int day = KeyedCounts.low(exit);
                if (reason == ObservedSpell.STILL_WAITING) {
                    table.censor(day, count);
                } else {
                    table.leave(day, reasons.get(reason), count);
                }
            });
        }
        return table.build();
    }

    private static void summary(TableRows.Row row, WaitSummary summary) {
        row.set("spell_count", summary.spellCount())
                .set("left_count", summary.leftCount())
                .set("still_waiting_count", summary.stillWaitingCount())
                .set("longest_observed_days", summary.longestObservedDays());
        summary.figures().forEach(row::set);
        row.set("restricted_to_days", WaitSummary.HORIZON_DAYS)
                .set("is_horizon_beyond_follow_up", summary.restrictedMean().isHorizonBeyondFollowUp())
                .set("curve_status", summary.curveStatus())
                .set("interval_status", summary.intervalStatus())
                .set("completed_only_median_days", summary.completedOnlyMedianDays())
                .end();
    }
}
