package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Contributors with an observed spell by day, week, month, quarter and financial year, as changes: the running sum is
 * the number of distinct contributors. Each spell of a contributor adds only the time that no earlier one has
 * covered.
 */
public final class PresenceCounts implements Serializable {

    /** Changes of the number of contributors, by day. */
    public final KeyedCounts byDay = KeyedCounts.none();

    private final Map<Period, KeyedCounts> byPeriod = new EnumMap<>(Period.class);

    PresenceCounts() {
        for (Period period : Period.values()) {
            byPeriod.put(period, KeyedCounts.none());
        }
    }

    /** Changes of the number of contributors, by number of the period. */
    public KeyedCounts by(Period period) {
        return Objects.requireNonNull(byPeriod.get(period));
    }

    /** Counts a contributor. */
    void add(Contributor contributor) {
        cover(byDay, contributor, day -> day);
        byPeriod.forEach((period, changes) -> cover(changes, contributor, period::of));
    }

    private static void cover(KeyedCounts changes, Contributor contributor, IntUnaryOperator numberOf) {
        int coveredTo = QueueSpec.NONE;
        for (ObservedSpell spell : contributor.spells()) {
            int from = Math.max(
                    numberOf.applyAsInt(spell.observedFromOn()),
                    coveredTo == QueueSpec.NONE ? coveredTo : coveredTo + 1);
            int to = numberOf.applyAsInt(spell.observedToOn());
            if (from <= to) {
                changes.add(from, 1);
                changes.add(to + 1, -1);
                coveredTo = to;
            }
        }
    }

    /** Adds counts over other contributors. */
    void add(PresenceCounts other) {
        byDay.addAll(other.byDay);
        other.byPeriod.forEach((period, changes) -> by(period).addAll(changes));
    }
}
