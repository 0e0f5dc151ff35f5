package uk.fpw.ingest.source;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.key.HashInput;

/**
 * Hash of everything read from a row (128-bit XXH3 over its fields), for comparing rows with the same key and whole
 * extracts. Not thread-safe.
 */
public final class ContentHash {

    private final HashInput input = new HashInput();

    /** The hash of a row; null differs from an empty field. */
    public HashValue128 of(List<? extends @Nullable Object> fields) {
        input.reset();
        for (Object field : fields) {
            if (field == null) {
                input.put((byte) 0);
            } else {
                input.put((byte) 1);
                put(field);
            }
        }
        return input.hash();
    }

    private void put(Object field) {
        if (field instanceof String text) {
            input.put(text);
        } else if (field instanceof Long number) {
            input.put(number.longValue());
        } else if (field instanceof Boolean bool) {
            input.put(bool.booleanValue());
        } else if (field instanceof BigDecimal number) {
            input.put(number.unscaledValue().toByteArray()).put(number.scale());
        } else if (field instanceof LocalDate date) {
            input.put(date.toEpochDay());
        } else if (field instanceof LocalDateTime time) {
            input.put(time.toLocalDate().toEpochDay()).put(time.toLocalTime().toNanoOfDay());
        } else if (field instanceof Instant instant) {
            input.put(instant.getEpochSecond()).put(instant.getNano());
        } else if (field instanceof OffsetDateTime time) {
            input.put(time.toEpochSecond()).put(time.getNano());
        } else if (field instanceof InvalidField invalid) {
            input.put(invalid.problem()).put(invalid.text());
        } else {
            throw new IllegalStateException(
                    "no field of a row is a " + field.getClass().getSimpleName());
        }
    }
}
