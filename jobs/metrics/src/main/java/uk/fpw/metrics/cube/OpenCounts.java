package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2IntAVLTreeMap;
import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntSortedMap;
import it.unimi.dsi.fastutil.longs.Long2IntSortedMaps;
import java.io.Serializable;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Items waiting, by how long they have waited. Age counts from the item's first entry, wait from its latest; neither
 * is known if that entry is implausible.
 */
public final class OpenCounts implements Serializable {

    /** Last day of the figures: the business date. */
    private final int asOf;

    /**
     * For each day of first entry and day of this entry ({@link KeyedCounts#key}), the last day on which one such
     * spell was gone; the day after the business date while one is waiting.
     */
    public final KeyedCounts goneByAge = KeyedCounts.noMaxima();

    /** As {@link #goneByAge}, by the day of this entry in both places of the key. */
    public final KeyedCounts goneByWait = KeyedCounts.noMaxima();

    private final KeyedCounts agesByMonth = KeyedCounts.none();
    private final KeyedCounts agesByWeek = KeyedCounts.none();

    /**
     * Changes of the number of items of known age waiting at month ends, by number of the month and age band
     * ({@link KeyedCounts#key}). Stored as changes, because an item that waits for years is in the last band most of
     * the time.
     */
    public final KeyedCounts byAgeBand = KeyedCounts.none();

    /** As {@link #byAgeBand}, for items of known wait, by band of the wait. */
    public final KeyedCounts byWaitBand = KeyedCounts.none();

    /** Changes of the number of distinct contributors behind either of the two. */
    public final KeyedCounts bandContributors = KeyedCounts.none();

    /**
     * Changes of the number waiting at month ends since an implausible date, by number of the month. Stored as
     * changes, because such a date may lie centuries back.
     */
    public final KeyedCounts ageUnknown = KeyedCounts.none();

    /** As {@link #ageUnknown}, for items whose latest entry is implausible. */
    public final KeyedCounts waitUnknown = KeyedCounts.none();

    /** Changes of the number of distinct contributors behind either of the two. */
    public final KeyedCounts unknownContributors = KeyedCounts.none();

    OpenCounts(int asOf) {
        this.asOf = asOf;
    }

    /**
     * Changes of the number waiting at the end of a period (at the business date in the last), by number of the
     * period and day of first entry: the running sum over the periods is the number waiting, by day of first entry.
     * Without spells of unknown age. Quarters and years are not needed: they end with their last month.
     *
     * @param period month or week
     */
    public KeyedCounts ages(Period period) {
        return period == Period.WEEK ? agesByWeek : agesByMonth;
    }

