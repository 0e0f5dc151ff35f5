package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import uk.fpw.warehouse.force.change.Change;

/**
 * One ISO week of the total of a queue, as {@code mart.queue_weekly} has it: whole, known, and no longer expected to
 * change.
 *
 * @param startOn its Monday
 * @param opening what waited at its start
 * @param received first entries
 * @param reentered further entries
 * @param left what left
 */
record QueueWeek(LocalDate startOn, long opening, long received, long reentered, long left) {

    /** Value of an outcome; for the wait the share of what waited in the week that left in it, NaN if nothing did. */
    double value(Change.Outcome outcome) {
        return switch (outcome) {
            case RECEIVED -> received;
            case LEFT -> left;
            case NET -> received + reentered - left;
            case WAIT -> {
                long waited = opening + received + reentered;
                yield waited == 0 ? Double.NaN : (double) left / waited;
            }
        };
    }
}
