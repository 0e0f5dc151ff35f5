package uk.fpw.metrics.capacity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code mart.queue_monthly}, as far as capacity needs it. Counts are null where the row is not available.
 */
public record QueueMonth(
        Series series, Period period, @Nullable Flows flows, Standing standing) {

    /** Which series it is of. */
    public record Series(
            String queue, int version, String itemUnit, String slice, String sliceValue, boolean isTotal) {}

    /** Which month it is. */
    public record Period(LocalDate startOn, LocalDate endOn, LocalDate measuredToOn) {}

    /**
     * What it counts.
     *
     * @param entered first and further entries
     * @param left spells that ended
     * @param served those of them that ended because the work was done
     * @param waiting what waited at its end
     */
    public record Flows(long entered, long left, long served, long waiting) {}

    /**
     * How reliable it is.
     *
     * @param contributors null where the row is not available
     */
    public record Standing(
            boolean isPartial,
            boolean isProvisional,
            @Nullable String unavailableReason,
            @Nullable Long contributors,
            LocalDate dataAsAt) {}
}
