package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Items that are past at least one standard of a queue or of its stages, by day. An item counts once, even if it is
 * late by several standards. Additive over items.
 */
public final class LateItems implements Serializable {

    /** Changes of the number, by day. */
    public final KeyedCounts changes = KeyedCounts.none();

    /** Counts one item, with its late spells in the queue and its stages. */
    public void count(List<ObservedSpell> late) {
        int to = QueueSpec.NONE;
        for (ObservedSpell spell : late.stream()
                .sorted(Comparator.comparingInt(ObservedSpell::earliestDueOn))
                .toList()) {
            int from = spell.earliestDueOn();
            if (from > to) {
                changes.add(from, 1);
                if (to != QueueSpec.NONE) {
                    changes.add(to, -1);
                }
            }
            to = Math.max(to, spell.isOpen() ? Integer.MAX_VALUE : spell.leftOn());
        }
        if (to != QueueSpec.NONE && to != Integer.MAX_VALUE) {
            changes.add(to, -1);
        }
    }

    /** Adds counts over other items. */
    public void add(LateItems other) {
        changes.addAll(other.changes);
    }
}
