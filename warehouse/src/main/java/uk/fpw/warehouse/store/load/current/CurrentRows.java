package uk.fpw.warehouse.store.load.current;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.RowLocation;
import uk.fpw.warehouse.store.load.row.DeletionVectors;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.RowPositions;

/**
 * The rows of branch {@code current} at one head, or those whose keys are in some buckets. Each has a place by which a
 * load removes it from the branch.
 */
public final class CurrentRows {

    /**
     * Up to this number of buckets, they are used to filter files and row groups; beyond it hardly any could be
     * skipped.
     */
    private static final int MAX_BUCKETS = 32;

    private final Table table;
    private final Feed feed;
    private final BitSet buckets;
    private final Snapshot head;
    private final Expression filter;
    private @Nullable List<FileScanTask> files;

    private CurrentRows(Table table, Feed feed, BitSet buckets, Snapshot head) {
        this.table = table;
        this.feed = feed;
        this.buckets = buckets;
        this.head = head;
        this.filter = inBuckets(buckets);
    }

    /** All rows at the present head of the table. */
    public static CurrentRows of(Table table, Feed feed) {
        BitSet all = new BitSet(KeyBucket.COUNT);
        all.set(0, KeyBucket.COUNT);
        return new CurrentRows(table, feed, all, CurrentBranch.head(table));
    }

    /** The rows at the same head whose keys are in these buckets. */
    public CurrentRows in(BitSet some) {
        return new CurrentRows(table, feed, some, head);
    }

    /**
     * Visits the rows of one part of the files, in no particular order. Different threads may visit different parts.
     */
    public void forEach(int part, int parts, Consumer<CurrentRow> visitor) {
        List<String> columns = new ArrayList<>(List.of(FeedTables.KEY, FeedTables.ITEM, FeedTables.ROW_HASH));
        if (isFiltered(buckets)) {
            columns.add(FeedTables.BUCKET);
        }
        RowPositions rows = new RowPositions(table, columns.toArray(String[]::new));
        try {
            List<FileScanTask> all = files();
            for (int file = part; file < all.size(); file += parts) {
                int number = file;
                rows.forEach(all.get(file), filter, (row, position) -> {
                    String key = text(row, FeedTables.KEY);
                    if (buckets.get(KeyBucket.of(feed, key))) {
                        visitor.accept(new CurrentRow(
                                key,
                                text(row, FeedTables.ITEM),
                                text(row, FeedTables.ROW_HASH),
                                RowLocation.of(number, position)));
                    }
                });
            }
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    /** Visits every row. */
    public void forEach(Consumer<CurrentRow> visitor) {
        forEach(0, 1, visitor);
    }

    /** Visits the values of a column. */
    @FunctionalInterface
    public interface ValueVisitor {
        /** Visits a value, which may be null. */
        void visit(long place, @Nullable Object value);
    }

    /** Visits one column of the rows of all buckets, without reading others. */
    public void forEachValue(String column, ValueVisitor visitor) {
        RowPositions rows = new RowPositions(table, column);
        try {
            List<FileScanTask> all = files();
            for (int file = 0; file < all.size(); file++) {
                int number = file;
                rows.forEach(
                        all.get(file),
                        Expressions.alwaysTrue(),
                        (row, position) -> visitor.visit(RowLocation.of(number, position), row.get(0)));
            }
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    /** Translates places of these rows, restricted to some buckets, to places of all rows at the same head. */
    public LongUnaryOperator placesIn(CurrentRows all) {
        Map<String, Integer> numbers = new HashMap<>();
        for (FileScanTask file : all.files()) {
            numbers.put(file.file().location(), numbers.size());
        }
        List<Integer> places = files().stream()
                .map(file -> Objects.requireNonNull(numbers.get(file.file().location())))
                .toList();
        return place -> RowLocation.of(places.get(RowLocation.file(place)), RowLocation.position(place));
    }

    /**
     * Number of rows of the branch, including other buckets, without reading any: rows in the files minus those in
     * deletion vectors.
     */
    public long count() {
        return total(SnapshotSummary.TOTAL_RECORDS_PROP) - total(SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private long total(String property) {
        return Long.parseLong(head.summary().getOrDefault(property, "0"));
    }

    /** Digests of all rows of the branch, including other buckets; null if unknown. */
    public @Nullable BucketDigests digests() {
        return CurrentBranch.digests(head, feed);
    }

    /** Marks the row at a place. */
    public void mark(long place, DeletionVectors vectors) {
        vectors.mark(files().get(RowLocation.file(place)), RowLocation.position(place));
    }

    /** The files with the rows, planned on first use; places refer to them. */
    private synchronized List<FileScanTask> files() {
        List<FileScanTask> found = files;
        if (found == null) {
            try {
                found = buckets.isEmpty()
                        ? List.of()
                        : RowPositions.files(
                                table.newScan().useSnapshot(head.snapshotId()).filter(filter));
            } catch (IOException failed) {
                throw CurrentBranch.unreadable(table, failed);
            }
            files = found;
        }
        return found;
    }

    /** The snapshot of these rows. */
    public long head() {
        return head.snapshotId();
    }

    /**
     * Filter for files and row groups without keys of these buckets; passes everything if there are too many buckets to
     * skip any.
     */
    private static Expression inBuckets(BitSet buckets) {
        return isFiltered(buckets)
                ? Expressions.or(
                        Expressions.isNull(FeedTables.BUCKET),
                        Expressions.in(
                                FeedTables.BUCKET, buckets.stream().boxed().toList()))
                : Expressions.alwaysTrue();
    }

    private static boolean isFiltered(BitSet buckets) {
        return buckets.cardinality() <= MAX_BUCKETS;
    }

    /** A field of a row that is never null. */
    public static String text(Record row, String field) {
        Object value = row.getField(field);
        if (value == null) {
            throw new IllegalStateException("a current row has no " + field);
        }
        return value.toString();
    }
}
