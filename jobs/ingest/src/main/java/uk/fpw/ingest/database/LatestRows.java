package uk.fpw.ingest.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.CursorRow;
import uk.fpw.warehouse.load.Watermark.Boundary;

/**
 * Of rows that come in any order those whose cursor is highest, as many keys as a watermark remembers; of one key that
 * comes more than once, the highest row counts. Rows are gathered until there are some times as many, and sorted out
 * then.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class LatestRows {

    /** Rows that are gathered before they are sorted out. */
    static final int MAX_GATHERED = 16 * Boundary.MAX_KEYS;

    private static final Comparator<Row> ORDER = (one, other) -> {
        int order = one.cursor().compareTo(other.cursor());
        return order == 0 ? one.key().compareTo(other.key()) : order;
    };

    /** In any order, and a key perhaps more than once, since they were sorted out last. */
    private List<Row> rows = new ArrayList<>();

    private boolean isSortedOut = true;

    /** The lowest row that counts, once as many are known as are remembered. */
    private @Nullable Row lowest;

    private record Row(Comparable cursor, String key) {}

    /** Takes a row. */
    void add(Comparable cursor, String key) {
        Row least = lowest;
        if (least != null) {
            int order = cursor.compareTo(least.cursor());
            if (order < 0 || (order == 0 && key.compareTo(least.key()) <= 0)) {
                return;
            }
        }
        if (rows.size() == MAX_GATHERED) {
            sortOut();
        }
        rows.add(new Row(cursor, key));
        isSortedOut = false;
    }

    void addAll(LatestRows others) {
        others.rows.forEach(row -> add(row.cursor(), row.key()));
    }

    void clear() {
        rows.clear();
        isSortedOut = true;
        lowest = null;
    }

    /** Rows that are in memory. */
    int size() {
        return rows.size();
    }

    /** Forgets every row that does not count. */
    void sortOut() {
        if (isSortedOut) {
            return;
        }
        rows.sort(ORDER);
        List<Row> highest = new ArrayList<>(Boundary.MAX_KEYS);
        Set<String> keys = new HashSet<>();
        for (int index = rows.size() - 1; index >= 0 && highest.size() < Boundary.MAX_KEYS; index--) {
            if (keys.add(rows.get(index).key())) {
                highest.add(rows.get(index));
            }
        }
        Collections.reverse(highest);
        rows = highest;
        isSortedOut = true;
        lowest = highest.size() == Boundary.MAX_KEYS ? highest.get(0) : null;
    }

    /** The rows, the lowest cursor first. */
    List<CursorRow> ascending() {
        sortOut();
        return rows.stream()
                .map(row -> new CursorRow(row.key(), row.cursor().toString()))
                .toList();
    }
}
