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
 * One load on its way to {@code raw}: every version to branch {@code main}, those that do not say that a row is deleted
 * to branch {@code current} too, where they take the place of the rows with the same keys. Closing it without a commit
 * deletes the data files that it wrote, as far as that can be done; a process that is killed leaves them behind, where
 * no table refers to them.
 */
public final class RawAppend implements AutoCloseable {

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;
    private final LoadMetadata metadata;
    private final CurrentRows current;
    private @Nullable BucketDigests before;
    private final List<RawWriter> writers = new ArrayList<>();

    /** In files of their own, since branch {@code current} has none of them. */
    private final RowFiles deletions;

    private final VersionRecord deletion;
    private final DeletionVectors superseded;
    private final BucketDigests supersededRows;
    private final List<String> withdrawn;
    private final long rowsBefore;
    private long lastRow;
    private boolean closed;

    /**
     * Starts writing.
     *
     * @param current rows that may be replaced or deleted
     * @param withdrawn ids of all withdrawn loads of the feed, copied to the record of this one
     */
    RawAppend(
            Table table,
            Feed feed,
            LockGuard guard,
            CurrentRows current,
            LoadMetadata metadata,
            long lastRow,
            List<String> withdrawn) {
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
        this.rowsBefore = lastRow;
        this.lastRow = lastRow;
        this.withdrawn = withdrawn;
    }

    /**
     * Says what the rows of branch {@code current} are before the load, where all of them were read and it was not
     * known.
     */
    public void before(BucketDigests digests) {
        before = digests;
    }

    /** A writer of versions; one per thread. */
    public RawWriter writer() {
        RawWriter writer = new RawWriter(table, feed, metadata, rowsBefore);
        writers.add(writer);
        return writer;
    }

    /** Takes a row, whose key has a new version, out of branch {@code current}. */
    public void supersede(CurrentRow row) {
        current.mark(row.place(), superseded);
        supersededRows.add(KeyBucket.of(feed, row.key()), row.key(), row.rowHash());
    }

    /**
     * Writes, after all others, the version that says that a current row is gone, and takes the row out of branch
     * {@code current}.
     */
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
     * Makes the load visible, with its record. This is the commit of record: after it the load has happened.
     *
     * @param changes its effect on the existing rows; null if unknown
     * @param held current rows that the whole source did not have and that are not deleted yet
     * @param watermark up to where changes are known; null if they are not found by a cursor
     * @param reconciled when the feed was last compared with the whole of its source; null if never, or if it is no
     *     feed of changes in a database
     * @return the load as {@code raw} records it
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
            Map<String, String> summary =
                    Load.summary(feed.name(), metadata, counts, changes, held, watermark, reconciled, lastRow());
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
     * Records what the rows of branch {@code current} are, after a load that has changed none of them, if that was
     * found out by it: a commit to that branch alone.
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

    /** Rolls back, unless the load was committed. */
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

    /** The summary of the branch's rows after the load; null if the summary before the load is unknown. */
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
