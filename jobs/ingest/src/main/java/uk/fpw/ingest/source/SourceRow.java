package uk.fpw.ingest.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a source.
 *
 * @param line line in the file, counted from 1; of a row over several lines, the first. Of a database, its number in
 *     the extract
 * @param fieldCount fields in the row
 * @param fields values of the feed's columns in their order, null where there is no value; empty if the row has not as
 *     many fields as the header. A trimmed text that is to be read, or, from a database or a typed file, what is a
 *     value already: Long, BigDecimal, Boolean, LocalDate, LocalDateTime, OffsetDateTime or Instant; or a
 *     {@link InvalidField}
 * @param contentHash of all fields; equal rows have equal ones
 * @param isMissedByCursor whether it would not have been read if only changes were
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

    /** A row that is complete, or has not as many fields as the header. */
    public SourceRow(
            long line, int fieldCount, List<@Nullable Object> fields, long contentHash, boolean isMissedByCursor) {
        this(line, fieldCount, fields, contentHash, isMissedByCursor, null);
    }

    /** Whether the row has as many fields as the header; otherwise they cannot be assigned. */
    public boolean isComplete() {
        return !fields.isEmpty();
    }

    /** Whether no field has a value; an empty text is not a value. */
    public boolean isEmpty() {
        return fields.stream().allMatch(field -> field == null || field.equals(""));
    }

    /** A field as text; null if it has no value. */
    public @Nullable String text(int column) {
        Object field = fields.get(column);
        return field == null ? null : field.toString();
    }
}
