package uk.fpw.warehouse.load;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** What a withdrawal undoes: the versions that the load brought, and those that were the latest of the same keys without it. Reads {@code raw} three times, and holds the keys of that load only. */
final class RowsBefore {

    private static final long NONE = -1;

    private final RawTable raw;
    private final Withdrawal withdrawal;
    private final IndexMemory memory;

    RowsBefore(RawTable raw, Withdrawal withdrawal, IndexMemory memory) {
        this.raw = raw;
        this.withdrawal = withdrawal;
        this.memory = memory;
    }

    /** Keys that a withdrawal is about. */
    static long keys(Withdrawal withdrawal) {
        return keys(withdrawal.load());
    }

    /** Keys that the withdrawal of a load is about. */
    static long keys(Load load) {
        return load.counts().loaded() + load.counts().deleted();
    }

    /**
     * Visits every row that the load brought, and every row that is to be there again.
     *
     * @param brought versions of the load, and its deletions
     * @param before the latest version of each of these keys without the load, where there is one and the source had not deleted it
     */
    void forEach(Consumer<Record> brought, Consumer<Record> before) throws IOException {
        KeyIndex latest = new KeyIndex(memory, keys(withdrawal));
        try {
            visit(latest, brought, before);
        } finally {
            latest.release();
        }
    }

    private void visit(KeyIndex latest, Consumer<Record> brought, Consumer<Record> before) throws IOException {
        try (CloseableIterable<Record> rows = raw.rowsOf(withdrawal)) {
            for (Record row : rows) {
                latest.put(key(row), NONE, 0);
                brought.accept(row);
            }
        }
        try (CloseableIterable<Record> rows = raw.rowsWithout(withdrawal)) {
            for (Record row : rows) {
                int place = latest.find(key(row));
                if (place >= 0 && order(row) > latest.first(place)) {
                    latest.put(key(row), order(row), 0);
                }
            }
        }
        try (CloseableIterable<Record> rows = raw.rowsWithout(withdrawal)) {
            for (Record row : rows) {
                int place = latest.find(key(row));
                if (place >= 0
                        && order(row) == latest.first(place)
                        && !RowVersion.DELETE.equals(row.getField(FeedTables.OP))) {
                    before.accept(row);
                }
            }
        }
    }

    private static String key(Record row) {
        return String.valueOf(row.getField(FeedTables.KEY));
    }

    private static long order(Record row) {
        return row.getField(FeedTables.SEQ) instanceof Long order ? order : NONE;
    }
}
