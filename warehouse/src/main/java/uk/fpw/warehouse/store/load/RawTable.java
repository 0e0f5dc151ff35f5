package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.ReadableSnapshots;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.TableStorage;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.current.CurrentRebuild;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.row.DeletionVectors;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.LoadFiles;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowFiles;
import uk.fpw.warehouse.store.load.row.RowPositions;
import uk.fpw.warehouse.store.load.row.VerifiedCommit;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * All versions of all rows of one feed: branch {@code main} of {@code raw.<feed>}, append-only. Each snapshot summary
 * records one load or, for an empty commit, one withdrawal. Branch {@code current} is updated in the same transaction,
 * so the two are always consistent.
 */
public final class RawTable {

    private final Table table;
    private final TableStorage storage;
    private final String name;
    private final @Nullable Feed feed;
    private final LockGuard guard;
    private final IndexMemory memory;

    private RawTable(
            Table table, TableStorage storage, String name, @Nullable Feed feed, LockGuard guard, IndexMemory memory) {
        this.table = table;
        this.storage = storage;
        this.name = name;
        this.feed = feed;
        this.guard = guard;
        this.memory = memory;
    }

    /**
     * Opens the table. Creates it at the feed's first load and adds new columns of the feed.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if a column has changed its type
     */
    public static RawTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard) {
        return open(catalog, feed, guard, new IndexMemory(feed.name(), IndexMemory.Limit.ofThisProcess()));
    }

    /** The same, with the memory for indexes of its keys. */
    public static RawTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard, IndexMemory memory) {
        return new RawTable(
                FeedTableOpening.open(catalog, feed, guard), catalog.storage(), feed.name(), feed, guard, memory);
    }

    /**
     * The existing table, for callers that add no rows and may not have the feed's definition; null if the feed was
     * never loaded.
     */
    public static @Nullable RawTable existing(
            WarehouseCatalog catalog, String feed, LockGuard guard, IndexMemory memory) {
        Table table = FeedTableOpening.existing(catalog, feed);
        return table == null ? null : new RawTable(table, catalog.storage(), feed, null, guard, memory);
    }

    /** An earlier state of a feed's table, read-only. */
    public static RawTable earlier(
            Table table, TableStorage storage, String feed, LockGuard guard, IndexMemory memory) {
        return new RawTable(table, storage, feed, null, guard, memory);
    }

    /** Name of the feed. */
    public String name() {
        return name;
    }

    /**
     * The valid loads that wrote something, oldest first; of loads before the latest, only those whose snapshot has not
     * expired. After a withdrawal, the record of the withdrawal contains that of the load before.
     */
    public List<Load> loads() {
        table.refresh();
        return LoadRecords.loads(table);
    }

    /** The loads that wrote something and whose snapshot has not expired, including withdrawn ones, oldest first. */
    List<Load> everyLoad() {
        table.refresh();
        return LoadRecords.everyLoad(table);
    }

    /** All withdrawn loads that had written something, in order of withdrawal. */
    public List<Withdrawal> withdrawals() {
        table.refresh();
        return LoadRecords.withdrawals(table);
    }

    /** The load that wrote last; null before the first. */
    public @Nullable Load lastLoad() {
        List<Load> loads = loads();
        return loads.isEmpty() ? null : loads.get(loads.size() - 1);
    }

    /** Starts a load that may replace any current row. Nothing is visible before {@link RawAppend#commit}. */
    public RawAppend append(LoadMetadata metadata) {
        table.refresh();
        return append(metadata, CurrentRows.of(table, feed()));
    }

    /**
     * Starts a load. Nothing is visible before {@link RawAppend#commit}.
     *
     * @param current current rows that it may replace or delete
     */
    public RawAppend append(LoadMetadata metadata, CurrentRows current) {
        table.refresh();
        return new RawAppend(table, feed(), guard, current, metadata);
    }

    private Feed feed() {
        if (feed == null) {
            throw new IllegalStateException("raw." + name + " was opened without the feed's definition");
        }
        return feed;
    }

    /**
     * Withdraws loads, each with an empty commit, and recreates branch {@code current} without their rows in the same
     * transaction. From then on the loads do not count, whatever {@code ops} says. Their files are not read, and
     * damaged ones are removed from {@code raw}. If manifests are damaged, {@code raw} is rolled back to the state
     * before the first load whose manifests are.
     *
     * @param loads records of the loads, newest first
     * @param restored the previous valid load; null if there is none
     * @throws FpwException with {@code CONFIGURATION} if there is not enough memory even for a part of the keys, and
     *     with {@code DAMAGED} if valid loads would be lost too; nothing is withdrawn in these cases
     */
    public Withdrawal withdraw(
            List<Withdrawal.Recorded> loads, Withdrawal.@Nullable Recorded restored, Withdrawal.Decision decision) {
        table.refresh();
        Set<String> all = new LinkedHashSet<>(LoadRecords.withdrawn(table));
        loads.forEach(load -> all.add(id(load)));
        String loadId = id(loads.get(loads.size() - 1));
        ReadableSnapshots readable = ReadableSnapshots.of(table, storage);
        Snapshot head = readableHead(readable, all);
        List<DataFile> lost = lostFiles(head, all);
        DeletionVectors superseded = new CurrentRebuild(table, all, memory)
                .superseded(
                        head,
                        "withdraw-" + loadId,
                        lost.stream().map(DataFile::location).collect(Collectors.toSet()));
        boolean mayHaveHappened = false;
        try {
            Transaction transaction = table.newTransaction();
            if (head != null && !readable.after(head).isEmpty()) {
                transaction
                        .manageSnapshots()
                        .setCurrentSnapshot(head.snapshotId())
                        .commit();
            }
            if (!lost.isEmpty()) {
                DeleteFiles leaving = transaction.newDelete();
                lost.forEach(leaving::deleteFile);
                leaving.commit();
            }
            for (int i = 0; i < loads.size(); i++) {
                AppendFiles nothing = transaction.newFastAppend();
                Withdrawal.summary(
                                loads.get(i),
                                i + 1 < loads.size() ? loads.get(i + 1) : restored,
                                decision,
                                all,
                                LoadRecords.lastRow(table))
                        .forEach(nothing::set);
                nothing.commit();
            }
            CurrentBranch.replace(
                            transaction,
                            superseded,
                            restored == null ? "" : restored.load().loadId())
                    .commit();
            readable.forget(transaction);
            mayHaveHappened = true;
            Withdrawal withdrawal =
                    Withdrawal.of(VerifiedCommit.commit(table, transaction, guard, Withdrawal.LOAD_ID, loadId));
            if (withdrawal == null) {
                throw new IllegalStateException("the withdrawal of load " + loadId + " has no record");
            }
            return withdrawal;
        } catch (RuntimeException failure) {
            if (!mayHaveHappened || VerifiedCommit.isUndone(failure)) {
                RowFiles.delete(table, superseded.written());
            }
            throw failure;
        }
    }

    private static String id(Withdrawal.Recorded load) {
        return load.summary().getOrDefault(Load.LOAD_ID, "");
    }

    /** The snapshot that main can be rolled back to without losing valid loads. */
    private static @Nullable Snapshot readableHead(ReadableSnapshots readable, Set<String> withdrawn) {
        Snapshot head = readable.main();
        Load counts = null;
        for (Snapshot snapshot : readable.after(head)) {
            Load load = Load.of(snapshot);
            counts = load == null || withdrawn.contains(load.loadId()) ? counts : load;
        }
        if (counts != null) {
            throw readable.damage("load " + counts.loadId() + " would be lost too: withdraw that one, --with-later");
        }
        return head;
    }

    /** Damaged files of main written only by loads that do not count; their rows are lost but not needed. */
    private List<DataFile> lostFiles(@Nullable Snapshot head, Set<String> withdrawn) {
        try {
            return new LoadFiles(withdrawn).damaged(table, storage, head);
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    /** The record of a load, from its own snapshot or from a withdrawal; null if it has expired. */
    public Withdrawal.@Nullable Recorded recorded(String loadId) {
        table.refresh();
        Withdrawal.Recorded kept = null;
        for (Snapshot snapshot : table.snapshots()) {
            if (loadId.equals(snapshot.summary().get(Load.LOAD_ID))) {
                return Withdrawal.Recorded.of(snapshot);
            }
            Withdrawal.Recorded restored = Withdrawal.restored(snapshot);
            if (restored != null && loadId.equals(restored.summary().get(Load.LOAD_ID))) {
                kept = restored;
            }
        }
        return kept;
    }

    /**
     * Visits the keys of all versions stored by certain loads, in no particular order.
     *
     * @param loadIds the loads, each with a value to pass to the visitor
     * @param knownFrom business date of the earliest of these loads
     */
    public <T> void forEachKeyOf(Map<String, T> loadIds, LocalDate knownFrom, BiConsumer<String, T> visitor) {
        table.refresh();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .select(FeedTables.KEY, FeedTables.LOAD_ID)
                .where(Expressions.greaterThanOrEqual(FeedTables.KNOWN_ON, knownFrom.toString()))
                .build()) {
            for (Record row : rows) {
                T load = loadIds.get(String.valueOf(row.getField(FeedTables.LOAD_ID)));
                if (load != null) {
                    visitor.accept(String.valueOf(row.getField(FeedTables.KEY)), load);
                }
            }
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "raw." + name + " in " + table.location() + " cannot be read: " + failed.getMessage()
                            + "; check the storage and run again",
                    failed);
        }
    }

    /** Whether there are rows of valid loads other than these. */
    public boolean hasRowsOfOtherLoads(Collection<String> loadIds) {
        table.refresh();
        Set<String> left = new LinkedHashSet<>(LoadRecords.withdrawn(table));
        left.addAll(loadIds);
        LoadFiles ofThese = new LoadFiles(left);
        boolean[] found = new boolean[1];
        Snapshot head = ReadableSnapshots.of(table, storage).main();
        if (head == null) {
            return false;
        }
        try {
            for (FileScanTask file : RowPositions.files(table.newScan().useSnapshot(head.snapshotId()))) {
                if (!found[0] && !ofThese.contain(file)) {
                    new RowPositions(table, FeedTables.LOAD_ID)
                            .forEach(
                                    file,
                                    Expressions.alwaysTrue(),
                                    (row, position) -> found[0] |=
                                            !left.contains(String.valueOf(row.getField(FeedTables.LOAD_ID))));
                }
            }
            return found[0];
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }
}
