package uk.fpw.warehouse.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * The latest version of every row that the source still holds: {@code current.<feed>}, by bucket of the key. Derived from {@code raw} alone; each of its snapshots
 * says which load was applied last, so that whatever was interrupted is made up by the next {@link #applyPending}.
 */
public final class CurrentTable {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentTable.class);

    private static final String APPLIED_LOAD = "fpw.applied-load-id";
    private static final String APPLIED_SEQUENCE = "fpw.applied-sequence";
    private static final String COMPACTED = "fpw.compacted-snapshot-id";
    private static final int BUCKETS = 4;

    /** Readers merge every file of deletions with the rows: about ten loads' worth is what they may be asked to bear. */
    private static final long MAX_DELETE_FILES = 10L * BUCKETS;

    private final Table table;
    private final String name;
    private final LockGuard guard;
    private final IndexMemory memory;

    private CurrentTable(Table table, String name, LockGuard guard, IndexMemory memory) {
        this.table = table;
        this.name = name;
        this.guard = guard;
        this.memory = memory;
    }

    /**
     * Opens the table, making it at the feed's first load and adding the columns that the feed has gained.
     *
     * @throws NightFailure with {@code CONFIGURATION} if a column has changed its type
     */
    public static CurrentTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard) {
        return open(catalog, feed, guard, new IndexMemory(feed.name(), IndexMemory.Limit.ofThisProcess()));
    }

    /** The same, with the memory of which the indexes of its keys are made. */
    public static CurrentTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard, IndexMemory memory) {
        Table table = FeedTables.open(
                catalog,
                WarehouseCatalog.CURRENT,
                feed,
                guard,
                schema -> PartitionSpec.builderFor(schema)
                        .bucket(FeedTables.KEY, BUCKETS)
                        .build(),
                Map.of("write.metadata.delete-after-commit.enabled", "true"));
        return new CurrentTable(table, WarehouseCatalog.CURRENT + "." + feed.name(), guard, memory);
    }

    /** The table as it is; null if the feed was never loaded. */
    static @Nullable CurrentTable existing(WarehouseCatalog catalog, String feed, LockGuard guard, IndexMemory memory) {
        String name = WarehouseCatalog.CURRENT + "." + feed;
        Table table = catalog.find(name);
        return table == null ? null : new CurrentTable(table, name, guard, memory);
    }

    /**
     * Applies the loads and withdrawals that {@code raw} holds and this table does not, one commit each, oldest first. The only way in which this table ever changes.
     *
     * @return how many were applied
     * @throws NightFailure with {@code CONFIGURATION} if there is not enough memory for the keys; nothing is applied then, and raw still holds the loads
     */
    public int applyPending(RawTable raw) {
        List<Change> pending = pending(raw);
        if (pending.isEmpty()) {
            return 0;
        }
        KeyIndex present = index(pending.stream().mapToLong(Change::keys).sum());
        try {
            return apply(pending, present);
        } finally {
            present.release();
        }
    }

    /**
     * The same with an index that is there already.
     *
     * @param present every key of this table, with room for those that are new in the pending loads; they are in it afterwards
     */
    public int applyPending(RawTable raw, KeyIndex present) {
        return apply(pending(raw), present);
    }

    /**
     * A commit to {@code raw} that this table has not seen.
     *
     * @param keys how many keys may be new in this table by it, at most
     * @param apply applies it, given the keys that are in this table
     */
    private record Change(long sequence, long keys, Consumer<KeyIndex> apply) {}

    private List<Change> pending(RawTable raw) {
        long applied = appliedSequence();
        List<Change> changes = new ArrayList<>();
        for (Load load : raw.everyLoad()) {
            changes.add(new Change(load.sequence(), load.counts().loaded(), present -> apply(raw, load, present)));
        }
        for (Withdrawal withdrawal : raw.withdrawals()) {
            changes.add(new Change(
                    withdrawal.sequence(), RowsBefore.keys(withdrawal), present -> apply(raw, withdrawal, present)));
        }
        return changes.stream()
                .filter(change -> change.sequence() > applied)
                .sorted(Comparator.comparingLong(Change::sequence))
                .toList();
    }

    private int apply(List<Change> pending, KeyIndex present) {
        pending.forEach(change -> change.apply().accept(present));
        if (!pending.isEmpty()) {
            compactIfNeeded();
        }
        return pending.size();
    }

    /** Every key with its row hash: as first and second number {@link RowHash#first} and {@link RowHash#second} of it. */
    public KeyIndex index() {
        return index(0);
    }

    /**
     * The keys, with room for those that a withdrawal brings back, after memory for the rest of its work was found too.
     *
     * @param keys keys that the withdrawal is about
     * @throws NightFailure with {@code CONFIGURATION} if there is not enough
     */
    KeyIndex indexForWithdrawal(long keys) {
        KeyIndex present = index(keys);
        try {
            new KeyIndex(memory, keys).release();
            return present;
        } catch (RuntimeException refused) {
            present.release();
            throw refused;
        }
    }

    /** The same, with room for further keys. */
    public KeyIndex index(long furtherKeys) {
        table.refresh();
        KeyIndex index = new KeyIndex(memory, rowCount() + furtherKeys);
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .select(FeedTables.KEY, FeedTables.ROW_HASH)
                .build()) {
            for (Record row : rows) {
                String rowHash = text(row, FeedTables.ROW_HASH);
                index.put(text(row, FeedTables.KEY), RowHash.first(rowHash), RowHash.second(rowHash));
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
        return index;
    }

    /** Rows, without reading any: each deletion takes one row away. */
    private long rowCount() {
        Snapshot snapshot = table.currentSnapshot();
        return snapshot == null
                ? 0
                : Math.max(
                        0,
                        total(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP)
                                - total(snapshot, SnapshotSummary.TOTAL_EQ_DELETES_PROP));
    }

    private static long total(Snapshot snapshot, String property) {
        return Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
    }

    /** What is told of each row of the table. */
    @FunctionalInterface
    public interface RowVisitor {
        /** Takes the key, the item and the hash of a row's values. */
        void visit(String key, String item, String rowHash);
    }

    /** Visits every row, in no order. */
    public void forEachRow(RowVisitor visitor) {
        table.refresh();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .select(FeedTables.KEY, FeedTables.ITEM, FeedTables.ROW_HASH)
                .build()) {
            for (Record row : rows) {
                visitor.visit(text(row, FeedTables.KEY), text(row, FeedTables.ITEM), text(row, FeedTables.ROW_HASH));
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /**
     * How many rows have a value in each of some columns.
     *
     * @param isChanged by key, which rows are counted in the second number of each column too
     * @return by column: rows with a value, and those of them that are changed
     */
    public Map<String, long[]> valueCounts(List<String> columns, Predicate<String> isChanged) {
        table.refresh();
        Map<String, long[]> counts = new LinkedHashMap<>();
        List<String> selected = new ArrayList<>(List.of(FeedTables.KEY));
        for (String column : columns) {
            counts.put(column, new long[2]);
            selected.add(column);
        }
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).select(selected).build()) {
            for (Record row : rows) {
                boolean changed = isChanged.test(text(row, FeedTables.KEY));
                counts.forEach((column, count) -> {
                    if (row.getField(column) != null) {
                        count[0]++;
                        count[1] += changed ? 1 : 0;
                    }
                });
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
        return counts;
    }

    /**
     * What some columns hold.
     *
     * @param count rows with a value
     * @param different the different values
     */
    public record Values(long count, Set<Object> different) {}

    /** The different values of some columns; a column that has more of them than {@code most} is not among the answers. */
    public Map<String, Values> values(List<String> columns, int most) {
        table.refresh();
        Map<String, Set<Object>> different = new LinkedHashMap<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        columns.forEach(column -> different.put(column, new HashSet<>()));
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).select(columns).build()) {
            for (Record row : rows) {
                different.entrySet().removeIf(column -> {
                    Object value = row.getField(column.getKey());
                    if (value != null) {
                        counts.merge(column.getKey(), 1L, Long::sum);
                        column.getValue().add(value);
                    }
                    return column.getValue().size() > most;
                });
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
        Map<String, Values> found = new LinkedHashMap<>();
        different.forEach(
                (column, values) -> found.put(column, new Values(counts.getOrDefault(column, 0L), Set.copyOf(values))));
        return found;
    }

    private void apply(RawTable raw, Load load, KeyIndex present) {
        PartitionedRows written = new PartitionedRows(table, load.loadId());
        try (CloseableIterable<Record> rows = raw.rows(load)) {
            for (Record row : rows) {
                String key = text(row, FeedTables.KEY);
                Record version = copy(row);
                if (present.find(key) >= 0) {
                    written.deleteByKeyOf(version);
                }
                if (!RowVersion.DELETE.equals(row.getField(FeedTables.OP))) {
                    written.write(version);
                    present.put(key, 0, 0);
                }
            }
        } catch (IOException failed) {
            written.abandon();
            throw unreadable(failed);
        } catch (RuntimeException failed) {
            written.abandon();
            throw failed;
        }
        commit(written, load.loadId(), load.sequence());
    }

    /** Puts the versions before a load in the place of those that it brought. */
    private void apply(RawTable raw, Withdrawal withdrawal, KeyIndex present) {
        String loadId = withdrawal.load().loadId();
        PartitionedRows written = new PartitionedRows(table, "withdraw-" + loadId);
        try {
            new RowsBefore(raw, withdrawal, memory).forEach(row -> written.deleteByKeyOf(copy(row)), row -> {
                written.write(copy(row));
                present.put(text(row, FeedTables.KEY), 0, 0);
            });
        } catch (IOException failed) {
            written.abandon();
            throw unreadable(failed);
        } catch (RuntimeException failed) {
            written.abandon();
            throw failed;
        }
        Load restored = withdrawal.restored();
        commit(written, restored == null ? "" : restored.loadId(), withdrawal.sequence());
    }

    private void commit(PartitionedRows written, String appliedLoad, long sequence) {
        List<ContentFile<?>> files = written.finish();
        RowDelta delta = table.newRowDelta();
        written.dataFiles().forEach(delta::addRows);
        written.deleteFiles().forEach(delta::addDeletes);
        delta.set(APPLIED_LOAD, appliedLoad);
        commit(delta, APPLIED_SEQUENCE, Long.toString(sequence), files);
    }

    private void compactIfNeeded() {
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot == null) {
            return;
        }
        long deleteFiles = Long.parseLong(snapshot.summary().getOrDefault("total-delete-files", "0"));
        if (deleteFiles <= MAX_DELETE_FILES) {
            return;
        }
        LOG.info("{}: rewriting, since {} files of deletions have gathered", name, deleteFiles);
        PartitionedRows written = new PartitionedRows(table, "compact-" + snapshot.snapshotId());
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
            rows.forEach(written::write);
        } catch (IOException failed) {
            written.abandon();
            throw unreadable(failed);
        }
        List<ContentFile<?>> files = written.finish();
        OverwriteFiles overwrite = table.newOverwrite()
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .validateFromSnapshot(snapshot.snapshotId());
        written.dataFiles().forEach(overwrite::addFile);
        overwrite.set(APPLIED_LOAD, snapshot.summary().getOrDefault(APPLIED_LOAD, ""));
        overwrite.set(APPLIED_SEQUENCE, snapshot.summary().getOrDefault(APPLIED_SEQUENCE, "0"));
        commit(overwrite, COMPACTED, Long.toString(snapshot.snapshotId()), files);
    }

    private void commit(SnapshotUpdate<?> update, String property, String value, List<ContentFile<?>> files) {
        try {
            Commits.commit(table, update, guard, property, value);
        } catch (RuntimeException failure) {
            if (failure instanceof CleanableFailure || failure instanceof NightFailure) {
                PartitionedRows.delete(table, files);
            }
            throw failure;
        }
    }

    private long appliedSequence() {
        table.refresh();
        Snapshot snapshot = table.currentSnapshot();
        return snapshot == null ? 0 : Long.parseLong(snapshot.summary().getOrDefault(APPLIED_SEQUENCE, "0"));
    }

    private Record copy(Record row) {
        Record version = GenericRecord.create(table.schema());
        for (NestedField field : table.schema().columns()) {
            version.setField(field.name(), row.getField(field.name()));
        }
        return version;
    }

    private NightFailure unreadable(IOException failed) {
        return new NightFailure(
                ExitCode.UNAVAILABLE,
                name + ": its files in " + table.location() + " cannot be read: " + failed.getMessage()
                        + "; check the storage and run the night again",
                failed);
    }

    private static String text(Record row, String field) {
        Object value = row.getField(field);
        if (value == null) {
            throw new IllegalStateException("a current row has no " + field);
        }
        return value.toString();
    }
}
