package uk.fpw.warehouse.store.load;

import org.jspecify.annotations.Nullable;

/**
 * A source row that could not be stored.
 *
 * @param line line in the file, counted from 1; for a row that spans several lines, the first
 * @param key key of the row, whose current version, if any, is now stale; null if the key is empty or could not be read
 * @param field invalid column; null if the whole row is invalid
 * @param message reason as text, without personal data
 * @param valueShown shape of the invalid text, see {@link uk.fpw.warehouse.privacy.ValueShape}, never the text itself;
 *     null if the problem is not in a text
 */
public record RefusedRow(
        long line,
        @Nullable String key,
        @Nullable String field,
        Code code,
        String message,
        @Nullable String valueShown) {

    /** Why a row could not be stored. */
    public enum Code {
        /** A value is not of its column's type. */
        UNPARSABLE,
        /** A text does not match the pattern of the feed. */
        NO_MATCH,
        /** A required value outside the key is missing. */
        MISSING,
        /** The key or a part of it is empty: the row does not belong to the feed and does not prevent deletions. */
        KEY_EMPTY,
        /** A local time skipped by a clock change in its zone. */
        NO_SUCH_TIME,
        /** More or fewer fields than the header. */
        FIELD_COUNT,
        /** Several different rows of one extract have the same key, and none is known to be the latest. */
        KEY_REPEATED
    }
}
