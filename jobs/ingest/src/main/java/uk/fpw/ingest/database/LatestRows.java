package uk.fpw.ingest.database;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import uk.fpw.ingest.source.CursorRow;
import uk.fpw.warehouse.load.Watermark.Boundary;

/** Of rows that come in any order those whose cursor is highest, as many as a watermark remembers. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class LatestRows {

    private static final Comparator<Row> ORDER = (one, other) -> {
        int order = one.cursor().compareTo(other.cursor());
        return order == 0 ? one.key().compareTo(other.key()) : order;
    };

    private final PriorityQueue<Row> lowestFirst = new PriorityQueue<>(ORDER);

    private record Row(Comparable cursor, String key) {}

    void add(Comparable cursor, String key) {
        if (lowestFirst.size() < Boundary.MAX_KEYS) {
            lowestFirst.add(new Row(cursor, key));
            return;
        }
        int order = cursor.compareTo(lowestFirst.element().cursor());
        if (order > 0 || (order == 0 && key.compareTo(lowestFirst.element().key()) > 0)) {
            lowestFirst.add(new Row(cursor, key));
            lowestFirst.remove();
        }
    }

    void addAll(LatestRows others) {
        others.lowestFirst.forEach(row -> add(row.cursor(), row.key()));
    }

    /** The rows, the lowest cursor first; a key that came more than once where it is highest. */
    List<CursorRow> ascending() {
        List<Row> sorted = new ArrayList<>(lowestFirst);
        sorted.sort(ORDER.reversed());
        Set<String> known = new HashSet<>();
        List<CursorRow> rows = new ArrayList<>();
        for (Row row : sorted) {
            if (known.add(row.key())) {
                rows.add(0, new CursorRow(row.key(), row.cursor().toString()));
            }
        }
        return rows;
    }
}
