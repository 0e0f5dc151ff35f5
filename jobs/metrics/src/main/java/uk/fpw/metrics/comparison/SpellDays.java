package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.statistics.wait.ComparedWaits;
import uk.fpw.statistics.wait.LifeTable;

/**
 * A number of spells with the same days.
 *
 * @param enteredOn day on which they began to wait
 * @param observedFromOn first day on which the source shows them
 * @param leftOn day on which they left; null if they are still waiting
 */
record SpellDays(
        LocalDate enteredOn,
        LocalDate observedFromOn,
        @Nullable LocalDate leftOn,
        long count) {

    /**
     * Adds them to the life table of a window: at risk on the days of the window on which they waited, at their age
     * on that day. Spells that leave later are censored at the end of the window.
     */
    void addTo(LifeTable.Builder window, LocalDate from, LocalDate to) {
        if (!isIn(from, to)) {
            return;
        }
        LocalDate first = first(from);
        LocalDate last = last(to);
        window.enter(age(first) - 1.0, count);
        if (leftOn != null && last.equals(leftOn)) {
            window.leave(age(last), "left", count);
        } else {
            window.censor(age(last), count);
        }
    }

    /** Whether they were at risk on a day of a window. */
    boolean isIn(LocalDate from, LocalDate to) {
        return !first(from).isAfter(last(to));
    }

    /**
     * Adds a part of an item: one of these spells in a window in which it was at risk.
     *
     * @param group 0 for the weeks before, 1 for those after
     */
    void addPartTo(ComparedWaits waits, int group, LocalDate from, LocalDate to) {
        LocalDate last = last(to);
        waits.addPart(group, 0, age(first(from)), age(last), last.equals(leftOn));
    }

    private LocalDate first(LocalDate from) {
        return observedFromOn.isAfter(from) ? observedFromOn : from;
    }

    private LocalDate last(LocalDate to) {
        return leftOn == null || leftOn.isAfter(to) ? to : leftOn;
    }

    private int age(LocalDate day) {
        return Math.toIntExact(day.toEpochDay() - enteredOn.toEpochDay());
    }
}
