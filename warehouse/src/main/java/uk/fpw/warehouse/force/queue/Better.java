package uk.fpw.warehouse.force.queue;

import java.util.Locale;

/** In which direction the primary measure of a queue gets better. */
public enum Better {
    LOWER,
    HIGHER;

    /** As in the file of a queue and in {@code mart.period_comparison}, such as {@code lower}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
