package uk.fpw.metrics.cases;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * How the silence and the waits of the cases of one milestones definition are counted.
 *
 * @param dataAsAt last known day of the cases
 * @param silenceReason why the silence is unknown (a feed is missing, or nothing counts as activity); null if it is
 *     known
 * @param clockReason why the waits are unknown; null if they are known
 * @param queues queues in which the cases and their items wait, by name
 */
public record CaseRules(
        Milestones milestones,
        int dataAsAt,
        @Nullable String silenceReason,
        @Nullable String clockReason,
        Map<String, CaseQueue> queues) {

    /** If nothing counts as activity. */
    static final String NO_ACTIVITY =
            "the milestones count no event as activity; name some in silence.activity of milestones/%s.yml";

    static final String NO_QUEUE = "no queue holds items of kind %s";

    /**
     * A queue in which cases or their items wait.
     *
     * @param isLinked whether it holds items that belong to a case, rather than cases
     * @param isUndivided false if it is made up of stages or is a variant of another queue
     * @param earliestEntry first credible day of an entry
     */
    record CaseQueue(boolean isLinked, boolean isUndivided, int earliestEntry) {}

    /** The rules of every milestones definition, given how far the feeds are known. */
    public static List<CaseRules> of(Force force, Coverage coverage) {
        return force.milestones().stream()
                .map(milestones -> of(milestones, force, coverage))
                .toList();
    }

    private static CaseRules of(Milestones milestones, Force force, Coverage coverage) {
        List<Queue> queues = force.queuesOf(milestones);
        return new CaseRules(
                milestones,
                (int) coverage.asAt(force.feedsBehind(milestones)).toEpochDay(),
                milestones.silence().activity().isEmpty()
                        ? NO_ACTIVITY.formatted(milestones.name())
                        : coverage.reason(force, force.feedsBehindSilence(milestones)),
                queues.isEmpty()
                        ? NO_QUEUE.formatted(String.join(" or ", milestones.itemKinds()))
                        : coverage.reason(force, force.feedsBehindClock(milestones)),
                queues.stream()
                        .collect(Collectors.toMap(
                                Queue::name,
                                queue -> new CaseQueue(
                                        !queue.itemKind().equals(milestones.itemKind()), force.isUndivided(queue), (int)
                                                queue.earliestEntry().toEpochDay()))));
    }

    /** Whether the cases have rows about their silence at all. */
    public boolean countsActivity() {
        return !milestones.silence().activity().isEmpty();
    }

    /**
     * Events that count as activity, by kind of item: of the items that belong to the cases, or of the cases
     * themselves.
     */
    public Map<String, Set<String>> activity(boolean isLinked) {
        return milestones.silence().activity().stream()
                .filter(activity -> isLinked != activity.itemKind().equals(milestones.itemKind()))
                .collect(Collectors.toMap(Milestones.Activity::itemKind, activity -> Set.copyOf(activity.events())));
    }

    /** Queues of the items that belong to the cases, or of the cases themselves. */
    public Set<String> queues(boolean isLinked) {
        return queues.entrySet().stream()
                .filter(queue -> queue.getValue().isLinked() == isLinked)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Whether an event recorded for this many open cases on one day is a bulk update.
     *
     * @param cases open cases with the event
     */
    public boolean isBulkUpdate(long cases, long openCases) {
        return cases >= milestones.silence().bulkUpdateMinCases()
                && cases * 100 >= milestones.silence().bulkUpdateMinPercent() * openCases;
    }
}
