package uk.fpw.publish.export;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;

/** Converts rows of a mart to typed cell values, and serialises them while they are sorted. */
final class CellValues {

    private CellValues() {}

    /** The values of a row in column order; an instant becomes a local date and time in UTC. */
    static List<@Nullable Object> of(Model mart, Record row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Model.Column column : mart.columns()) {
            Object value = row.getField(column.name());
            if (value instanceof OffsetDateTime time) {
                value = time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
            } else if (value instanceof Integer number) {
                value = number.longValue();
            }
            values.add(value);
        }
        return values;
    }

    static void write(List<@Nullable Object> row, DataOutputStream out) throws IOException {
        out.writeInt(row.size());
        for (Object value : row) {
            if (value == null) {
                out.writeByte('n');
            } else if (value instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeByte('s');
                out.writeInt(bytes.length);
                out.write(bytes);
            } else if (value instanceof Long number) {
                out.writeByte('l');
                out.writeLong(number);
            } else if (value instanceof Double number) {
                out.writeByte('d');
                out.writeDouble(number);
            } else if (value instanceof Boolean flag) {
                out.writeByte('b');
                out.writeBoolean(flag);
            } else if (value instanceof LocalDate day) {
                out.writeByte('t');
                out.writeLong(day.toEpochDay());
            } else if (value instanceof LocalDateTime time) {
                out.writeByte('z');
                out.writeLong(time.toLocalDate().toEpochDay());
                out.writeLong(time.toLocalTime().toNanoOfDay());
            } else {
                throw new IllegalArgumentException("no mart has values of " + value.getClass());
            }
        }
    }

    static List<@Nullable Object> read(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<@Nullable Object> row = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            byte kind = in.readByte();
            row.add(
                    switch (kind) {
                        case 'n' -> null;
                        case 's' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
                        case 'l' -> in.readLong();
                        case 'd' -> in.readDouble();
                        case 'b' -> in.readBoolean();
                        case 't' -> LocalDate.ofEpochDay(in.readLong());
                        case 'z' ->
                            LocalDateTime.of(LocalDate.ofEpochDay(in.readLong()), LocalTime.ofNanoOfDay(in.readLong()));
                        default -> throw new IOException("no value begins with " + kind);
                    });
        }
        return row;
    }
}
