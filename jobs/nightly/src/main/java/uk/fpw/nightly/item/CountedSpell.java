package uk.fpw.nightly.item;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row of {@code core.spell} that decide whether it is behind a count.
 *
 * @param spellId the same in every release
 * @param itemKey the item, a pseudonym if the feed requires it
 * @param leftOn null while it waits
 * @param leftAs how it left; null while it waits
 */
record CountedSpell(
        String spellId,
        String itemKey,
        LocalDate enteredOn,
        @Nullable LocalDate leftOn,
        @Nullable String leftAs,
        boolean isReentry,
        boolean isServed,
        boolean isAgeKnown,
        boolean isOutOfOrder) {

    /** Columns of {@code core.spell} that are read. */
    static final List<String> COLUMNS = List.of(
            "spell_id",
            "item_key",
            "entered_on",
            "left_on",
            "left_as",
            "is_reentry",
            "is_served",
            "is_age_known",
            "is_out_of_order",
            "observed_from_on",
            "observed_to_on",
            "slices");

    /** Whether the source would have shown the spell at all. */
    static boolean isObserved(Map<String, @Nullable Object> row) {
        return !date(row, "observed_from_on").isAfter(date(row, "observed_to_on"));
    }

    static CountedSpell of(Map<String, @Nullable Object> row) {
        return new CountedSpell(
                text(row, "spell_id"),
                text(row, "item_key"),
                date(row, "entered_on"),
                row.get("left_on") == null ? null : date(row, "left_on"),
                row.get("left_as") == null ? null : text(row, "left_as"),
                Boolean.TRUE.equals(row.get("is_reentry")),
                Boolean.TRUE.equals(row.get("is_served")),
                Boolean.TRUE.equals(row.get("is_age_known")),
                Boolean.TRUE.equals(row.get("is_out_of_order")));
    }

    static LocalDate date(Map<String, @Nullable Object> row, String column) {
        return LocalDate.parse(text(row, column));
    }

    static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }
}
