package uk.fpw.warehouse.force.queue;

import java.util.Locale;

/**
 * On which days a queue is served. Its flows are charted per day of service; waits and standards stay in elapsed time.
 */
public enum Service {
    /** From Monday to Friday, except the bank holidays that the force folder lists. */
    WORKING_DAYS,
    /** On every day of the year. */
    EVERY_DAY;

    /** As in the file of a queue and in {@code mart.queue_signal}: {@code working_days} or {@code every_day}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
