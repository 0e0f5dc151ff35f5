package uk.fpw.metrics.cases;

import org.jspecify.annotations.Nullable;

/**
 * A spell in a queue, of a case or of an item that belongs to it.
 *
 * @param enteredOn first day, in days since 1970-01-01
 * @param leftOn day on which it ended; null while it is open
 */
public record WaitingSpell(
        String queue,
        String itemKey,
        int enteredOn,
        @Nullable Integer leftOn) {

    boolean isOpen() {
        return leftOn == null;
    }

    /** The day after the last day of waiting, exclusive end of the spell. */
    int waitedTo(int asOf) {
        return leftOn == null ? asOf : leftOn;
    }
}
