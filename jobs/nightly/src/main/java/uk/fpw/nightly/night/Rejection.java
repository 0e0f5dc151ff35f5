package uk.fpw.nightly.night;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that was refused, or a number of rows that were excluded for one reason.
 *
 * @param kind {@link #REFUSED} or {@link #EXCLUDED}
 * @param field column at fault; null if the row as a whole is, or if rows are excluded
 * @param rowCount 1 for a refused row
 * @param line line in the file or number in the extract; null for excluded rows
 * @param rowKey its key, a pseudonym where the feed says so; null for excluded rows, or if it could not be read
 * @param message in words, without personal values
 */
public record Rejection(
        String kind,
        String feed,
        LocalDate businessDate,
        String code,
        @Nullable String field,
        long rowCount,
        @Nullable Long line,
        @Nullable String rowKey,
        String message) {

    public static final String REFUSED = "refused";
    public static final String EXCLUDED = "excluded";

    /** Names of {@link #values}. */
    public static final List<String> COLUMNS =
            List.of("kind", "feed", "business_date", "code", "field", "row_count", "line_number", "row_key", "message");

    /** Its values, in the order of {@link #COLUMNS}. */
    public List<@Nullable Object> values() {
        return Arrays.asList(kind, feed, businessDate, code, field, rowCount, line, rowKey, message);
    }
}
