package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Days of wait at which spells entered observation, ended or were last observed, by cohort. Cohorts are fixed at entry;
 * a spell whose date of entry is implausible is in none.
 */
public final class WaitCounts implements Serializable {

    /** Of the reason of those that were last seen waiting. */
    public static final int STILL_WAITING = -1;

    private static final int MONTHS_BEFORE_APRIL = 3;
    private static final int MONTHS = 12;

    /** Number of the cohort of re-entries. */
    private static final int RE_ENTRIES = Integer.MAX_VALUE;

    /** Number of the cohort of all first entries; that of a financial year is its start year. */
    private static final int FIRST_ENTRIES = Integer.MIN_VALUE;

    private final Map<Integer, Cohort> cohorts = new TreeMap<>();

    /** What is counted of one cohort. */
    public static final class Cohort implements Serializable {

        /** Spells by the first day of their wait on which they were under observation. */
        public final Long2IntOpenHashMap entries = KeyedCounts.none();

        /** Spells by the position of how they left, or {@link #STILL_WAITING}, and by day of their wait. */
        public final Long2IntOpenHashMap exits = KeyedCounts.none();

        private long contributors;
        private int lastObservedOn = QueueSpec.NONE;

        private void add(ObservedSpell spell) {
            KeyedCounts.add(entries, spell.observedFromOn() - (long) spell.enteredOn(), 1);
            KeyedCounts.add(
                    exits,
                    KeyedCounts.key(
                            spell.isOpen() ? STILL_WAITING : spell.exitReason(),
                            spell.observedToOn() - spell.enteredOn()),
                    1);
            lastObservedOn = Math.max(lastObservedOn, spell.observedToOn());
        }

        private void add(Cohort other) {
            KeyedCounts.addAll(entries, other.entries);
            KeyedCounts.addAll(exits, other.exits);
            contributors += other.contributors;
            lastObservedOn = Math.max(lastObservedOn, other.lastObservedOn);
        }

        /** Distinct contributors behind the cohort. */
        public long contributors() {
            return contributors;
        }

        /** Last day on which one of its spells was seen waiting or left. */
        public int lastObservedOn() {
            return lastObservedOn;
        }
    }

    /** The cohorts by their number. */
    public Map<Integer, Cohort> cohorts() {
        return cohorts;
    }

    /** Name of a cohort, such as {@code first entries 2014/15} for the financial year from April 2014. */
    public static String name(int cohort) {
        return switch (cohort) {
            case RE_ENTRIES -> "re-entries";
            case FIRST_ENTRIES -> "first entries";
            default -> String.format(Locale.ROOT, "first entries %04d/%02d", cohort, Math.floorMod(cohort + 1, 100));
        };
    }

    /** Counts a spell. */
    void add(ObservedSpell spell) {
        if (!spell.isWaitKnown()) {
            return;
        }
        if (spell.isReentry()) {
            cohort(RE_ENTRIES).add(spell);
        } else {
            cohort(FIRST_ENTRIES).add(spell);
            cohort(financialYear(spell)).add(spell);
        }
    }

    /** Counts a contributor: once in each cohort. */
    void add(Contributor contributor) {
        contributor.forNextFamily();
        for (ObservedSpell spell : contributor.spells()) {
            if (spell.isWaitKnown()) {
                if (spell.isReentry()) {
                    add(contributor, RE_ENTRIES);
                } else {
                    add(contributor, FIRST_ENTRIES);
                    add(contributor, financialYear(spell));
                }
            }
        }
    }

    private void add(Contributor contributor, int cohort) {
        if (contributor.isFirst(cohort)) {
            cohort(cohort).contributors++;
        }
    }

    private static int financialYear(ObservedSpell spell) {
        return Math.floorDiv(Period.MONTH.of(spell.enteredOn()) - MONTHS_BEFORE_APRIL, MONTHS);
    }

    private Cohort cohort(int number) {
        return cohorts.computeIfAbsent(number, any -> new Cohort());
    }

    /** Adds what was counted elsewhere, over other contributors. */
    void add(WaitCounts other) {
        other.cohorts.forEach((number, cohort) -> cohort(number).add(cohort));
    }
}
