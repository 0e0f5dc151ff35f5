package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.current.CurrentRow;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.DeletionVectors;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowFiles;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.load.row.VerifiedCommit;
import uk.fpw.warehouse.store.load.row.VersionRecord;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * One load while it is being written to {@code raw}. All versions go to branch {@code main}; versions other than
 * deletions also go to branch {@code current}, where they replace rows with the same key. Closing without a commit
 * deletes the data files written, as far as possible; a killed process leaves them behind, unreferenced by any table.
 */
public final class RawAppend implements AutoCloseable {

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;
    private final LoadMetadata metadata;
    private final CurrentRows current;
    private @Nullable BucketDigests before;
    private final List<RawWriter> writers = new ArrayList<>();

    /** In separate files, since branch {@code current} has no deletions. */
    private final RowFiles deletions;

    private final VersionRecord deletion;
    private final DeletionVectors superseded;
    private final BucketDigests supersededRows;

    /** All withdrawn loads of the feed, copied to the record of this load. */
    private final List<String> withdrawn;

    private final long rowsBefore;
    private long lastRow;
    private boolean closed;

    /**
     * Starts writing.
     *
     * @param current current rows that may be replaced or deleted
     */
    RawAppend(Table table, Feed feed, LockGuard guard, CurrentRows current, LoadMetadata metadata) {
        this.table = table;
        this.feed = feed;
        this.guard = guard;
        this.current = current;
        this.before = current.digests();
        this.metadata = metadata;
        this.deletions = new RowFiles(table, metadata.loadId() + "-deleted");
        this.deletion = new VersionRecord(table.schema(), feed, metadata);
        this.superseded = new DeletionVectors(table, metadata.loadId() + "-superseded");
        this.supersededRows = new BucketDigests(feed);
        this.rowsBefore = LoadRecords.lastRow(table);
        this.lastRow = rowsBefore;
        this.withdrawn = List.copyOf(LoadRecords.withdrawn(table));
    }

    /**
     * Sets the digests of branch {@code current} before the load, if they were unknown and all its rows have been read.
     */
    public void before(BucketDigests digests) {
        before = digests;
    }

    /** A new writer for versions; use one per thread. */
    public RawWriter writer() {
        RawWriter writer = new RawWriter(table, feed, metadata, rowsBefore);
        writers.add(writer);
        return writer;
    }

    /** Removes from branch {@code current} a row whose key has a new version. */
    public void supersede(CurrentRow row) {
        current.mark(row.place(), superseded);
        supersededRows.add(KeyBucket.of(feed, row.key()), row.key(), row.rowHash());
    }

    /** Removes a row from branch {@code current} and writes a deletion after all other versions. */
    public void delete(CurrentRow row) {
        lastRow = lastRow() + 1;
        RowVersion version = RowVersion.deleted(row.key(), row.item());
        deletions.write(deletion.of(version, lastRow, KeyBucket.of(feed, row.key())));
        supersede(row);
    }

    /** The rows that may be replaced or deleted. */
    public CurrentRows current() {
        return current;
    }

    private long lastRow() {
        return Math.max(
                lastRow, writers.stream().mapToLong(RawWriter::lastRow).max().orElse(0));
    }

    /**
     * Commits the load with its record. From then on the load counts, whatever {@code ops} says.
     *
     * @param changes effect on existing rows; null if unknown
     * @param held current rows missing from the whole source but not deleted yet
     * @param watermark position up to which changes are known; null if they are not found by a cursor
     * @param reconciled the last comparison with the whole source; null if there was none or the feed does not read
     *     changes of a database
     * @return the load as recorded in {@code raw}
     */
    public Load commit(
            LoadCounts counts,
            @Nullable RowChanges changes,
            HeldKeys held,
            @Nullable Watermark watermark,
            @Nullable LastReconcile reconciled) {
        List<DataFile> upserted = new ArrayList<>();
        writers.forEach(writer -> upserted.addAll(writer.finish()));
        List<DataFile> deleted = deletions.finish();
        closed = true;
        boolean mayHaveHappened = false;
        List<String> written = new ArrayList<>();
        upserted.forEach(file -> written.add(file.location()));
        deleted.forEach(file -> written.add(file.location()));
        try {
            table.refresh();
            requireHead();
            finishVectors();
            written.addAll(superseded.written());
            Transaction transaction = table.newTransaction();
            AppendFiles append = transaction.newAppend();
            upserted.forEach(append::appendFile);
            deleted.forEach(append::appendFile);
            Map<String, String> summary = Load.summary(
                    feed.name(),
                    metadata,
                    new Load.Effect(counts, changes, held, new Load.ChangeTracking(watermark, reconciled)),
                    lastRow());
            Withdrawal.carry(withdrawn, summary);
            summary.forEach(append::set);
            append.commit();
            RowDelta delta = CurrentBranch.changeOf(transaction, metadata.loadId(), current.head());
            upserted.forEach(delta::addRows);
            superseded.addTo(delta);
            CurrentBranch.note(digests(), delta);
            delta.commit();
            mayHaveHappened = true;
            Load load = Load.of(VerifiedCommit.commit(table, transaction, guard, Load.LOAD_ID, metadata.loadId()));
            if (load == null) {
                throw new IllegalStateException("load " + metadata.loadId() + " has no record");
            }
            return load;
        } catch (RuntimeException failure) {
            if (!mayHaveHappened || VerifiedCommit.isUndone(failure)) {
                RowFiles.delete(table, written);
            }
            throw failure;
        }
    }

    /**
     * Stores the digests of branch {@code current} after a load that changed no rows, if the load has computed them.
     * This is a commit to that branch only.
     *
     * @throws FpwException with {@code LOCK_HELD} if another process has taken the lock
     */
    public void noteUnchanged() {
        if (before == null || current.digests() != null) {
            return;
        }
        guard.check();
        table.refresh();
        requireHead();
        CurrentBranch.note(table, before);
    }

    /** Rolls back unless the load was committed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            writers.forEach(RawWriter::abandon);
            deletions.abandon();
        }
    }

    private void requireHead() {
        if (CurrentBranch.head(table).snapshotId() != current.head()) {
            throw new IllegalStateException(table.name() + ": branch " + CurrentBranch.NAME
                    + " was changed by another process since its rows were read; nothing was loaded; "
                    + "make sure that only one process works on the warehouse, and run again");
        }
    }

    private void finishVectors() {
        try {
            superseded.finish();
        } catch (IOException failed) {
            throw CurrentBranch.unwritable(table, failed);
        }
    }

    /** The digests of the branch after the load; null if those before it are unknown. */
    private @Nullable BucketDigests digests() {
        if (before == null) {
            return null;
        }
        BucketDigests after = new BucketDigests(feed);
        after.addAll(before);
        writers.forEach(writer -> after.addAll(writer.digests()));
        after.removeAll(supersededRows);
        return after;
    }
}
