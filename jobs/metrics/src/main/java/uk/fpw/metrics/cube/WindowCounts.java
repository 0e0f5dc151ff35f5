package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.PeriodKind;

/**
 * Days of wait at which first entries came to be at risk in a calendar period, left in it, or were last at risk in it.
 * An item that waits in several periods counts in each. A spell whose date of entry is implausible is in none.
 */
public final class WindowCounts implements Serializable {

    private final Map<CalendarPeriod, WaitCounts.Cohort> windows = new TreeMap<>();

    /** What is counted in each period. */
    public Map<CalendarPeriod, WaitCounts.Cohort> windows() {
        return windows;
    }

    /** Counts a spell in the periods of a kind. */
    void add(PeriodKind kind, ObservedSpell spell) {
        if (spell.isReentry() || !spell.isWaitKnown()) {
            return;
        }
        for (Window window : Window.of(kind, spell)) {
            window(new CalendarPeriod(kind, window.period()))
                    .add(spell.enteredOn(), window.fromOn(), window.toOn(), window.exitReason());
        }
    }

    /** Counts a contributor: once in each period of a kind. */
    void add(PeriodKind kind, Contributor contributor) {
        contributor.forNextFamily();
        for (ObservedSpell spell : contributor.spells()) {
            if (!spell.isReentry() && spell.isWaitKnown()) {
                for (Window window : Window.of(kind, spell)) {
                    if (contributor.isFirst(window.period())) {
                        window(new CalendarPeriod(kind, window.period())).addContributor();
                    }
                }
            }
        }
    }

    private WaitCounts.Cohort window(CalendarPeriod period) {
        return windows.computeIfAbsent(period, any -> new WaitCounts.Cohort());
    }

    /** Adds what was counted elsewhere, over other contributors. */
    void add(WindowCounts other) {
        other.windows.forEach((period, window) -> window(period).add(window));
    }
}
