package uk.fpw.ingest.source;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hash of everything that is read of a row, by which rows with the same key and whole extracts are compared: XXH3 of 128 bits over its fields. Not for several threads. */
public final class ContentHash {

    private final HashStream128 stream = Hashing.xxh3_128().hashStream();

    /** The hash of one row; a field that is missing differs from an empty one. */
    public HashValue128 of(List<? extends @Nullable Object> fields) {
        stream.reset();
        for (Object field : fields) {
            if (field == null) {
                stream.putByte((byte) 0);
            } else {
                stream.putByte((byte) 1);
                put(field);
            }
        }
        return stream.get();
    }

    private void put(Object field) {
        if (field instanceof String text) {
            stream.putString(text);
        } else if (field instanceof Long number) {
            stream.putLong(number);
        } else if (field instanceof Boolean bool) {
            stream.putBoolean(bool);
        } else if (field instanceof BigDecimal number) {
            stream.putByteArray(number.unscaledValue().toByteArray()).putInt(number.scale());
        } else if (field instanceof LocalDate date) {
            stream.putLong(date.toEpochDay());
        } else if (field instanceof LocalDateTime time) {
            stream.putLong(time.toLocalDate().toEpochDay())
                    .putLong(time.toLocalTime().toNanoOfDay());
        } else if (field instanceof Instant instant) {
            stream.putLong(instant.getEpochSecond()).putInt(instant.getNano());
        } else if (field instanceof OffsetDateTime time) {
            stream.putLong(time.toEpochSecond()).putInt(time.getNano());
        } else {
            throw new IllegalStateException(
                    "no field of a row is a " + field.getClass().getSimpleName());
        }
    }
}
