package uk.fpw.warehouse.force.queue;

import java.util.Locale;

/**
 * The one measure of a queue by which a verdict on a period is given, declared before. Not the stock, which has no
 * test: it wanders even if nothing has changed.
 */
public enum PrimaryMeasure {
    /** First entries. */
    RECEIVED,
    /** Exits for any reason. */
    LEFT,
    /** Exits because the work was done. */
    SERVED,
    /** How much the queue grew a week. */
    NET_CHANGE,
    /** Of the items whose time under a standard ended in the period, the share that was still waiting. */
    LATE_SHARE,
    /** How soon items leave, at the same day of their wait. */
    TIME_WAITED;

    /** As in the file of a queue, such as {@code late_share}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in {@code mart.period_comparison}, such as {@code late share}. */
    public String words() {
        return code().replace('_', ' ');
    }
}
