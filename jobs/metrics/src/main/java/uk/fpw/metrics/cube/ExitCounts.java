package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntMaps;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;

/**
 * Exits by month and reason. An item with an implausible entry may have left before the figures of its queue start,
 * which is known only after all items are processed: such exits are counted by day as well.
 */
public final class ExitCounts implements Serializable {

    /** Spells that ended, by number of the month and position of the reason. */
    public final Long2IntOpenHashMap left = KeyedCounts.none();

    /** Distinct contributors behind them. */
    public final Long2IntOpenHashMap contributors = KeyedCounts.none();

    /** The spells whose entry date is implausible, by day and position of the reason. */
    private final Long2IntOpenHashMap doubtfulLeft = KeyedCounts.none();

    /**
     * Of the contributors those who have no other exit of the month and the reason, by the latest day and position of
     * the reason.
     */
    private final Long2IntOpenHashMap doubtfulContributors = KeyedCounts.none();

    /** Counts a spell. */
    void add(ObservedSpell spell) {
        if (!spell.isOpen()) {
            KeyedCounts.add(left, key(spell), 1);
            if (!spell.isWaitKnown()) {
                KeyedCounts.add(doubtfulLeft, KeyedCounts.key(spell.leftOn(), spell.exitReason()), 1);
            }
        }
    }

    /** Counts a contributor. */
    void add(Contributor contributor) {
        if (contributor.spells().stream().anyMatch(spell -> !spell.isWaitKnown() && !spell.isOpen())) {
            addDoubtful(contributor);
        }
        for (ObservedSpell spell : contributor.forNextFamily().spells()) {
            if (!spell.isOpen() && contributor.isFirst(key(spell))) {
                KeyedCounts.add(contributors, key(spell), 1);
            }
        }
    }

    private void addDoubtful(Contributor contributor) {
        Long2IntOpenHashMap latest = KeyedCounts.noMaxima();
        for (ObservedSpell spell : contributor.spells()) {
            if (!spell.isOpen()) {
                KeyedCounts.max(latest, key(spell), spell.isWaitKnown() ? Integer.MAX_VALUE : spell.leftOn());
            }
        }
        for (Long2IntMap.Entry exit : Long2IntMaps.fastIterable(latest)) {
            if (exit.getIntValue() != Integer.MAX_VALUE) {
                KeyedCounts.add(
                        doubtfulContributors,
                        KeyedCounts.key(exit.getIntValue(), KeyedCounts.low(exit.getLongKey())),
                        1);
            }
        }
    }

    /** Spells that ended in the month of a day from that day on, the first of the figures. */
    public int leftFrom(int day, int reason) {
        return left.get(KeyedCounts.key(Period.MONTH.of(day), reason)) - before(doubtfulLeft, day, reason);
    }

    /** Distinct contributors behind them. */
    public int contributorsFrom(int day, int reason) {
        return contributors.get(KeyedCounts.key(Period.MONTH.of(day), reason))
                - before(doubtfulContributors, day, reason);
    }

    private static int before(Long2IntOpenHashMap counts, int day, int reason) {
        int sum = 0;
        for (int early = Period.MONTH.firstDay(Period.MONTH.of(day)); early < day; early++) {
            sum += counts.get(KeyedCounts.key(early, reason));
        }
        return sum;
    }

    private static long key(ObservedSpell spell) {
        return KeyedCounts.key(Period.MONTH.of(spell.leftOn()), spell.exitReason());
    }

    /** Adds what was counted elsewhere, over other contributors. */
    void add(ExitCounts other) {
        KeyedCounts.addAll(left, other.left);
        KeyedCounts.addAll(contributors, other.contributors);
        KeyedCounts.addAll(doubtfulLeft, other.doubtfulLeft);
        KeyedCounts.addAll(doubtfulContributors, other.doubtfulContributors);
    }
}
