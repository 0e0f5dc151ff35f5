package uk.fpw.metrics.lifecycle;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * What an event means for a queue. An event has one role in a queue: force folders in which an event both enters and
 * leaves a queue are rejected.
 *
 * @param queue position of the queue among the force's
 * @param reentryReason why an item comes back by this event; null if the event does not bring items back
 * @param leftAs how an item leaves by this event; null if it does not leave
 * @param isServed whether it leaves because the work was done
 */
record QueueRole(
        int queue,
        Kind kind,
        @Nullable String reentryReason,
        @Nullable String leftAs,
        boolean isServed) implements Serializable {

    /** In the order in which events of the same instant are processed. */
    enum Kind {
        ENTERS,
        LEAVES,
        RE_ENTERS
    }

    /** An event of a kind of item. */
    record Event(String itemKind, String event) implements Serializable {}

    boolean isEntry() {
        return kind != Kind.LEAVES;
    }

    /**
     * What each event means for the queues of a force. An event that both enters and re-enters has one role, entry,
     * with its reason.
     */
    static Map<Event, List<QueueRole>> of(Force force) {
        Map<Event, List<QueueRole>> roles = new HashMap<>();
        for (int number = 0; number < force.queues().size(); number++) {
            Queue queue = force.queues().get(number);
            int position = number;
            for (String event : queue.enters()) {
                add(roles, queue, event, new QueueRole(position, Kind.ENTERS, reason(queue, event), null, false));
            }
            for (Queue.ReEntry again : queue.reEnters()) {
                if (!queue.enters().contains(again.event())) {
                    add(
                            roles,
                            queue,
                            again.event(),
                            new QueueRole(position, Kind.RE_ENTERS, again.reason(), null, false));
                }
            }
            for (Queue.Exit exit : queue.leaves()) {
                add(roles, queue, exit.event(), new QueueRole(position, Kind.LEAVES, null, exit.as(), exit.served()));
            }
        }
        return roles;
    }

    private static @Nullable String reason(Queue queue, String event) {
        return queue.reEnters().stream()
                .filter(again -> again.event().equals(event))
                .map(Queue.ReEntry::reason)
                .findFirst()
                .orElse(null);
    }

    private static void add(Map<Event, List<QueueRole>> roles, Queue queue, String event, QueueRole role) {
        roles.computeIfAbsent(new Event(queue.itemKind(), event), any -> new ArrayList<>())
                .add(role);
    }
}
