package uk.fpw.ingest.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a source.
 *
 * @param line line in the file, counted from 1, and the first line if the row spans several; for a database, the row
 *     number in the extract
 * @param fieldCount number of fields in the row
 * @param fields values of the feed's columns in order, null for no value; empty if the number of fields differs from
 *     the header. Each is a trimmed text to be parsed, or, from a database or typed file, a value: Long, BigDecimal,
 *     Boolean, LocalDate, LocalDateTime, OffsetDateTime or Instant; or an {@link InvalidField}
 * @param contentHash hash of all fields; equal for equal rows
 * @param isMissedByCursor whether an incremental read would have missed it
 * @param problem why the fields of an incomplete row cannot be separated; null if the number of fields differs from the
 *     header
 */
public record SourceRow(
        long line,
        int fieldCount,
        List<@Nullable Object> fields,
        long contentHash,
        boolean isMissedByCursor,
        @Nullable String problem) {

    /** A complete row, or one whose number of fields differs from the header. */
    public SourceRow(
            long line, int fieldCount, List<@Nullable Object> fields, long contentHash, boolean isMissedByCursor) {
        this(line, fieldCount, fields, contentHash, isMissedByCursor, null);
    }

    /** Whether the row has as many fields as the header; otherwise they cannot be assigned. */
    public boolean isComplete() {
        return !fields.isEmpty();
    }

    /** Whether all fields are empty; an empty text counts as empty. */
    public boolean isEmpty() {
        return fields.stream().allMatch(field -> field == null || field.equals(""));
    }

    /** A field as text; null if it is empty. */
    public @Nullable String text(int column) {
        Object field = fields.get(column);
        return field == null ? null : field.toString();
    }
}
