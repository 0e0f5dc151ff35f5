package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;

/**
 * Outcomes of items under each standard, by month of entry. Only first entries since observation began count: of
 * earlier entries, only the slow ones are known.
 */
public final class StandardCounts implements Serializable {

    private final Map<Integer, ByMonth> standards = new TreeMap<>();

    /** The counts of one standard. */
    public static final class ByMonth implements Serializable {

        /** Items by number of the month of entry and number of the {@link ObservedSpell.Outcome}. */
        public final KeyedCounts items = KeyedCounts.none();

        /** The latest deadline of the items of a month. */
        public final KeyedCounts lastDueOn = KeyedCounts.noMaxima();

        /** Distinct contributors behind the items of a month. */
        public final KeyedCounts contributors = KeyedCounts.none();

        private void add(ByMonth other) {
            items.addAll(other.items);
            lastDueOn.maxAll(other.lastDueOn);
            contributors.addAll(other.contributors);
        }
    }

    /** The counts of each standard, by its position among the queue's. */
    public Map<Integer, ByMonth> standards() {
        return standards;
    }

    private ByMonth standard(int standard) {
        return standards.computeIfAbsent(standard, any -> new ByMonth());
    }

    private static boolean isJudged(ObservedSpell spell) {
        return !spell.isReentry() && spell.enteredOn() == spell.observedFromOn();
    }

    /** Counts a spell. */
    void add(ObservedSpell spell) {
        if (isJudged(spell)) {
            for (ObservedSpell.Measured measured : spell.standards()) {
                ByMonth counts = standard(measured.standard());
                int month = Period.MONTH.of(spell.enteredOn());
                counts.items.add(KeyedCounts.key(month, measured.outcome().number()), 1);
                counts.lastDueOn.max(month, measured.dueOn());
            }
        }
    }

    /** Counts a contributor once per standard and month. */
    void add(Contributor contributor) {
        contributor.forNextFamily();
        for (ObservedSpell spell : contributor.spells()) {
            if (isJudged(spell)) {
                int month = Period.MONTH.of(spell.enteredOn());
                for (ObservedSpell.Measured measured : spell.standards()) {
                    if (contributor.isFirst(KeyedCounts.key(measured.standard(), month))) {
                        standard(measured.standard()).contributors.add(month, 1);
                    }
                }
            }
        }
    }

    /** Adds counts over other contributors. */
    void add(StandardCounts other) {
        other.standards.forEach((number, standard) -> standard(number).add(standard));
    }
}
