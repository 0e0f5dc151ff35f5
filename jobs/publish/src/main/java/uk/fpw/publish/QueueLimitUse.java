package uk.fpw.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.LimitUse;

/**
 * How near a candidate came to the limits of its queues, by the counts that {@link ReleaseLimits} judges. A limit may
 * be exceeded without stopping a release: a declared reason explains it, or so many closures are usual.
 */
public final class QueueLimitUse {

    private QueueLimitUse() {}

    /** Each limit that is set and has something to compare with. Queues that the force no longer has are left out. */
    public static List<LimitUse> of(Force force, MetricsResult result) {
        Map<String, Queue> queues = force.queues().stream().collect(Collectors.toMap(Queue::name, Function.identity()));
        List<LimitUse> uses = new ArrayList<>();
        for (QueueChange change : result.changes()) {
            Queue queue = queues.get(change.queue());
            if (queue != null) {
                uses.add(LimitUse.of(
                        queue.name(),
                        AcceptableLimit.SPELLS.text(),
                        change.goneCount() + change.changedCount(),
                        ReleaseLimits.MIN_SPELLS,
                        queue.limits().maxChangedSpellsShare(),
                        change.spellCount()));
                uses.add(LimitUse.of(
                        queue.name(),
                        AcceptableLimit.TOTAL.text(),
                        Math.abs(change.totalNow() - change.totalBefore()),
                        ReleaseLimits.MIN_STEP,
                        queue.limits().maxTotalStepShare(),
                        change.totalBefore()));
                uses.add(LimitUse.of(
                        queue.name(),
                        AcceptableLimit.CLOSURES.text(),
                        change.closedTotal(),
                        QueueChange.MASS_CLOSURE,
                        queue.limits().maxClosedShare(),
                        change.totalBefore()));
            }
        }
        for (MetricsResult.QueueExcluded excluded : result.excluded()) {
            Queue queue = queues.get(excluded.queue());
            if (queue != null) {
                uses.add(LimitUse.of(
                        queue.name(),
                        AcceptableLimit.LEFT_OUT.text(),
                        excluded.excludedCount(),
                        ReleaseLimits.MIN_EXCLUDED,
                        queue.limits().maxLeftOutShare(),
                        excluded.itemCount()));
            }
        }
        return uses.stream().filter(Objects::nonNull).toList();
    }
}
