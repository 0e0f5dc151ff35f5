package uk.fpw.query;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of DuckDB's driver to texts, numbers, booleans, maps and lists. Instants are shown in the force's
 * zone, with their offset.
 */
record DuckDbValues(ZoneId zone) {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    private static final DateTimeFormatter POINT_IN_TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    List<@Nullable Object> row(ResultSet rows, int width) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(width);
        for (int column = 1; column <= width; column++) {
            row.add(plain(rows.getObject(column)));
        }
        return row;
    }

    private @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value == null || value instanceof String || value instanceof Boolean || QueryResult.isNumber(value)) {
            return value;
        }
        if (value instanceof OffsetDateTime instant) {
            return POINT_IN_TIME.format(instant.atZoneSameInstant(zone).toOffsetDateTime());
        }
        if (value instanceof Timestamp timestamp) {
            return LOCAL.format(timestamp.toLocalDateTime());
        }
        if (value instanceof LocalDateTime local) {
            return LOCAL.format(local);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                plain.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
            }
            return plain;
        }
        if (value instanceof Struct struct) {
            return value.toString() == null ? null : list(struct.getAttributes());
        }
        if (value instanceof Array array) {
            return list((Object[]) array.getArray());
        }
        if (value instanceof Blob blob) {
            return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
        }
        return value.toString();
    }

    private List<@Nullable Object> list(Object[] elements) throws SQLException {
        List<@Nullable Object> plain = new ArrayList<>(elements.length);
        for (Object element : elements) {
            plain.add(plain(element));
        }
        return plain;
    }
}
