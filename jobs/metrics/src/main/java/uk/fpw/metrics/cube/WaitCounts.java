package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.io.Serializable;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Days of wait on which spells came under observation, ended or were last observed, by cohort. Cohorts are fixed at
 * entry; spells with an implausible date of entry are in none. Where closed items may have been removed, there is no
 * cohort that began before the day up to which they may: only those that took long would be left of it.
 */
public final class WaitCounts implements Serializable {

    /** Number of the cohort of re-entries. */
    private static final int RE_ENTRIES = Integer.MAX_VALUE;

    /** Number of the cohort of all first entries; that of a financial year is its start year. */
    private static final int FIRST_ENTRIES = Integer.MIN_VALUE;

    private final Long2ObjectOpenHashMap<Cohort> cohorts = new Long2ObjectOpenHashMap<>();

    /** The counts of one cohort. */
    public static final class Cohort implements Serializable {

        /** Spells by the day of their wait on which they came under observation. */
        public final KeyedCounts entries = KeyedCounts.none();

        /**
         * Spells by the position of how they left, or {@link ObservedSpell#STILL_WAITING}, and by day of their wait.
         */
        public final KeyedCounts exits = KeyedCounts.none();

        private long contributors;
        private int lastObservedOn = QueueSpec.NONE;

        private void add(ObservedSpell spell) {
            add(spell.enteredOn(), spell.observedFromOn(), spell.observedToOn(), spell.reasonLeft());
        }

        /**
         * Adds a spell or a part of it.
         *
         * @param fromOn first day on which it is at risk
         * @param toOn last day
         * @param exitReason position of how it left on that day, or {@link ObservedSpell#STILL_WAITING}
         */
        void add(int enteredOn, int fromOn, int toOn, int exitReason) {
            entries.add(fromOn - (long) enteredOn, 1);
            exits.add(KeyedCounts.key(exitReason, toOn - enteredOn), 1);
            lastObservedOn = Math.max(lastObservedOn, toOn);
        }

        void addContributor() {
            contributors++;
        }

        /** Adds counts over other contributors. */
        void add(Cohort other) {
            entries.addAll(other.entries);
            exits.addAll(other.exits);
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

    /** The cohorts, by number. */
    public SortedMap<Integer, Cohort> cohorts() {
        SortedMap<Integer, Cohort> sorted = new TreeMap<>();
        cohorts.forEach((number, cohort) -> sorted.put((int) number, cohort));
        return sorted;
    }

    /** Name of a cohort, such as {@code first entries 2014/15} for the financial year from April 2014. */
    public static String name(int cohort) {
        return switch (cohort) {
            case RE_ENTRIES -> "re-entries";
            case FIRST_ENTRIES -> "first entries";
            default -> String.format(Locale.ROOT, "first entries %04d/%02d", cohort, Math.floorMod(cohort + 1, 100));
        };
    }

    /**
     * Whether a cohort has the first entries of one financial year, whose number it has; other cohorts have entries
     * of every day.
     */
    public static boolean isOfFinancialYear(int cohort) {
        return cohort != RE_ENTRIES && cohort != FIRST_ENTRIES;
    }

    /** Counts a spell. */
    void add(ObservedSpell spell, QueueSpec queue) {
        forEachCohort(spell, queue, cohort -> cohort(cohort).add(spell));
    }

    /** Counts a contributor once in each cohort. */
    void add(Contributor contributor, QueueSpec queue) {
        contributor.forNextFamily();
        for (ObservedSpell spell : contributor.spells()) {
            forEachCohort(spell, queue, cohort -> {
                if (contributor.isFirst(cohort)) {
                    cohort(cohort).addContributor();
                }
            });
        }
    }

    /** Calls with the number of each cohort that a spell is in. */
    static void forEachCohort(ObservedSpell spell, QueueSpec queue, IntConsumer consumer) {
        if (!spell.isWaitKnown() || !queue.isRetained(spell.enteredOn())) {
            return;
        }
        if (spell.isReentry()) {
            consumer.accept(RE_ENTRIES);
            return;
        }
        consumer.accept(FIRST_ENTRIES);
        int year = financialYear(spell);
        if (queue.isRetained(Period.FINANCIAL_YEAR.firstDay(year))) {
            consumer.accept(year);
        }
    }

    private static int financialYear(ObservedSpell spell) {
        return Period.FINANCIAL_YEAR.of(spell.enteredOn());
    }

    private Cohort cohort(long number) {
        return cohorts.computeIfAbsent(number, any -> new Cohort());
    }

    /** Adds counts over other contributors. */
    void add(WaitCounts other) {
        other.cohorts.forEach((number, cohort) -> cohort(number).add(cohort));
    }
}
