package uk.fpw.ingest.compare;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * The values in low-cardinality columns of a load: codes, kinds, units. A replaced code list or two swapped columns
 * lead to values that no existing row has.
 */
final class LoadedValues {

    /** A column with more distinct values does not contain codes. */
    static final int MAX_CODES = 50;

    /** Minimum average frequency of codes in a column; otherwise it contains names or numbers of a small feed. */
    private static final int ROWS_OF_A_CODE = 10;

    private static final int MIN_KNOWN = 100;
    private static final int MIN_UNSEEN = 20;
    private static final double UNSEEN_SHARE = 0.2;

    /** Maximum number of distinct values recorded for a load; further ones count as unseen. */
    private static final int MAX_REMEMBERED = 1000;

    private static final Set<Feed.Type> TYPES = EnumSet.of(Feed.Type.TEXT, Feed.Type.WHOLE, Feed.Type.BOOLEAN);

    private final List<Column> columns = new ArrayList<>();

    /**
     * A column in which many new and changed rows have a value that no known row has.
     *
     * @param rows number of these rows
     * @param number of new and changed rows that have a value
     * @param values number of distinct unseen values
     */
    record Unseen(String column, long rows, long of, int values) {

        @Override
        public String toString() {
            return "column " + column + ": " + rows + " of " + of + " new or changed rows have "
                    + (values == 1 ? "a value that no earlier row had" : values + " values that no earlier row had");
        }
    }

    private static final class Column {
        final String name;
        final int position;
        final Map<Object, Long> counts = new HashMap<>();
        long rows;
        long further;

        Column(String name, int position) {
            this.name = name;
            this.position = position;
        }

        void count(Object value, long times) {
            if (counts.size() < MAX_REMEMBERED || counts.containsKey(value)) {
                counts.merge(value, times, Long::sum);
            } else {
                further += times;
            }
        }
    }

    LoadedValues(Feed feed, List<Integer> columnsInUse) {
        for (int position : columnsInUse) {
            Feed.Column column = feed.columns().get(position);
            if (TYPES.contains(column.type())
                    && column.privacy() == Feed.Privacy.NOT_PERSONAL
                    && !feed.key().equals(List.of(column.name()))) {
                columns.add(new Column(column.name(), position));
            }
        }
    }

    /** Records the values of a new or changed row. */
    void add(RowVersion version) {
        for (Column column : columns) {
            Object value = version.values().get(column.position);
            if (value == null) {
                continue;
            }
            column.rows++;
            column.count(value, 1);
        }
    }

    /** Adds the values recorded by another object. */
    void add(LoadedValues others) {
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            Column other = others.columns.get(index);
            column.rows += other.rows;
            column.further += other.further;
            other.counts.forEach(column::count);
        }
    }

    /** Compares with the known rows, which are read for this purpose, unless the load has only a few rows. */
    List<Unseen> unseen(CurrentTable current) {
        List<Column> many =
                columns.stream().filter(column -> column.rows >= MIN_UNSEEN).toList();
        if (many.isEmpty()) {
            return List.of();
        }
        Map<String, CurrentTable.Values> known =
                current.values(many.stream().map(column -> column.name).toList(), MAX_CODES);
        List<Unseen> unseen = new ArrayList<>();
        for (Column column : many) {
            Unseen found = unseen(column, known.get(column.name));
            if (found != null) {
                unseen.add(found);
            }
        }
        return unseen;
    }

    private static @Nullable Unseen unseen(Column column, CurrentTable.@Nullable Values known) {
        if (known == null
                || known.count() < MIN_KNOWN
                || known.count() < (long) ROWS_OF_A_CODE * known.different().size()) {
            return null;
        }
        long rows = column.further;
        int values = 0;
        for (Map.Entry<Object, Long> value : column.counts.entrySet()) {
            if (!known.different().contains(value.getKey())) {
                rows += value.getValue();
                values++;
            }
        }
        return rows >= MIN_UNSEEN && rows > UNSEEN_SHARE * column.rows
                ? new Unseen(column.name, rows, column.rows, values)
                : null;
    }
}
