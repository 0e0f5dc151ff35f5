package uk.fpw.metrics.dimension;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/** Warnings of a run about control charts whose limits are new. */
public final class RebaseWarnings {

    private RebaseWarnings() {}

    /** One for each rebase, from its date until its charts have enough points after it; the others passed. */
    public static List<QualityResult> of(Force force, Coverage coverage) {
        List<QualityResult> results = new ArrayList<>();
        for (Change change : force.changes().all()) {
            if (change.rebase()) {
                results.add(result(change, lastDay(force, coverage, change)));
            }
        }
        return List.copyOf(results);
    }

    /** Last day that is known of all its queues. */
    private static LocalDate lastDay(Force force, Coverage coverage, Change change) {
        return change.queues().stream()
                .map(queue -> coverage.asAt(force.feedsBehind(force.queue(queue))))
                .min(LocalDate::compareTo)
                .orElse(coverage.businessDate());
    }

    private static QualityResult result(Change change, LocalDate lastDay) {
        int needed = Changes.Rebase.POINTS;
        int weeks = PointsAfter.weeks(change.date(), lastDay);
        int months = PointsAfter.months(change.date(), lastDay);
        boolean isProvisional = !change.date().isAfter(lastDay) && (weeks < needed || months < needed);
        return new QualityResult(
                "changes/" + change.name(),
                "REBASE_HAS_ENOUGH_POINTS",
                "warning",
                isProvisional ? 1 : 0,
                isProvisional
                        ? String.format(
                                Locale.ROOT,
                                "limits since the rebase of %s are provisional: %s have passed, and %d are needed",
                                change.date(),
                                weeks < needed
                                        ? count(weeks, "week") + " and " + count(months, "month")
                                        : count(months, "month"),
                                needed)
                        : "its charts have " + needed + " points, or its date is still to come");
    }

    private static String count(int number, String unit) {
        return number + " complete " + unit + (number == 1 ? "" : "s");
    }
}
