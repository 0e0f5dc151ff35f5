package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import uk.fpw.warehouse.force.change.Change;

/**
 * One ISO week of the total of a queue from {@code mart.queue_weekly}: whole, known and no longer provisional.
 *
 * @param startOn its Monday
 * @param opening items waiting at its start
 * @param received first entries
 * @param reentered further entries
 * @param left exits
 */
record QueueWeek(LocalDate startOn, long opening, long received, long reentered, long left) {

    /**
     * The value of an outcome. For the wait, the share of the items waiting in the week that left in it; NaN if none
     * waited.
     */
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