    /** Counts a spell. */
    void add(ObservedSpell spell, QueueSpec queue) {
        int gone = spell.isOpen() ? asOf + 1 : spell.leftOn();
        if (spell.isWaitKnown()) {
            goneByWait.max(KeyedCounts.key(spell.enteredOn(), spell.enteredOn()), gone);
        }
        if (spell.isAgeKnown()) {
            goneByAge.max(KeyedCounts.key(spell.firstEnteredOn(), spell.enteredOn()), gone);
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

    /**
     * Receives one age band at a time, with the first month at whose end an item is in it and the first at whose end
     * it no longer is.
     */
    @FunctionalInterface
    private interface Stretch {
        void take(int band, int from, int to);
    }

    /** Visits the bands of an item that began on a day, at the ends of some months. */
    private void forEachBand(int since, int from, int to, QueueSpec queue, Stretch stretch) {
        int start = from;
        for (int band = 0; start < to; band++) {
            int end = Math.min(to, firstMonthAfter(band, since, queue));
            if (end > start) {
                stretch.take(band, start, end);
                start = end;
            }
        }
    }

    /**
     * The first month at whose end, or at the business date, an item that began on a day is older than a band; a
     * month that never comes if the band is the last, or if that is after the business date.
     */
    private int firstMonthAfter(int band, int since, QueueSpec queue) {
        if (band + 1 == queue.bandsFrom().size()
                || asOf - since < queue.bandsFrom().get(band + 1)) {
            return Integer.MAX_VALUE;
        }
        return Period.MONTH.of(since + queue.bandsFrom().get(band + 1));
    }

    private void countBands(KeyedCounts changes, int since, int from, int to, QueueSpec queue) {
        forEachBand(since, from, to, queue, (band, start, end) -> {
            changes.add(KeyedCounts.key(start, band), 1);
            changes.add(KeyedCounts.key(end, band), -1);
        });
    }

    private static void between(KeyedCounts changes, int from, int to) {
        if (from < to) {
            changes.add(from, 1);
            changes.add(to, -1);
        }
    }

    private static void change(KeyedCounts changes, Period period, ObservedSpell spell) {
        int from = period.of(spell.enteredOn());
        if (spell.isOpen()) {
            changes.add(KeyedCounts.key(from, spell.firstEnteredOn()), 1);
            return;
        }
        int to = period.of(spell.leftOn());
        if (to > from) {
            changes.add(KeyedCounts.key(from, spell.firstEnteredOn()), 1);
            changes.add(KeyedCounts.key(to, spell.firstEnteredOn()), -1);
        }
    }

    /** Counts a contributor once for each band of each month. An unknown wait always implies an unknown age. */
    void add(Contributor contributor, QueueSpec queue) {
        ObservedSpell only =
                contributor.spells().size() == 1 ? contributor.spells().get(0) : null;
        if (only != null && only.isAgeKnown() && only.firstEnteredOn() == only.enteredOn()) {
            countBands(bandContributors, only.enteredOn(), Period.MONTH.of(only.enteredOn()), endOfMonths(only), queue);
            return;
        }
        Long2IntSortedMap stretches = new Long2IntAVLTreeMap();
        int coveredTo = Integer.MIN_VALUE;
        for (ObservedSpell spell : contributor.byEntry()) {
            int from = Period.MONTH.of(spell.enteredOn());
            int to = endOfMonths(spell);
            if (spell.isAgeKnown()) {
                collectBands(stretches, spell.firstEnteredOn(), from, to, queue);
            } else if (to > Math.max(from, coveredTo)) {
                between(unknownContributors, Math.max(from, coveredTo), to);
                coveredTo = to;
            }
            if (spell.isWaitKnown() && !(spell.isAgeKnown() && spell.firstEnteredOn() == spell.enteredOn())) {
                collectBands(stretches, spell.enteredOn(), from, to, queue);
            }
        }
        countContributor(stretches);
    }

    /** Records the months during which a contributor's spells are in a band: the end by band and first month. */
    private void collectBands(Long2IntSortedMap stretches, int since, int from, int to, QueueSpec queue) {
        forEachBand(
                since,
                from,
                to,
                queue,
                (band, start, end) -> stretches.mergeInt(KeyedCounts.key(band, start), end, Math::max));
    }

    /** Counts for each stretch in a band only the months that no earlier stretch has covered. */
    private void countContributor(Long2IntSortedMap stretches) {
        int band = -1;
        int coveredTo = 0;
        for (Long2IntMap.Entry stretch : Long2IntSortedMaps.fastIterable(stretches)) {
            if (KeyedCounts.high(stretch.getLongKey()) != band) {
                band = KeyedCounts.high(stretch.getLongKey());
                coveredTo = Integer.MIN_VALUE;
            }
            int from = Math.max(KeyedCounts.low(stretch.getLongKey()), coveredTo);
            int to = stretch.getIntValue();
            if (from < to) {
                bandContributors.add(KeyedCounts.key(from, band), 1);
                bandContributors.add(KeyedCounts.key(to, band), -1);
                coveredTo = to;
            }
        }
    }

    /** The month after the last one at whose end, or at the business date, the spell is open. */
    private int endOfMonths(ObservedSpell spell) {
        return spell.isOpen() ? Period.MONTH.of(asOf) + 1 : Period.MONTH.of(spell.leftOn());
    }

    /** Adds counts over other contributors, up to the same day. */
    void add(OpenCounts other) {
        goneByAge.maxAll(other.goneByAge);
        goneByWait.maxAll(other.goneByWait);
        agesByMonth.addAll(other.agesByMonth);
        agesByWeek.addAll(other.agesByWeek);
        byAgeBand.addAll(other.byAgeBand);
        byWaitBand.addAll(other.byWaitBand);
        bandContributors.addAll(other.bandContributors);
        ageUnknown.addAll(other.ageUnknown);
        waitUnknown.addAll(other.waitUnknown);
        unknownContributors.addAll(other.unknownContributors);
    }
}
