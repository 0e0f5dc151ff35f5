package uk.fpw.warehouse.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.NightFailure;

/**
 * One load on its way to {@code raw}: every version to branch {@code main}, those that do not say that a row is deleted to branch {@code current} too, where they take the place of the rows with the same
 * keys. Closing it without a commit deletes the data files that it wrote, as far as that can be done; a process that is killed leaves them behind, where no table refers to them.
 */
public final class RawAppend implements AutoCloseable {

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;
    private final LoadStamp stamp;
    private final VersionRecord record;
    private final RowFiles rows;

    /** In files of their own, since branch {@code current} has none of them. */
    private final RowFiles deletions;

    private final IndexMemory memory;
    private @Nullable SupersededKeys superseded;
    private final List<String> withdrawn;
    private final long rowsBefore;
    private long lastRow;
    private boolean closed;

    /**
     * Begins to write.
     *
     * @param memory for the keys whose rows are superseded
     * @param withdrawn ids of every load of the feed that was taken back, carried on in the record of this one
     */
    RawAppend(
            Table table,
            Feed feed,
            LockGuard guard,
            IndexMemory memory,
            LoadStamp stamp,
            long lastRow,
            List<String> withdrawn) {
        this.table = table;
        this.feed = feed;
        this.guard = guard;
        this.stamp = stamp;
        this.record = new VersionRecord(table.schema(), feed, stamp);
        this.rows = new RowFiles(table, stamp.loadId());
        this.deletions = new RowFiles(table, stamp.loadId() + "-deleted");
        this.memory = memory;
        this.rowsBefore = lastRow;
        this.lastRow = lastRow;
        this.withdrawn = withdrawn;
    }

    /** Writes one version, after those that were written before. If there is a current row of its key, that is to be said by {@link #supersede}, unless the version says that the row is deleted. */
    public void add(RowVersion version) {
        write(version, lastRow + 1);
    }

    /**
     * Writes one version at its place in the extract, in which order versions need not come.
     *
     * @param number place in the extract, from 1
     */
    public void add(RowVersion version, long number) {
        write(version, rowsBefore + number);
    }

    private void write(RowVersion version, long sequence) {
        lastRow = Math.max(lastRow, sequence);
        Record row = record.of(version, sequence);
        if (version.isDeleted()) {
            deletions.write(row);
            supersede(version.key());
        } else {
            rows.write(row);
        }
    }

    /**
     * Takes the current row of a key, where there is one, out of branch {@code current}.
     *
     * @throws NightFailure with {@code CONFIGURATION} if there is not enough memory for the key
     */
    public void supersede(String key) {
        superseded().add(key, KeyBucket.of(feed, key));
    }

    /**
     * Takes the memory for so many further superseded keys, so that it cannot be wanting later.
     *
     * @throws NightFailure with {@code CONFIGURATION} if there is not enough
     */
    public void reserveSuperseded(long further) {
        if (further > 0) {
            superseded().reserve(further);
        }
    }

    /**
     * Makes the load visible, with its record. This is the commit of record: after it the load has happened.
     *
     * @param watermark up to where changes are known; null if they are not found by a cursor
     * @return the load as {@code raw} records it
     */
    public Load commit(LoadCounts counts, @Nullable Watermark watermark) {
        return commit(counts, null, HeldKeys.none(), watermark, null);
    }

    /**
     * The same, with all that is known of the load.
     *
     * @param changes what it does to the rows known before; null if that is not known
     * @param held current rows that the whole source did not have and that are not deleted yet
     * @param reconciled when the feed was last compared with the whole of its source; null if never, or if it is no feed of changes in a database
     */
    public Load commit(
            LoadCounts counts,
            @Nullable RowChanges changes,
            HeldKeys held,
            @Nullable Watermark watermark,
            @Nullable LastReconcile reconciled) {
        List<DataFile> upserted = rows.finish();
        List<DataFile> deleted = deletions.finish();
        closed = true;
        boolean mayHaveHappened = false;
        List<String> written = new ArrayList<>();
        upserted.forEach(file -> written.add(file.location()));
        deleted.forEach(file -> written.add(file.location()));
        try {
            table.refresh();
            long head = CurrentBranch.head(table).snapshotId();
            DeletionVectors vectors = vectors();
            written.addAll(vectors.written());
            Transaction transaction = table.newTransaction();
            AppendFiles append = transaction.newAppend();
            upserted.forEach(append::appendFile);
            deleted.forEach(append::appendFile);
            Map<String, String> summary =
                    Load.summary(feed.name(), stamp, counts, changes, held, watermark, reconciled, lastRow);
            Withdrawal.carry(withdrawn, summary);
            summary.forEach(append::set);
            append.commit();
            RowDelta current = CurrentBranch.change(transaction, stamp.loadId(), head);
            upserted.forEach(current::addRows);
            vectors.addTo(current);
            current.commit();
            mayHaveHappened = true;
            Load load = Load.of(Commits.commit(table, transaction, guard, Load.LOAD_ID, stamp.loadId()));
            if (load == null) {
                throw new IllegalStateException("load " + stamp.loadId() + " has no record");
            }
            return load;
        } catch (RuntimeException failure) {
            if (!mayHaveHappened || Commits.isUndone(failure)) {
                RowFiles.delete(table, written);
            }
            throw failure;
        } finally {
            release();
        }
    }

    /** Gives up, unless the load was committed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            rows.abandon();
            deletions.abandon();
            release();
        }
    }

    /** Marks the current rows of the superseded keys. */
    private DeletionVectors vectors() {
        DeletionVectors vectors = new DeletionVectors(table, stamp.loadId() + "-superseded");
        SupersededKeys keys = superseded;
        try {
            if (keys != null && !keys.isEmpty()) {
                new CurrentPositions(table).forEach(keys, vectors::mark);
            }
            vectors.finish();
            return vectors;
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    private SupersededKeys superseded() {
        SupersededKeys keys = superseded;
        if (keys == null) {
            keys = new SupersededKeys(memory);
            superseded = keys;
        }
        return keys;
    }

    private void release() {
        SupersededKeys keys = superseded;
        superseded = null;
        if (keys != null) {
            keys.release();
        }
    }
}
