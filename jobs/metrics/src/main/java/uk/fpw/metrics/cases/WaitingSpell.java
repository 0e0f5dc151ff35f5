package uk.fpw.metrics.cases;

import org.jspecify.annotations.Nullable;

/**
 * A spell of a case, or of an item that belongs to it, in a queue.
 *
 * @param enteredOn first day, since 1970-01-01
 * @param leftOn day on which it ended; null while it lasts
 */
public record WaitingSpell(
        String queue,
        String itemKey,
        int enteredOn,
        @Nullable Integer leftOn) {

    boolean isOpen() {
        return leftOn == null;
    }

    /** The day before which its last day is. */
    int waitedTo(int asOf) {
        return leftOn == null ? asOf : leftOn;
    }
}
