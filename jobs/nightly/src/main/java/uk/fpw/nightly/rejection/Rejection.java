package uk.fpw.nightly.rejection;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;

/**
 * A rejected part of a load: a feed whose load failed, a refused row, or a number of rows with one reason. Such rows
 * were excluded, are ahead of the business date or out of scope, repeat others of their load, are superseded by a later
 * version of their key, or have a value that could not be read.
 *
 * @param kind {@link #FAILED}, {@link #REFUSED}, {@link #REPEATED}, {@link #SUPERSEDED}, {@link #UNREADABLE},
 *     {@link #EXCLUDED}, {@link #AHEAD} or {@link #OUT_OF_SCOPE}
 * @param businessDate date of the load, or of the computation that excluded the rows
 * @param field column at fault; null if the whole row is, or if rows are excluded, repeated or superseded
 * @param rowCount 1 for a refused row; null for a failed load, whose rows are not known
 * @param place file and line or number in the extract; null except for refused rows
 * @param rowKey its key, pseudonymised if the feed requires it; null except for refused rows, or if it could not be
 *     read
 * @param message without personal data
 */
public record Rejection(
        String kind,
        String feed,
        LocalDate businessDate,
        String code,
        @Nullable String field,
        @Nullable Long rowCount,
        RefusalLedger.@Nullable Place place,
        @Nullable String rowKey,
        String message) {

    public static final String FAILED = "failed";
    public static final String REFUSED = "refused";
    public static final String REPEATED = "repeated";
    public static final String SUPERSEDED = "superseded";
    public static final String EXCLUDED = "excluded";
    public static final String AHEAD = "ahead";
    public static final String OUT_OF_SCOPE = "out of scope";

    public static final String UNREADABLE = "unreadable";

    /** The load of a feed failed as a whole. */
    public static final String LOAD_FAILED = "LOAD_FAILED";
    /** A row occurs twice in one extract. */
    public static final String ROW_REPEATED = "ROW_REPEATED";
    /** Everything known of the row's item is dated after the business date. */
    public static final String ROW_AHEAD = "ROW_AHEAD";
    /** The scope of the feed keeps a row out. */
    public static final String ROW_OUT_OF_SCOPE = "ROW_OUT_OF_SCOPE";
    /** A later version of a row is in the same extract. */
    public static final String ROW_SUPERSEDED = "ROW_SUPERSEDED";
    /** A value could not be read and is stored as empty. */
    public static final String VALUE_UNREADABLE = "VALUE_UNREADABLE";

    /** Names of {@link #values}. */
    public static final List<String> COLUMNS =
            List.of("kind", "feed", "business_date", "code", "field", "row_count", "line_number", "row_key", "message");

    /** The same, mentioning the version of its key that keeps counting, loaded on that date; unchanged if null. */
    public Rejection keeping(@Nullable LocalDate loadedOn) {
        return loadedOn == null || loadedOn.isAfter(businessDate)
                ? this
                : new Rejection(
                        kind,
                        feed,
                        businessDate,
                        code,
                        field,
                        rowCount,
                        place,
                        rowKey,
                        message + "; the version of " + loadedOn + " keeps counting, "
                                + Plural.of(ChronoUnit.DAYS.between(loadedOn, businessDate), "day") + " old");
    }

    /** The same without the key of its row, which only a recorded read may show. */
    public Rejection withoutKey() {
        return rowKey == null
                ? this
                : new Rejection(kind, feed, businessDate, code, field, rowCount, place, null, message);
    }

    /** Line in the file or number in the extract; null except for refused rows. */
    public @Nullable Long line() {
        return place == null ? null : place.line();
    }

    /** Shape of the value that was refused; null except for refused rows of which one value was. */
    public @Nullable String valueShape() {
        return place == null ? null : place.valueShape();
    }

    /** Its values, in the order of {@link #COLUMNS}. */
    public List<@Nullable Object> values() {
        return Arrays.asList(kind, feed, businessDate, code, field, rowCount, line(), rowKey, message);
    }
}
