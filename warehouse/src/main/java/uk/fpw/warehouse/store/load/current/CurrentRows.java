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
 * The rows of branch {@code current}, or those whose keys are in some buckets, as of one head of the branch; each with
 * its place, by which a load takes it out of the branch.
 */
public final class CurrentRows {

    /** Up to so many buckets files and row groups are looked up by them; beyond, hardly any could be skipped. */
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

    /** All rows, as of the head that the table has now. */
    public static CurrentRows of(Table table, Feed feed) {
        BitSet all = new BitSet(KeyBucket.COUNT);
        all.set(0, KeyBucket.COUNT);
        return new CurrentRows(table, feed, all, CurrentBranch.head(table));
    }

    /** The rows whose keys are in these buckets, as of the same head. */
    public CurrentRows in(BitSet some) {
        return new CurrentRows(table, feed, some, head);
    }

    /** Visits the rows of one part of the files, in no order; different threads may visit different parts. */
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

    /** Takes what a column holds in one row. */
    @FunctionalInterface
    public interface ValueVisitor {
        /** Takes it; null for none. */
        void visit(long place, @Nullable Object value);
    }

    /** Visits one column, and no other, of the rows of all buckets. */
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

    /** Translates places of these rows, which are in some buckets, into those of all rows as of the same head. */
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
     * How many rows the branch has, in other buckets too, without reading any: what the files hold, without what
     * deletion vectors mark.
     */
    public long count() {
        return total(SnapshotSummary.TOTAL_RECORDS_PROP) - total(SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private long total(String property) {
        return Long.parseLong(head.summary().getOrDefault(property, "0"));
    }

    /** What all rows of the branch are, in other buckets too; null if that is not known. */
    public @Nullable BucketDigests digests() {
        return CurrentBranch.digests(head, feed);
    }

    /** Marks the row at a place. */
    public void mark(long place, DeletionVectors vectors) {
        vectors.mark(files().get(RowLocation.file(place)), RowLocation.position(place));
    }

    /** The files that contain the rows, resolved on first use; positions refer to them. */
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

    /** The snapshot of which these are the rows. */
    public long head() {
        return head.snapshotId();
    }

    /**
     * Passes over files and row groups that hold no key of these buckets, where there are so few that some can be
     * skipped.
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

    /** What a row has in a field that is never empty. */
    public static String text(Record row, String field) {
        Object value = row.getField(field);
        if (value == null) {
            throw new IllegalStateException("a current row has no " + field);
        }
        return value.toString();
    }
}
