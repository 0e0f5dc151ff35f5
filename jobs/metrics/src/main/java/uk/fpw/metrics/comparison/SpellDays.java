package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
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
        LocalDate first = observedFromOn.isAfter(from) ? observedFromOn : from;
        LocalDate last = leftOn == null || leftOn.isAfter(to) ? to : leftOn;
        if (first.isAfter(last)) {
            return;
        }
        window.enter(age(first) - 1.0, count);
        if (leftOn != null && last.equals(leftOn)) {
            window.leave(age(last), "left", count);
        } else {
            window.censor(age(last), count);
        }
    }

    private int age(LocalDate day) {
        return Math.toIntExact(day.toEpochDay() - enteredOn.toEpochDay());
    }
}
