package uk.fpw.metrics.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.Irregularity.Code;
import uk.fpw.metrics.lifecycle.QueueRole.Kind;
import uk.fpw.metrics.series.QueueSpec;

/**
 * The history of one item in one queue.
 *
 * <p>Events are ordered by day, then by instant if all events of the day have one, then by their order in the source.
 * At the same instant, entries come before exits and exits before re-entries. Two statements of one event may differ
 * in the time only; the one without comes first. Events after the last known day wait for their day.
 */
final class QueueLifecycle {

    private final int queue;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Spell> spells = new ArrayList<>();
    private final List<Irregularity> irregularities = new ArrayList<>();
    private @Nullable ItemEvent firstEvent;
    private boolean isRefused;
    private boolean isClosedAhead;

    /** The item enters or leaves. */
    record Turn(int day, boolean isEntry) {}

    /** An event as this queue interprets it. */
    private record ReceivedEvent(ItemEvent event, QueueRole role, boolean hasComparableTime) {}

    private static final Comparator<ReceivedEvent> ORDER = Comparator.<ReceivedEvent>comparingInt(
                    received -> received.event.occurredOn())
            .thenComparing(
                    received -> received.hasComparableTime ? received.event.occurredAt() : null,
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(received -> received.event.eventOrder())
            .thenComparing(received -> received.role.kind())
            .thenComparing(received -> received.event.event(), SparkText.ORDER)
            .thenComparing(received -> received.event.occurredAt(), Comparator.nullsFirst(Comparator.naturalOrder()));

    /**
     * @param events the item's events that are relevant for the queue, with their roles
     * @param dataAsAt last known day of the queue
     */
    QueueLifecycle(int queue, List<Map.Entry<ItemEvent, QueueRole>> events, int dataAsAt) {
        this.queue = queue;
        List<Map.Entry<ItemEvent, QueueRole>> happened = new ArrayList<>();
        for (Map.Entry<ItemEvent, QueueRole> event : events) {
            if (event.getKey().occurredOn() > dataAsAt) {
                note(Code.AFTER_BUSINESS_DATE, event.getKey());
                isClosedAhead |= event.getValue().kind() == Kind.LEAVES;
            } else {
                happened.add(event);
            }
        }
        Map<Integer, Boolean> allTimed =
                ItemEvent.allTimed(happened.stream().map(Map.Entry::getKey).toList());
        List<ReceivedEvent> received = new ArrayList<>();
        for (Map.Entry<ItemEvent, QueueRole> event : happened) {
            received.add(new ReceivedEvent(
                    event.getKey(),
                    event.getValue(),
                    Objects.requireNonNull(allTimed.get(event.getKey().occurredOn()))));
        }
        received.sort(ORDER);
        if (!received.isEmpty()) {
            follow(received);
        }
    }

    private void follow(List<ReceivedEvent> received) {
        firstEvent = received.get(0).event;
        Code refusal = refusal(received);
        if (refusal != null) {
            isRefused = true;
            note(refusal, received.get(0).event);
            takeInGivenOrder(received);
            return;
        }
        ReceivedEvent opening = null;
        boolean hasLeft = false;
        for (ReceivedEvent next : received) {
            boolean isOpen = opening != null;
            if (next.role.isEntry() != isOpen) {
                if (next.role.isEntry()
                        && hasLeft
                        && next.role.kind() == Kind.ENTERS
                        && next.role.reentryReason() == null) {
                    note(Code.RECEIVED_AGAIN, next.event);
                }
                turns.add(new Turn(next.event.occurredOn(), next.role.isEntry()));
                if (opening == null) {
                    opening = next;
                } else {
                    spells.add(spell(opening, next));
                    opening = null;
                    hasLeft = true;
                }
            } else {
                note(
                        !next.role.isEntry()
                                ? Code.CLOSED_TWICE
                                : next.role.kind() == Kind.ENTERS ? Code.RECEIVED_TWICE : Code.REOPENED_WHILE_OPEN,
                        next.event);
            }
        }
        if (opening != null) {
            spells.add(spell(opening, null));
        }
    }

    /** When the item would enter and leave; an exit before the first entry is ignored. */
    private void takeInGivenOrder(List<ReceivedEvent> received) {
        boolean isIn = false;
        for (ReceivedEvent next : received) {
            if (next.role.isEntry() != isIn) {
                isIn = next.role.isEntry();
                turns.add(new Turn(next.event.occurredOn(), isIn));
            }
        }
    }

    /** Why the queue excludes the item: the first event must be an entry. */
    private static @Nullable Code refusal(List<ReceivedEvent> received) {
        return switch (received.get(0).role.kind()) {
            case ENTERS -> null;
            case RE_ENTERS -> Code.REOPENED_NEVER_RECEIVED;
            case LEAVES ->
                received.stream().anyMatch(one -> one.role.kind() == Kind.ENTERS)
                        ? Code.CLOSED_BEFORE_RECEIVED
                        : Code.CLOSED_NEVER_RECEIVED;
        };
    }

    private Spell spell(ReceivedEvent in, @Nullable ReceivedEvent out) {
        String reason = in.role.reentryReason() == null ? QueueSpec.RECEIVED_AGAIN : in.role.reentryReason();
        return new Spell(
                queue,
                in.event,
                out == null ? null : out.event,
                spells.isEmpty() ? null : reason,
                spells.isEmpty() ? in.event.occurredOn() : spells.get(0).firstEnteredOn(),
                out == null ? null : out.role.leftAs(),
                out != null && out.role.isServed(),
                Map.of(),
                Map.of());
    }

    private void note(Code code, ItemEvent event) {
        irregularities.add(new Irregularity(queue, code, event));
    }

    int queue() {
        return queue;
    }

    /** Whether the queue excludes the item, because its first event is not an entry. */
    boolean isRefused() {
        return isRefused;
    }

    /** Whether it has an exit after the last known day. */
    boolean isClosedAhead() {
        return isClosedAhead;
    }

    /** When the item entered and left, in order; for an excluded item, when it would have. */
    List<Turn> turns() {
        return turns;
    }

    List<Spell> spells() {
        return spells;
    }

    List<Irregularity> irregularities() {
        return irregularities;
    }

    /** Whether an event up to the last known day is irregular. */
    boolean isIrregular() {
        return irregularities.stream().anyMatch(one -> one.code() != Code.AFTER_BUSINESS_DATE);
    }

    /** The first event up to the last known day; null if there is none, or if it is not an entry. */
    @Nullable
    ItemEvent firstEvent() {
        return isRefused ? null : firstEvent;
    }
}
