package uk.fpw.warehouse.store.load.row;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version of a source row, ready to be stored.
 *
 * @param key canonical key text
 * @param item value of the item column as text; for a deletion, that of the last version
 * @param rowHash hash of the row's values; null for a deletion
 * @param line line in the file; the first if the row spans several lines; null for a deletion
 * @param flags assumptions and unreadable values, such as {@code opened_at:ambiguous}; null if there are none
 * @param values in the order of the feed's columns: String, Long, BigDecimal of scale 9, Boolean, LocalDate, Instant or
 *     null; empty for a deletion
 */
public record RowVersion(
        String key,
        String item,
        @Nullable String rowHash,
        @Nullable Long line,
        @Nullable String flags,
        List<@Nullable Object> values) {

    /** Value of {@code _op} in a new or changed row. */
    public static final String UPSERT = "upsert";

    /** Value of {@code _op} in a deletion. */
    public static final String DELETE = "delete";

    /** Suffix of a column name in the flags of a row: its local time is ambiguous. */
    public static final String AMBIGUOUS = ":ambiguous";

    /** Suffix of a column name in the flags of a row: its value could not be read and is null. */
    public static final String UNREADABLE = ":unreadable";

    /**
     * The columns with unreadable values as text, empty if there are none. It is part of the row hash, to distinguish
     * an unreadable value from a missing one.
     *
     * @param flags flags of the row; null if it has none
     */
    public static String unreadable(@Nullable String flags) {
        return flags == null
                ? ""
                : Stream.of(flags.split(",", -1))
                        .filter(flag -> flag.endsWith(UNREADABLE))
                        .map(flag -> "," + flag)
                        .collect(Collectors.joining());
    }

    /** Whether an ambiguous local time was read as the earlier one. */
    public boolean isAmbiguous() {
        return flags != null && flags.contains(AMBIGUOUS);
    }

    /** A deletion. */
    public static RowVersion deleted(String key, String item) {
        return new RowVersion(key, item, null, null, null, List.of());
    }

    /** The same version with a key and item that were not known when it was read. */
    public RowVersion keyed(String knownKey, String knownItem) {
        return new RowVersion(knownKey, knownItem, rowHash, line, flags, values);
    }

    /** Whether it is a deletion. */
    public boolean isDeleted() {
        return rowHash == null;
    }
}
