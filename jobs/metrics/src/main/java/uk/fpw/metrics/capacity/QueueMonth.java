package uk.fpw.metrics.capacity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The columns of {@code mart.queue_monthly} that capacity needs. Counts are null if the row is not available. */
public record QueueMonth(
        Series series, Period period, @Nullable Flows flows, Standing standing) {

    /** The series of the row. */
    public record Series(
            String queue, int version, String itemUnit, String slice, String sliceValue, boolean isTotal) {}

    /** The month of the row. */
    public record Period(LocalDate startOn, LocalDate endOn, LocalDate measuredToOn) {}

    /**
     * The counts of the row.
     *
     * @param entered first and further entries
     * @param left spells that ended
     * @param served of these, spells that ended because the work was done
     * @param waiting items waiting at the end of the month
     */
    public record Flows(long entered, long left, long served, long waiting) {}

    /**
     * How reliable the row is.
     *
     * @param contributors null if the row is not available
     */
    public record Standing(
            boolean isPartial,
            boolean isProvisional,
            @Nullable String unavailableReason,
            @Nullable Long contributors,
            LocalDate dataAsAt) {}
}
