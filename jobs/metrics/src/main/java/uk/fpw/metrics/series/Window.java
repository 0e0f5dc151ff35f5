package uk.fpw.metrics.series;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.warehouse.force.queue.PeriodKind;

/**
 * The part of a spell that lies in a calendar period: at risk from the later of the two starts to the earlier of the
 * two ends. A spell that continues beyond the period is censored at its end, and enters the next period late (left
 * truncation).
 *
 * @param period number of the period
 * @param exitReason position of how it left; {@link ObservedSpell#STILL_WAITING} if it did not leave in the period
 */
public record Window(int period, int fromOn, int toOn, int exitReason) {

    /** The parts of a spell, by period of a kind. */
    public static List<Window> of(PeriodKind kind, ObservedSpell spell) {
        Period periods = Period.of(kind);
        int period = periods.of(spell.observedFromOn());
        List<Window> windows = new ArrayList<>(1);
        int fromOn = spell.observedFromOn();
        while (fromOn <= spell.observedToOn()) {
            int endOn = periods.lastDay(period);
            boolean isLast = spell.observedToOn() <= endOn;
            windows.add(new Window(
                    period++,
                    fromOn,
                    Math.min(endOn, spell.observedToOn()),
                    isLast ? spell.reasonLeft() : ObservedSpell.STILL_WAITING));
            fromOn = endOn + 1;
        }
        return windows;
    }
}
