package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;

/** Exits by month and reason. */
public final class ExitCounts implements Serializable {

    /** Spells that ended, by number of the month and position of the reason. */
    public final Long2IntOpenHashMap left = Counts.none();

    /** Distinct contributors behind them. */
    public final Long2IntOpenHashMap contributors = Counts.none();

    /** Counts a spell. */
    void add(ObservedSpell spell) {
        if (!spell.isOpen()) {
            Counts.add(left, key(spell), 1);
        }
    }

    /** Counts a contributor. */
    void add(Contributor contributor) {
        for (ObservedSpell spell : contributor.forNextFamily().spells()) {
            if (!spell.isOpen() && contributor.isFirst(key(spell))) {
                Counts.add(contributors, key(spell), 1);
            }
        }
    }

    private static long key(ObservedSpell spell) {
        return Counts.key(Period.MONTH.of(spell.leftOn()), spell.exitReason());
    }

    /** Adds what was counted elsewhere, over other contributors. */
    void add(ExitCounts other) {
        Counts.addAll(left, other.left);
        Counts.addAll(contributors, other.contributors);
    }
}
