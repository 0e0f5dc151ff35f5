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

    /** Items waiting at a month's end, by number of the month and age band, the band past the last one for an unknown age. */
    public final Long2IntOpenHashMap byAgeBand = Counts.none();

    /** The same by band of the wait. */
    public final Long2IntOpenHashMap byWaitBand = Counts.none();

    /** Distinct contributors behind either of the two. */
    public final Long2IntOpenHashMap bandContributors = Counts.none();

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
        int endOfMonths = endOfMonths(spell);
        for (int month = Period.MONTH.of(spell.enteredOn()); month < endOfMonths; month++) {
            Counts.add(byAgeBand, Counts.key(month, ageBand(spell, queue, month)), 1);
            Counts.add(byWaitBand, Counts.key(month, waitBand(spell, queue, month)), 1);
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

    /** Counts a contributor: once behind each band of each month. */
    void add(Contributor contributor, QueueSpec queue) {
        for (ObservedSpell spell : contributor.forNextFamily().spells()) {
            int endOfMonths = endOfMonths(spell);
            for (int month = Period.MONTH.of(spell.enteredOn()); month < endOfMonths; month++) {
                long byAge = Counts.key(month, ageBand(spell, queue, month));
                if (contributor.isFirst(byAge)) {
                    Counts.add(bandContributors, byAge, 1);
                }
                long byWait = Counts.key(month, waitBand(spell, queue, month));
                if (contributor.isFirst(byWait)) {
                    Counts.add(bandContributors, byWait, 1);
                }
            }
        }
    }

    /** The month after the last one at whose end, or at the business date, the spell is open. */
    private int endOfMonths(ObservedSpell spell) {
        return spell.isOpen() ? Period.MONTH.of(asOf) + 1 : Period.MONTH.of(spell.leftOn());
    }

    private int ageBand(ObservedSpell spell, QueueSpec queue, int month) {
        return band(spell.isAgeKnown(), spell.firstEnteredOn(), queue, month);
    }

    private int waitBand(ObservedSpell spell, QueueSpec queue, int month) {
        return band(spell.isWaitKnown(), spell.enteredOn(), queue, month);
    }

    private int band(boolean isKnown, int since, QueueSpec queue, int month) {
        return isKnown
                ? queue.band(Math.min(Period.MONTH.lastDay(month), asOf) - since)
                : queue.bandsFrom().size();
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
    }
}
