package uk.fpw.warehouse.store.load;

import org.jspecify.annotations.Nullable;

/**
 * One source row that could not be stored.
 *
 * @param line line in the file, counted from 1; of a row over several lines, the first
 * @param key key of the row, whose current version, if any, is stale; null if the key is empty or could not be read
 * @param field column at fault; null if the row as a whole is
 * @param message as text, without personal data
 * @param valueShown the shape of the text at fault, see {@link uk.fpw.warehouse.privacy.ValueShape}; never the text;
 *     null if the fault is not in a text
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
        /** A text is not what the feed says that it must be like. */
        NO_MATCH,
        /** A required value that is no part of the key is missing. */
        MISSING,
        /** The key, or a part of it, is empty: the row does not belong to the feed and does not prevent deletions. */
        KEY_EMPTY,
        /** A local time that the clocks of its zone skipped. */
        NO_SUCH_TIME,
        /** More or fewer fields than the header. */
        FIELD_COUNT,
        /** Several different rows of one extract have the same key, and none is known to be the latest of them. */
        KEY_REPEATED
    }
}
