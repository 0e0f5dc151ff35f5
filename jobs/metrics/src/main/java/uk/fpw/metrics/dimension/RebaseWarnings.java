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

/** Warnings of a run about recorded changes whose control charts have no limits of their own yet. */
public final class RebaseWarnings {

    private RebaseWarnings() {}

    /**
     * A charted month of the flows of a queue as a whole, as {@code mart.queue_signal} has it.
     *
     * @param points charted months of its segment
     */
    public record ChartedMonth(String queue, LocalDate startOn, int points) {}

    /** A queue, and how many months are charted from a rebase to the next one. */
    private record Charted(String queue, int points) {}

    /**
     * One for each rebase, from its date until the charts of the flows of all its queues have limits of their own; the
     * others passed.
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

    /** Points of the segment that begins with the first charted month from a rebase on, up to the next rebase. */
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
