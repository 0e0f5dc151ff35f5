package uk.fpw.ingest.database;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import uk.fpw.ingest.source.CursorRow;
import uk.fpw.warehouse.load.Watermark.Boundary;

/** Of rows that come in any order those whose cursor is highest, as many keys as a watermark remembers. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class LatestRows {

    private static final Comparator<Row> ORDER = (one, other) -> {
        int order = one.cursor().compareTo(other.cursor());
        return order == 0 ? one.key().compareTo(other.key()) : order;
    };

    private final TreeSet<Row> rows = new TreeSet<>(ORDER);
    private final Map<String, Row> byKey = new HashMap<>();

    private record Row(Comparable cursor, String key) {}

    /** Takes a row; of one key that comes more than once, the highest counts. */
    void add(Comparable cursor, String key) {
        Row row = new Row(cursor, key);
        if (rows.size() == Boundary.MAX_KEYS && ORDER.compare(row, rows.first()) <= 0) {
            return;
        }
        Row before = byKey.get(key);
        if (before != null && ORDER.compare(row, before) <= 0) {
            return;
        }
        if (before != null) {
            rows.remove(before);
        }
        rows.add(row);
        byKey.put(key, row);
        if (rows.size() > Boundary.MAX_KEYS) {
            byKey.remove(rows.first().key());
            rows.remove(rows.first());
        }
    }

    void addAll(LatestRows others) {
        others.rows.forEach(row -> add(row.cursor(), row.key()));
    }

    int size() {
        return rows.size();
    }

    /** The rows, the lowest cursor first. */
    List<CursorRow> ascending() {
        return rows.stream()
                .map(row -> new CursorRow(row.key(), row.cursor().toString()))
                .toList();
    }
}
