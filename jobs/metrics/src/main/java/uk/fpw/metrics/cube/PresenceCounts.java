package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Contributors by day, week, month, quarter and financial year in which one of their spells was observed, as changes: a
 * running sum gives the distinct contributors. Of a contributor's spells, each adds only the time that no earlier one
 * has covered.
 */
public final class PresenceCounts implements Serializable {

    /** Changes of the number of contributors, by day. */
    public final Long2IntOpenHashMap byDay = KeyedCounts.none();

    private final Map<Period, Long2IntOpenHashMap> byPeriod = new EnumMap<>(Period.class);

    PresenceCounts() {
        for (Period period : Period.values()) {
            byPeriod.put(period, KeyedCounts.none());
        }
    }

    /** Changes of the number of contributors, by number of the period. */
    public Long2IntOpenHashMap by(Period period) {
        return Objects.requireNonNull(byPeriod.get(period));
    }

    /** Counts a contributor. */
    void add(Contributor contributor) {
        cover(byDay, contributor, day -> day);
        byPeriod.forEach((period, changes) -> cover(changes, contributor, period::of));
    }

    private static void cover(Long2IntOpenHashMap changes, Contributor contributor, IntUnaryOperator numberOf) {
        int coveredTo = QueueSpec.NONE;
        for (ObservedSpell spell : contributor.spells()) {
            int from = Math.max(
                    numberOf.applyAsInt(spell.observedFromOn()),
                    coveredTo == QueueSpec.NONE ? coveredTo : coveredTo + 1);
            int to = numberOf.applyAsInt(spell.observedToOn());
            if (from <= to) {
                KeyedCounts.add(changes, from, 1);
                KeyedCounts.add(changes, to + 1, -1);
                coveredTo = to;
            }
        }
    }

    /** Adds what was counted elsewhere, over other contributors. */
    void add(PresenceCounts other) {
        KeyedCounts.addAll(byDay, other.byDay);
        other.byPeriod.forEach((period, changes) -> KeyedCounts.addAll(by(period), changes));
    }
}
