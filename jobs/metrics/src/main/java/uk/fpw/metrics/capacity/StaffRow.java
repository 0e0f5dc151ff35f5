package uk.fpw.metrics.capacity;

import org.jspecify.annotations.Nullable;

/**
 * One row of a staffing query, about one item. Null means that the source does not say.
 *
 * @param staffing position of the query among the force's
 * @param monthOn a local day of the month, in days since 1970-01-01
 * @param staff staff in post, in 1/{@link #UNITS} of a full-time equivalent, so that sums are exact
 */
public record StaffRow(
        int staffing,
        @Nullable String unit,
        @Nullable Integer monthOn,
        @Nullable Long staff) {

    /** Units per full-time equivalent: staff is kept to four decimals. */
    public static final int UNITS = 10_000;
}
