package uk.fpw.warehouse.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of one source row, ready to be stored.
 *
 * @param key canonical key text
 * @param item value of the item column, as text; for a deleted row that of its last version
 * @param rowHash hash of the row's values; null for a deleted row
 * @param line line in the file, of a row over several lines the first; null for a deleted row
 * @param flags what was assumed in reading it, such as {@code opened_at:ambiguous}; null if nothing
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
