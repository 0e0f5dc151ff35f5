package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;

/** Distinct contributors received in a quarter, and waiting at its end. */
public final class QuarterContributors implements Serializable {

    /** Last day of the figures: the business date. */
    private final int asOf;

    /** Contributors with a first spell that began in the quarter, by its number. */
    public final KeyedCounts received = KeyedCounts.none();

    /**
     * Changes of the number of contributors with an item waiting at the end of the quarter (at the business date in
     * the last), by its number: the running sum is the number.
     */
    public final KeyedCounts waiting = KeyedCounts.none();

    QuarterContributors(int asOf) {
        this.asOf = asOf;
    }

    /** Counts a contributor. */
    void add(Contributor contributor) {
        Set<Integer> receivedIn = new HashSet<>();
        int coveredTo = Integer.MIN_VALUE;
        for (ObservedSpell spell : contributor.byEntry()) {
            int entered = Period.QUARTER.of(spell.enteredOn());
            if (!spell.isReentry() && receivedIn.add(entered)) {
                received.add(entered, 1);
            }
            int from = Math.max(entered, coveredTo);
            int to = spell.isOpen() ? Period.QUARTER.of(asOf) + 1 : Period.QUARTER.of(spell.leftOn());
            if (from < to) {
                waiting.add(from, 1);
                waiting.add(to, -1);
                coveredTo = to;
            }
        }
    }

    /** Adds counts over other contributors, up to the same day. */
    void add(QuarterContributors other) {
        received.addAll(other.received);
        waiting.addAll(other.waiting);
    }
}
