package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;

/**
 * What came, what left and what is late, by day. Changes are counted on the day at whose end they hold: a running sum
 * over the days gives what stands.
 *
 * <p>What waits at a day's end has left later, or not at all; an item that enters and leaves on one day is in both
 * flows and never waits.
 */
public final class FlowCounts implements Serializable {

    /** Days after which the deadline of an item that is about to be past its standard lies. */
    private static final int SOON_DAYS = 7;

    /** First spells that began, by day. */
    public final Long2IntOpenHashMap received = Counts.none();

    /** Further spells that began, by day. */
    public final Long2IntOpenHashMap reentered = Counts.none();

    /** Spells that ended, by day. */
    public final Long2IntOpenHashMap left = Counts.none();

    /** Of these, spells that ended because the work was done. */
    public final Long2IntOpenHashMap served = Counts.none();

    /** Changes of the number that is past its standard, by day. */
    public final Long2IntOpenHashMap pastStandard = Counts.none();

    /** Changes of the number that will be past its standard within seven days unless it leaves, by day. */
    public final Long2IntOpenHashMap dueSoon = Counts.none();

    /** Changes of the number that waits since a date that is not believed, by day. */
    public final Long2IntOpenHashMap ageUnknown = Counts.none();

    /** Changes of the number that no stage of the queue holds, since its dates are not in their order, by day. */
    public final Long2IntOpenHashMap outOfOrder = Counts.none();

    /** Items that ever had a spell. */
    private long items;

    /** Counts a spell. */
    void add(ObservedSpell spell, boolean isFirstOfItem) {
        if (isFirstOfItem) {
            items++;
        }
        Counts.add(spell.isReentry() ? reentered : received, spell.enteredOn(), 1);
        if (!spell.isOpen()) {
            Counts.add(left, spell.leftOn(), 1);
            if (spell.isServed()) {
                Counts.add(served, spell.leftOn(), 1);
            }
        }
        if (!spell.isAgeKnown()) {
            between(ageUnknown, spell.enteredOn(), spell);
        }
        if (spell.isOutOfOrder()) {
            between(outOfOrder, spell.enteredOn(), spell);
        }
        int due = spell.countingDueOn();
        if (due != QueueSpec.NONE) {
            between(pastStandard, due, spell);
            int soonFrom = Math.max(spell.enteredOn(), due - SOON_DAYS);
            int soonTo = spell.isOpen() ? due : Math.min(due, spell.leftOn());
            if (soonTo > soonFrom) {
                Counts.add(dueSoon, soonFrom, 1);
                Counts.add(dueSoon, soonTo, -1);
            }
        }
    }

    /** Counts a spell from a day to the day before it leaves. */
    private static void between(Long2IntOpenHashMap changes, int from, ObservedSpell spell) {
        if (spell.isOpen()) {
            Counts.add(changes, from, 1);
        } else if (spell.leftOn() > from) {
            Counts.add(changes, from, 1);
            Counts.add(changes, spell.leftOn(), -1);
        }
    }

    /** Adds what was counted elsewhere. */
    void add(FlowCounts other) {
        items += other.items;
        Counts.addAll(received, other.received);
        Counts.addAll(reentered, other.reentered);
        Counts.addAll(left, other.left);
        Counts.addAll(served, other.served);
        Counts.addAll(pastStandard, other.pastStandard);
        Counts.addAll(dueSoon, other.dueSoon);
        Counts.addAll(ageUnknown, other.ageUnknown);
        Counts.addAll(outOfOrder, other.outOfOrder);
    }

    /** Items that ever had a spell in the series. */
    public long items() {
        return items;
    }
}
