package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.Window;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.PeriodKind;

/**
 * Days of wait on which first entries became at risk in a calendar period, left in it, or were last at risk in it. An
 * item counts in each period in which it waits. Spells with an implausible date of entry are in none. Periods that
 * began before the day up to which closed items may have been removed are left out.
 */
public final class WindowCounts implements Serializable {

    private final Map<PeriodKind, Long2ObjectOpenHashMap<WaitCounts.Cohort>> windows = new EnumMap<>(PeriodKind.class);

    /** The counts of each period. */
    public SortedMap<CalendarPeriod, WaitCounts.Cohort> windows() {
        SortedMap<CalendarPeriod, WaitCounts.Cohort> sorted = new TreeMap<>();
        windows.forEach((kind, ofKind) -> ofKind.forEach(
                (number, window) -> sorted.put(new CalendarPeriod(kind, Math.toIntExact(number)), window)));
        return sorted;
    }

    /** Counts a spell in the periods of a kind. */
    void add(PeriodKind kind, ObservedSpell spell, QueueSpec queue) {
        if (spell.isReentry() || !spell.isWaitKnown()) {
            return;
        }
        for (Window window : Window.of(kind, spell)) {
            if (isRetained(kind, window, queue)) {
                window(kind, window.period())
                        .add(spell.enteredOn(), window.fromOn(), window.toOn(), window.exitReason());
            }
        }
    }

    /** Counts a contributor once in each period of a kind. */
    void add(PeriodKind kind, Contributor contributor, QueueSpec queue) {
        contributor.forNextFamily();
        for (ObservedSpell spell : contributor.spells()) {
            if (!spell.isReentry() && spell.isWaitKnown()) {
                for (Window window : Window.of(kind, spell)) {
                    if (isRetained(kind, window, queue) && contributor.isFirst(window.period())) {
                        window(kind, window.period()).addContributor();
                    }
                }
            }
        }
    }

    /** Whether all spells of a period are there. */
    static boolean isRetained(PeriodKind kind, Window window, QueueSpec queue) {
        return queue.isRetained(Period.of(kind).firstDay(window.period()));
    }

    private WaitCounts.Cohort window(PeriodKind kind, long number) {
        return windows.computeIfAbsent(kind, any -> new Long2ObjectOpenHashMap<>())
                .computeIfAbsent(number, any -> new WaitCounts.Cohort());
    }

    /** Adds counts over other contributors. */
    void add(WindowCounts other) {
        other.windows.forEach((kind, ofKind) ->
                ofKind.forEach((number, window) -> window(kind, number).add(window)));
    }
}
