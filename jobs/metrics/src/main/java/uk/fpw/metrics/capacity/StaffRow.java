package uk.fpw.metrics.capacity;

import org.jspecify.annotations.Nullable;

/**
 * One row of a staffing query, about one item. What is null the source does not say.
 *
 * @param staffing position of the query among the force's
 * @param monthOn a local day of the month, as its number since 1970-01-01
 * @param staff staff in post, in units of {@link #UNITS} to a full-time equivalent, so that sums are exact
 */
public record StaffRow(
        int staffing,
        @Nullable String unit,
        @Nullable Integer monthOn,
        @Nullable Long staff) {

    /** Parts of one full-time equivalent: staff is kept to four decimals. */
    public static final int UNITS = 10_000;
}
