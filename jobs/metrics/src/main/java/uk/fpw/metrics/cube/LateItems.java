package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * Items that are past at least one standard of a queue or of its stages, by day. An item that is late by several of
 * them at once counts once. Additive over items.
 */
public final class LateItems implements Serializable {

    /** Changes of the number, by day. */
    public final Long2IntOpenHashMap changes = KeyedCounts.none();

    /** Counts one item with its late spells in the queue and its stages. */
    public void count(List<ObservedSpell> late) {
        int to = QueueSpec.NONE;
        for (ObservedSpell spell : late.stream()
                .sorted(Comparator.comparingInt(ObservedSpell::earliestDueOn))
                .toList()) {
            int from = spell.earliestDueOn();
            if (from > to) {
                KeyedCounts.add(changes, from, 1);
                if (to != QueueSpec.NONE) {
                    KeyedCounts.add(changes, to, -1);
                }
            }
            to = Math.max(to, spell.isOpen() ? Integer.MAX_VALUE : spell.leftOn());
        }
        if (to != QueueSpec.NONE && to != Integer.MAX_VALUE) {
            KeyedCounts.add(changes, to, -1);
        }
    }

    /** Adds what was counted elsewhere, over other items. */
    public void add(LateItems other) {
        KeyedCounts.addAll(changes, other.changes);
    }
}
