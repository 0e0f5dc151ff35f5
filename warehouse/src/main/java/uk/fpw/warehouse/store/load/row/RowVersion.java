package uk.fpw.warehouse.store.load.row;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of one source row, ready to be stored.
 *
 * @param key canonical key text
 * @param item value of the item column, as text; for a deleted row that of its last version
 * @param rowHash hash of the row's values; null for a deleted row
 * @param line line in the file, of a row over several lines the first; null for a deleted row
 * @param flags what was assumed in reading it, or could not be read, such as {@code opened_at:ambiguous}; null if
 *     nothing
 * @param values in the order of the feed's columns: String, Long, BigDecimal of scale 9, Boolean, LocalDate, Instant or
 *     null; empty for a deleted row
 */
public record RowVersion(
        String key,
        String item,
        @Nullable String rowHash,
        @Nullable Long line,
        @Nullable String flags,
        List<@Nullable Object> values) {

    /** Value of {@code _op} of a new or changed row. */
    public static final String UPSERT = "upsert";

    /** Value of {@code _op} of a row that the source no longer holds. */
    public static final String DELETE = "delete";

    /** Follows the name of a column in the flags of a row: its local time is that of two points in time. */
    public static final String AMBIGUOUS = ":ambiguous";

    /** Follows the name of a column in the flags of a row: its value could not be read and is empty. */
    public static final String UNREADABLE = ":unreadable";

    /**
     * The columns whose value could not be read, in a text that is empty if there are none: it tells a row without a
     * value from one whose value cannot be read, and is part of what is hashed of the row.
     *
     * @param flags those of the row; null if it has none
     */
    public static String unreadable(@Nullable String flags) {
        return flags == null
                ? ""
                : Stream.of(flags.split(",", -1))
                        .filter(flag -> flag.endsWith(UNREADABLE))
                        .map(flag -> "," + flag)
                        .collect(Collectors.joining());
    }

    /** Whether something was assumed in reading it: the earlier of two points in time. */
    public boolean isAmbiguous() {
        return flags != null && flags.contains(AMBIGUOUS);
    }

    /** The version that says that a row is gone. */
    public static RowVersion deleted(String key, String item) {
        return new RowVersion(key, item, null, null, null, List.of());
    }

    /** The same version under a key and of an item that were not known when it was read. */
    public RowVersion keyed(String knownKey, String knownItem) {
        return new RowVersion(knownKey, knownItem, rowHash, line, flags, values);
    }

    /** Whether the source no longer holds the row. */
    public boolean isDeleted() {
        return rowHash == null;
    }
}
