package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntMaps;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Re-entries by day and reason, and exits by day with what became of the item in the following 90 days. By day rather
 * than month, because an item with an implausible entry may have left or come back before the figures of its queue
 * start, and that day is only known after all items are processed.
 */
public final class ReentryCounts implements Serializable {

    /** An item that comes back within this many days of its exit, inclusive, has come back soon. */
    public static final int WITHIN_DAYS = 90;

    /** Spells that ended, by day of leaving and number of the {@link Fate}. */
    public final KeyedCounts exits = KeyedCounts.none();

    /** Contributors behind these exits, counted once a month, on the day of their last exit in it. */
    public final KeyedCounts exitContributors = KeyedCounts.none();

    /** Further spells that began, by day and position of the reason among the queue's. */
    public final KeyedCounts reentries = KeyedCounts.none();

    /**
     * Contributors behind these re-entries, counted once per month and reason, on the day of the last such re-entry.
     */
    public final KeyedCounts reentryContributors = KeyedCounts.none();

    /** What is known about the days after an exit. */
    public enum Fate {
        /** The days have not passed by the last known day. */
        NOT_YET_KNOWN(0),
        CAME_BACK(1),
        STAYED_AWAY(2);

        private final int number;

        Fate(int number) {
            this.number = number;
        }

        /** The number under which it is counted. */
        public int number() {
            return number;
        }

        private static Fate of(ObservedSpell spell, int dataAsAt) {
            if (spell.leftOn() + WITHIN_DAYS > dataAsAt) {
                return NOT_YET_KNOWN;
            }
            boolean isSoon =
                    spell.reenteredOn() != QueueSpec.NONE && spell.reenteredOn() - spell.leftOn() <= WITHIN_DAYS;
            return isSoon ? CAME_BACK : STAYED_AWAY;
        }
    }

    /** Counts a spell. */
    void add(ObservedSpell spell, QueueSpec queue) {
        if (!spell.isOpen()) {
            int fate = Fate.of(spell, queue.dataAsAt()).number();
            exits.add(KeyedCounts.key(spell.leftOn(), fate), 1);
        }
        if (spell.isReentry()) {
            reentries.add(KeyedCounts.key(spell.enteredOn(), spell.reentryReason()), 1);
        }
    }

    /** Counts a contributor: once a month, and once per month and reason. */
    void add(Contributor contributor) {
        Long2IntMap lastExits = new Long2IntOpenHashMap(0);
        Long2IntMap lastReentries = new Long2IntOpenHashMap(0);
        for (ObservedSpell spell : contributor.spells()) {
            if (!spell.isOpen()) {
                lastExits.mergeInt(Period.MONTH.of(spell.leftOn()), spell.leftOn(), Math::max);
            }
            if (spell.isReentry()) {
                int month = Period.MONTH.of(spell.enteredOn());
                lastReentries.mergeInt(KeyedCounts.key(month, spell.reentryReason()), spell.enteredOn(), Math::max);
            }
        }
        for (Long2IntMap.Entry exit : Long2IntMaps.fastIterable(lastExits)) {
            exitContributors.add(exit.getIntValue(), 1);
        }
        for (Long2IntMap.Entry reentry : Long2IntMaps.fastIterable(lastReentries)) {
            int reason = KeyedCounts.low(reentry.getLongKey());
            reentryContributors.add(KeyedCounts.key(reentry.getIntValue(), reason), 1);
        }
    }

    /** Adds counts over other contributors. */
    void add(ReentryCounts other) {
        exits.addAll(other.exits);
        exitContributors.addAll(other.exitContributors);
        reentries.addAll(other.reentries);
        reentryContributors.addAll(other.reentryContributors);
    }
}
