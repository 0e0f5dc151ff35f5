package uk.fpw.warehouse.force.feed;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the rows of a feed stay in the warehouse after their items were closed, such as {@code 7 years after
 * closed_on}. They go only when {@code fpw retain} is run.
 *
 * @param months number of months
 * @param closedColumn column with the date or time at which an item was closed; empty while it is open
 */
public record RetentionPeriod(int months, String closedColumn) {

    /** A shorter period would end before all periods had, such as a financial year, in which the item was counted. */
    public static final int FEWEST_MONTHS = 24;

    private static final int MONTHS_OF_YEAR = 12;
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,2}) (year|month)s? after ([a-z][a-z0-9_]*)");

    /**
     * Reads a period as the force folder has it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RetentionPeriod of(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + written + "' is not a period such as 7 years after closed_on");
        }
        int number = Integer.parseInt(parts.group(1));
        return new RetentionPeriod(parts.group(2).equals("year") ? number * MONTHS_OF_YEAR : number, parts.group(3));
    }

    /** Reads a period; null if there is none, or it is not written as one, which its schema reports. */
    public static @Nullable RetentionPeriod ofValid(@Nullable String written) {
        return written == null || !WRITTEN.matcher(written).matches() ? null : of(written);
    }

    /**
     * The day before which items must have been closed for their rows to go: the first of a month.
     *
     * @param businessDate date of the current release
     */
    public LocalDate horizon(LocalDate businessDate) {
        return businessDate.minusMonths(months).withDayOfMonth(1);
    }

    /** As in the force folder. */
    @Override
    public String toString() {
        boolean isYears = months % MONTHS_OF_YEAR == 0;
        return (isYears ? months / MONTHS_OF_YEAR + " years" : months + " months") + " after " + closedColumn;
    }
}
