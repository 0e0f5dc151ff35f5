package uk.fpw.warehouse.force.queue;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A financial year from April, such as {@code 2014/15}, or a calendar quarter, such as {@code 2015 Q1}.
 *
 * @param number periods of a kind are numbered consecutively
 */
public record CalendarPeriod(PeriodKind kind, int number) implements Comparable<CalendarPeriod>, Serializable {

    private static final Pattern YEAR = Pattern.compile("([0-9]{4})/([0-9]{2})");
    private static final Pattern QUARTER = Pattern.compile("([0-9]{4}) Q([1-4])");

    /** The period of a kind that contains a day. */
    public static CalendarPeriod of(PeriodKind kind, LocalDate day) {
        return new CalendarPeriod(kind, kind.of(day));
    }

    /** The period with that title; null if there is none. */
    public static @Nullable CalendarPeriod parse(String title) {
        Matcher year = YEAR.matcher(title);
        Matcher quarter = QUARTER.matcher(title);
        CalendarPeriod period = null;
        if (year.matches()) {
            period = new CalendarPeriod(PeriodKind.FINANCIAL_YEAR, Integer.parseInt(year.group(1)));
        } else if (quarter.matches()) {
            period = new CalendarPeriod(
                    PeriodKind.QUARTER,
                    Integer.parseInt(quarter.group(1)) * PeriodKind.QUARTERS + Integer.parseInt(quarter.group(2)) - 1);
        }
        // 2014/16, for example, is not a financial year.
        return period != null && period.title().equals(title) ? period : null;
    }

    /** Title such as {@code 2014/15} or {@code 2015 Q1}. */
    public String title() {
        return kind.title(number);
    }

    /** First day. */
    public LocalDate startOn() {
        return kind.start(number);
    }

    /** Last day. */
    public LocalDate endOn() {
        return kind.start(number + 1).minusDays(1);
    }

    @Override
    public int compareTo(CalendarPeriod other) {
        int byKind = kind.compareTo(other.kind);
        return byKind == 0 ? Integer.compare(number, other.number) : byKind;
    }
}
