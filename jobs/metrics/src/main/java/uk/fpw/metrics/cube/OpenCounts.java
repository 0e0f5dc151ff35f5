package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;

/**
 * What waits, by how long it has waited. Age counts from the item's first entry, wait from its latest; neither is known where that entry is not believed.
 */
public final class OpenCounts implements Serializable {

    /** Last day of the figures: the business date. */
    private final int asOf;

    /** For each day of first entry and day of this entry ({@link Counts#key}) the last day on which one such spell was gone; the day after the business date while one waits. */
    public final Long2IntOpenHashMap goneByAge = Counts.noMaxima();

    /** The same by the day of this entry, in both places of the key. */
    public final Long2IntOpenHashMap goneByWait = Counts.noMaxima();

    private final Long2IntOpenHashMap agesByMonth = Counts.none();
    private final Long2IntOpenHashMap agesByWeek = Counts.none();

    /** Items of known age waiting at a month's end, by number of the month and age band. */
    public final Long2IntOpenHashMap byAgeBand = Counts.none();

    /** Items of known wait, by band of the wait. */
    public final Long2IntOpenHashMap byWaitBand = Counts.none();

    /** Distinct contributors behind either of the two. */
    public final Long2IntOpenHashMap bandContributors = Counts.none();

    /** Changes of the number that waits at a month's end since a date that is not believed, by number of the month. Changes, since such a date may lie centuries back. */
    public final Long2IntOpenHashMap ageUnknown = Counts.none();

    /** The same of items whose latest entry is not believed. */
    public final Long2IntOpenHashMap waitUnknown = Counts.none();

    /** Changes of the number of distinct contributors behind either of the two. */
    public final Long2IntOpenHashMap unknownContributors = Counts.none();

    OpenCounts(int asOf) {
        this.asOf = asOf;
    }

    /**
     * Changes of what waits at the end of a period (at the business date in the last one), by number of the period and day of first entry: a running sum over the periods gives how many of each day wait. Spells of
     * unknown age are not in it.
     */
    public Long2IntOpenHashMap ages(Period period) {
        return period == Period.MONTH ? agesByMonth : agesByWeek;
    }

    /** Counts a spell. */
    void add(ObservedSpell spell, QueueSpec queue) {
        int gone = spell.isOpen() ? asOf + 1 : spell.leftOn();
        if (spell.isWaitKnown()) {
            Counts.max(goneByWait, Counts.key(spell.enteredOn(), spell.enteredOn()), gone);
        }
        if (spell.isAgeKnown()) {
            Counts.max(goneByAge, Counts.key(spell.firstEnteredOn(), spell.enteredOn()), gone);
            change(agesByMonth, Period.MONTH, spell);
            change(agesByWeek, Period.WEEK, spell);
        }
        int from = Period.MONTH.of(spell.enteredOn());
        int to = endOfMonths(spell);
        if (spell.isAgeKnown()) {
            countBands(byAgeBand, spell.firstEnteredOn(), from, to, queue);
        } else {
            between(ageUnknown, from, to);
        }
        if (spell.isWaitKnown()) {
            countBands(byWaitBand, spell.enteredOn(), from, to, queue);
        } else {
            between(waitUnknown, from, to);
        }
    }

    private void countBands(Long2IntOpenHashMap counts, int since, int from, int to, QueueSpec queue) {
        for (int month = from; month < to; month++) {
            Counts.add(counts, Counts.key(month, band(since, queue, month)), 1);
        }
    }

    private static void between(Long2IntOpenHashMap changes, int from, int to) {
        if (from < to) {
            Counts.add(changes, from, 1);
            Counts.add(changes, to, -1);
        }
    }

    private static void change(Long2IntOpenHashMap changes, Period period, ObservedSpell spell) {
        int from = period.of(spell.enteredOn());
        if (spell.isOpen()) {
            Counts.add(changes, Counts.key(from, spell.firstEnteredOn()), 1);
            return;
        }
        int to = period.of(spell.leftOn());
        if (to > from) {
            Counts.add(changes, Counts.key(from, spell.firstEnteredOn()), 1);
            Counts.add(changes, Counts.key(to, spell.firstEnteredOn()), -1);
        }
    }

    /** Counts a contributor: once behind each band of each month. An unknown wait is always one of unknown age. */
    void add(Contributor contributor, QueueSpec queue) {
        int coveredTo = Integer.MIN_VALUE;
        for (ObservedSpell spell : contributor.forNextFamily().byEntry()) {
            int from = Period.MONTH.of(spell.enteredOn());
            int to = endOfMonths(spell);
            if (spell.isAgeKnown()) {
                countBands(contributor, spell.firstEnteredOn(), from, to, queue);
            } else if (to > Math.max(from, coveredTo)) {
                between(unknownContributors, Math.max(from, coveredTo), to);
                coveredTo = to;
            }
            if (spell.isWaitKnown()) {
                countBands(contributor, spell.enteredOn(), from, to, queue);
            }
        }
    }

    private void countBands(Contributor contributor, int since, int from, int to, QueueSpec queue) {
        for (int month = from; month < to; month++) {
            long key = Counts.key(month, band(since, queue, month));
            if (contributor.isFirst(key)) {
                Counts.add(bandContributors, key, 1);
            }
        }
    }

    /** The month after the last one at whose end, or at the business date, the spell is open. */
    private int endOfMonths(ObservedSpell spell) {
        return spell.isOpen() ? Period.MONTH.of(asOf) + 1 : Period.MONTH.of(spell.leftOn());
    }

    private int band(int since, QueueSpec queue, int month) {
        return queue.band(Math.min(Period.MONTH.lastDay(month), asOf) - since);
    }

    /** Adds what was counted elsewhere, over other contributors and up to the same day. */
    void add(OpenCounts other) {
        Counts.maxAll(goneByAge, other.goneByAge);
        Counts.maxAll(goneByWait, other.goneByWait);
        Counts.addAll(agesByMonth, other.agesByMonth);
        Counts.addAll(agesByWeek, other.agesByWeek);
        Counts.addAll(byAgeBand, other.byAgeBand);
        Counts.addAll(byWaitBand, other.byWaitBand);
        Counts.addAll(bandContributors, other.bandContributors);
        Counts.addAll(ageUnknown, other.ageUnknown);
        Counts.addAll(waitUnknown, other.waitUnknown);
        Counts.addAll(unknownContributors, other.unknownContributors);
    }
}
