package uk.fpw.metrics.cube;

import java.io.Serializable;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;

/**
 * Exits by month and reason. An item with an implausible entry may have left before the figures of its queue start,
 * and that day is only known after all items are processed, so such exits are also counted by day.
 */
public final class ExitCounts implements Serializable {

    /** Spells that ended, by number of the month and position of the reason. */
    public final KeyedCounts left = KeyedCounts.none();

    /** Distinct contributors behind these exits. */
    public final KeyedCounts contributors = KeyedCounts.none();

    /** Exits of spells with an implausible date of entry, by day and position of the reason. */
    private final KeyedCounts doubtfulLeft = KeyedCounts.none();

    /**
     * Contributors all of whose exits for a month and reason are of that kind, by the latest day and position of the
     * reason.
     */
    private final KeyedCounts doubtfulContributors = KeyedCounts.none();

    /** Counts a spell. */
    void add(ObservedSpell spell) {
        if (!spell.isOpen()) {
            left.add(key(spell), 1);
            if (!spell.isWaitKnown()) {
                doubtfulLeft.add(KeyedCounts.key(spell.leftOn(), spell.exitReason()), 1);
            }
        }
    }

    /** Counts a contributor. */
    void add(Contributor contributor) {
        for (ObservedSpell spell : contributor.spells()) {
            if (!spell.isWaitKnown() && !spell.isOpen()) {
                addDoubtful(contributor);
                break;
            }
        }
        for (ObservedSpell spell : contributor.forNextFamily().spells()) {
            if (!spell.isOpen() && contributor.isFirst(key(spell))) {
                contributors.add(key(spell), 1);
            }
        }
    }

    private void addDoubtful(Contributor contributor) {
        KeyedCounts latest = KeyedCounts.noMaxima();
        for (ObservedSpell spell : contributor.spells()) {
            if (!spell.isOpen()) {
                latest.max(key(spell), spell.isWaitKnown() ? Integer.MAX_VALUE : spell.leftOn());
            }
        }
        latest.forEach((exit, day) -> {
            if (day != Integer.MAX_VALUE) {
                doubtfulContributors.add(KeyedCounts.key(day, KeyedCounts.low(exit)), 1);
            }
        });
    }

    /** Exits in a month from a day on, the first day of the figures; the day gives the month. */
    public int leftFrom(int day, int reason) {
        return left.get(KeyedCounts.key(Period.MONTH.of(day), reason)) - before(doubtfulLeft, day, reason);
    }

    /** Distinct contributors behind these exits. */
    public int contributorsFrom(int day, int reason) {
        return contributors.get(KeyedCounts.key(Period.MONTH.of(day), reason))
                - before(doubtfulContributors, day, reason);
    }

    private static int before(KeyedCounts counts, int day, int reason) {
        int sum = 0;
        for (int early = Period.MONTH.firstDay(Period.MONTH.of(day)); early < day; early++) {
            sum += counts.get(KeyedCounts.key(early, reason));
        }
        return sum;
    }

    private static long key(ObservedSpell spell) {
        return KeyedCounts.key(Period.MONTH.of(spell.leftOn()), spell.exitReason());
    }

    /** Adds counts over other contributors. */
    void add(ExitCounts other) {
        left.addAll(other.left);
        contributors.addAll(other.contributors);
        doubtfulLeft.addAll(other.doubtfulLeft);
        doubtfulContributors.addAll(other.doubtfulContributors);
    }
}
