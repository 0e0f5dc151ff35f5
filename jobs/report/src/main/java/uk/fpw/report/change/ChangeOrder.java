package uk.fpw.report.change;

import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** Which changed figures of the past are shown, and which of them first. */
public final class ChangeOrder {

    /**
     * Figures of months; of a single day, the latest that the release before had, what the first page shows of it.
     * Weeks are parts of months.
     */
    public static final String SHOWN = """
            (
                period_kind = 'month'
                or (period_kind = 'day' and measure in ('waiting_count', 'past_standard_count'))
            )
            """;

    /** In words, to follow on "the largest". */
    public static final String WORDS = "those of the last 13 months first";

    /**
     * The same for {@code order by}: figures that readers have just used come first; then the largest differences. A
     * figure that was not available, or no longer is, has no difference.
     */
    public static final String SQL = """
            period_start_on < new_as_at - interval 13 month,
            abs(new_value - replaced_value) desc nulls last,
            period_start_on desc,
            queue,
            measure,
            exit_reason
            """;

    private ChangeOrder() {}

    /** The month, or the day, that a row is about. */
    public static String period(Row row) {
        return row.text("period_kind").equals("day")
                ? English.day(row.date("period_start_on"))
                : English.month(row.date("period_start_on"));
    }
}
