package uk.fpw.metrics.lifecycle;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uk.fpw.metrics.lifecycle.Irregularity.Code;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;

/** Follows items through the queues of a force. */
public final class ItemLifecycle implements Serializable {

    private final List<QueueSpec> queues;
    private final Map<QueueRole.Event, List<QueueRole>> roles;

    /** For each queue, the queue of which it is a stage; -1 for none. */
    private final int[] parents;

    /**
     * Result of processing an item.
     *
     * @param events its distinct events
     * @param spells its spells in queues; none in the stages of a queue if its dates are not in the order of the
     *     stages
     * @param outOfOrder positions of the queues whose stages cannot hold it
     * @param closedAhead positions of the queues for which it has an exit after the last known day
     * @param excluded when it would enter and leave queues that exclude it
     */
    public record Result(
            List<ItemEvent> events,
            List<Spell> spells,
            List<Irregularity> irregularities,
            Set<Integer> outOfOrder,
            Set<Integer> closedAhead,
            List<ExcludedTurn> excluded) {

        /** A copy with other spells. */
        public Result withSpells(List<Spell> others) {
            return new Result(events, others, irregularities, outOfOrder, closedAhead, excluded);
        }

        /** Result for an item without events. */
        public static final Result NONE = new Result(List.of(), List.of(), List.of(), Set.of(), Set.of(), List.of());

        /** A copy for an item that may have left, according to a value that could not be read. */
        public Result withUnreadableOutcome() {
            List<Irregularity> all = new ArrayList<>(irregularities);
            spells.stream()
                    .filter(spell -> spell.closing() == null)
                    .forEach(spell ->
                            all.add(new Irregularity(spell.queue(), Code.OUTCOME_UNREADABLE, spell.opening())));
            return new Result(events, spells, all, outOfOrder, closedAhead, excluded);
        }
    }

    /** The day on which an excluded item would enter or leave a queue. */
    public record ExcludedTurn(int queue, int day, boolean isEntry) {}

    public ItemLifecycle(Force force, List<QueueSpec> queues) {
        this.queues = queues;
        this.roles = QueueRole.of(force);
        List<String> names = force.queues().stream().map(Queue::name).toList();
        this.parents = force.queues().stream()
                .mapToInt(queue -> queue.parent() == null ? -1 : names.indexOf(queue.parent()))
                .toArray();
    }

    /** Processes one item; all of its rows must be valid. */
    public Result follow(List<ItemEvent> rows) {
        Map<ItemEvent.Identity, ItemEvent> events = new LinkedHashMap<>();
        Set<ItemEvent.Identity> repeated = new LinkedHashSet<>();
        for (ItemEvent row : rows) {
            ItemEvent known = events.get(row.identity());
            if (known == null) {
                events.put(row.identity(), row);
                continue;
            }
            repeated.add(row.identity());
            if (ItemEvent.FIRST_STATEMENT.compare(row, known) < 0) {
                events.put(row.identity(), row);
            }
        }
        Map<Integer, QueueLifecycle> lives = lives(events.values());
        Set<Integer> outOfOrder = outOfOrder(lives);
        List<Spell> spells = new ArrayList<>();
        List<Irregularity> irregularities = new ArrayList<>();
        List<ExcludedTurn> excluded = new ArrayList<>();
        Set<Integer> closedAhead = new HashSet<>();
        for (QueueLifecycle life : lives.values()) {
            if (life.isClosedAhead()) {
                closedAhead.add(life.queue());
            }
            irregularities.addAll(life.irregularities());
            boolean isOutOfOrder = outOfOrder.contains(parents[life.queue()]);
            if (isOutOfOrder || life.isRefused()) {
                life.turns().forEach(turn -> excluded.add(new ExcludedTurn(life.queue(), turn.day(), turn.isEntry())));
            }
            if (!isOutOfOrder) {
                spells.addAll(life.spells());
            } else if (life.firstEvent() != null) {
                irregularities.add(new Irregularity(life.queue(), Code.DATES_OUT_OF_ORDER, life.firstEvent()));
            }
        }
        repeated.forEach(identity -> {
            ItemEvent event = events.get(identity);
            if (event != null) {
                roles(event)
                        .forEach(
                                role -> irregularities.add(new Irregularity(role.queue(), Code.EVENT_REPEATED, event)));
            }
        });
        return new Result(List.copyOf(events.values()), spells, irregularities, outOfOrder, closedAhead, excluded);
    }

    private List<QueueRole> roles(ItemEvent event) {
        return roles.getOrDefault(new QueueRole.Event(event.itemKind(), event.event()), List.of());
    }

    private Map<Integer, QueueLifecycle> lives(Iterable<ItemEvent> events) {
        Map<Integer, List<Map.Entry<ItemEvent, QueueRole>>> byQueue = new TreeMap<>();
        for (ItemEvent event : events) {
            for (QueueRole role : roles(event)) {
                byQueue.computeIfAbsent(role.queue(), any -> new ArrayList<>()).add(Map.entry(event, role));
            }
        }
        Map<Integer, QueueLifecycle> lives = new TreeMap<>();
        byQueue.forEach((queue, heard) -> lives.put(
                queue, new QueueLifecycle(queue, heard, queues.get(queue).dataAsAt())));
        return lives;
    }

    /**
     * Queues whose stages cannot hold the item because its events are not in the order of the stages: on some day it
     * is in more or fewer stages than the queue holds it, and at least one of its events is irregular. Items with
     * only regular events are not meant: for these the definitions contradict each other, and the test that stages
     * add up reports it.
     */
    private Set<Integer> outOfOrder(Map<Integer, QueueLifecycle> lives) {
        Map<Integer, Map<Integer, Integer>> surplus = new HashMap<>();
        Set<Integer> irregular = new HashSet<>();
        for (QueueLifecycle life : lives.values()) {
            boolean isStage = parents[life.queue()] >= 0;
            int whole = isStage ? parents[life.queue()] : life.queue();
            if (life.isIrregular()) {
                irregular.add(whole);
            }
            for (QueueLifecycle.Turn turn : life.isRefused() ? List.<QueueLifecycle.Turn>of() : life.turns()) {
                surplus.computeIfAbsent(whole, any -> new HashMap<>())
                        .merge(turn.day(), turn.isEntry() == isStage ? 1 : -1, Integer::sum);
            }
        }
        Set<Integer> outOfOrder = new HashSet<>();
        surplus.forEach((whole, days) -> {
            boolean isWhole = false;
            for (int parent : parents) {
                isWhole |= parent == whole;
            }
            if (isWhole && irregular.contains(whole) && days.values().stream().anyMatch(day -> day != 0)) {
                outOfOrder.add(whole);
            }
        });
        return outOfOrder;
    }
}
