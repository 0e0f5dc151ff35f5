package uk.fpw.metrics.cube;

import java.io.Serializable;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Entries, exits and late items, by day. Changes are counted on the day at whose end they apply, so that the running
 * sum over the days is the stock.
 *
 * <p>An item waiting at the end of a day leaves on a later day, or not at all. An item that enters and leaves on the
 * same day is in both flows but never waits.
 */
public final class FlowCounts implements Serializable {

    /** Items whose deadline is within this many days are about to exceed their standard. */
    private static final int SOON_DAYS = 7;

    /** First spells that began, by day. */
    public final KeyedCounts received = KeyedCounts.none();

    /** Further spells that began, by day. */
    public final KeyedCounts reentered = KeyedCounts.none();

    /** Spells that ended, by day. */
    public final KeyedCounts left = KeyedCounts.none();

    /** Of these, spells that ended because the work was done. */
    public final KeyedCounts served = KeyedCounts.none();

    /** Changes of the number that is past its standard, by day. */
    public final KeyedCounts pastStandard = KeyedCounts.none();

    /** Changes of the number that will be past its standard within seven days unless it leaves, by day. */
    public final KeyedCounts dueSoon = KeyedCounts.none();

    /** Changes of the number that has been waiting since an implausible date, by day. */
    public final KeyedCounts ageUnknown = KeyedCounts.none();

    /** Changes of the number that no stage of the queue holds, because its dates are not in order, by day. */
    public final KeyedCounts outOfOrder = KeyedCounts.none();

    /** Changes of the number that waits although the source has an exit after the last known day, by day. */
    public final KeyedCounts closedAhead = KeyedCounts.none();

    /** Items that ever had a spell. */
    private long items;

    /** Counts a spell. */
    void add(ObservedSpell spell, boolean isFirstOfItem) {
        if (isFirstOfItem) {
            items++;
        }
        (spell.isReentry() ? reentered : received).add(spell.enteredOn(), 1);
        if (!spell.isOpen()) {
            left.add(spell.leftOn(), 1);
            if (spell.isServed()) {
                served.add(spell.leftOn(), 1);
            }
        }
        if (!spell.isAgeKnown()) {
            between(ageUnknown, spell.enteredOn(), spell);
        }
        if (spell.isOutOfOrder()) {
            between(outOfOrder, spell.enteredOn(), spell);
        }
        if (spell.isClosedAhead()) {
            between(closedAhead, spell.enteredOn(), spell);
        }
        int due = spell.countingDueOn();
        if (due != QueueSpec.NONE) {
            between(pastStandard, due, spell);
            int soonFrom = Math.max(spell.enteredOn(), due - SOON_DAYS);
            int soonTo = spell.isOpen() ? due : Math.min(due, spell.leftOn());
            if (soonTo > soonFrom) {
                dueSoon.add(soonFrom, 1);
                dueSoon.add(soonTo, -1);
            }
        }
    }

    /** Counts a spell from a day until the day before it leaves. */
    private static void between(KeyedCounts changes, int from, ObservedSpell spell) {
        if (spell.isOpen()) {
            changes.add(from, 1);
        } else if (spell.leftOn() > from) {
            changes.add(from, 1);
            changes.add(spell.leftOn(), -1);
        }
    }

    void add(FlowCounts other) {
        items += other.items;
        received.addAll(other.received);
        reentered.addAll(other.reentered);
        left.addAll(other.left);
        served.addAll(other.served);
        pastStandard.addAll(other.pastStandard);
        dueSoon.addAll(other.dueSoon);
        ageUnknown.addAll(other.ageUnknown);
        outOfOrder.addAll(other.outOfOrder);
        closedAhead.addAll(other.closedAhead);
    }

    /** Items that ever had a spell in the series. */
    public long items() {
        return items;
    }
}
