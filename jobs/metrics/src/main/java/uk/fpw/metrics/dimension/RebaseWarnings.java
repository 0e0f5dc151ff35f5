package uk.fpw.metrics.dimension;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** Warns of recorded changes after which control charts do not have limits of their own yet. */
public final class RebaseWarnings {

    private RebaseWarnings() {}

    /**
     * A charted month of the flows of a whole queue, from {@code mart.queue_signal}.
     *
     * @param points charted months in its segment
     */
    public record ChartedMonth(String queue, LocalDate startOn, int points) {}

    /** A queue and its number of charted months from a rebase to the next. */
    private record Charted(String queue, int points) {}

    /**
     * One result for each rebase. It fails from the rebase's date until the charts of the flows of all its queues
     * have limits of their own.
     *
     * @param charted every charted month of queues that have a rebase
     */
    public static List<QualityResult> of(Force force, Coverage coverage, List<ChartedMonth> charted) {
        List<QualityResult> results = new ArrayList<>();
        for (Change change : force.changes().all()) {
            if (change.rebase()) {
                boolean isAhead = change.date().isAfter(coverage.businessDate());
                change.queues().stream()
                        .map(queue -> new Charted(queue, points(force, change, queue, charted)))
                        .min(Comparator.comparingInt(Charted::points).thenComparing(Charted::queue))
                        .ifPresent(fewest -> results.add(result(change, fewest, isAhead)));
            }
        }
        return List.copyOf(results);
    }

    /**
     * Points in the segment that begins with the first charted month since the rebase and ends before the next
     * rebase.
     */
    private static int points(Force force, Change change, String queue, List<ChartedMonth> charted) {
        LocalDate next = force.changes().rebasesOf(queue).stream()
                .map(Changes.Rebase::from)
                .filter(from -> from.isAfter(change.date()))
                .min(Comparator.naturalOrder())
                .orElse(LocalDate.MAX);
        return charted.stream()
                .filter(month -> month.queue().equals(queue)
                        && !month.startOn().isBefore(change.date())
                        && month.startOn().isBefore(next))
                .min(Comparator.comparing(ChartedMonth::startOn))
                .map(ChartedMonth::points)
                .orElse(0);
    }

    private static QualityResult result(Change change, Charted fewest, boolean isAhead) {
        int needed = Changes.Rebase.POINTS;
        boolean isTooEarly = !isAhead && fewest.points() < needed;
        return new QualityResult(
                "changes/" + change.name(),
                "REBASE_HAS_ENOUGH_POINTS",
                "warning",
                isTooEarly ? 1 : 0,
                isTooEarly
                        ? String.format(
                                Locale.ROOT,
                                "control charts of %s have no limits of their own since the rebase of %s: %d month%s "
                                        + "charted, and %d are needed",
                                fewest.queue(),
                                change.date(),
                                fewest.points(),
                                fewest.points() == 1 ? " is" : "s are",
                                needed)
                        : "its charts have " + needed + " points, or its date is still to come");
    }
}
