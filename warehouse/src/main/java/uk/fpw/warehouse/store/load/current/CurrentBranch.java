package uk.fpw.warehouse.store.load.current;

import java.io.IOException;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.DeletionVectors;

/**
 * The branch {@code current} of a feed's table. Its snapshots have the property {@link #APPLIED_LOAD}, but none of the
 * properties of loads and withdrawals, because those are searched for in all snapshots of the table.
 */
public final class CurrentBranch {

    /** Name of the branch. */
    public static final String NAME = WarehouseCatalog.CURRENT;

    /** Property with the last load in the branch; empty if there is none. */
    public static final String APPLIED_LOAD = "fpw.applied-load-id";

    /** Property with the digests of the rows, see {@link BucketDigests}; missing if unknown. */
    public static final String DIGESTS = "fpw.bucket-digests";

    private CurrentBranch() {}

    /** Whether a table has the branch. */
    public static boolean exists(Table table) {
        return table.refs().containsKey(NAME);
    }

    /** Head of the branch. */
    public static Snapshot head(Table table) {
        Snapshot head = table.snapshot(NAME);
        if (head == null) {
            throw new IllegalStateException(table.name() + " has no branch " + NAME);
        }
        return head;
    }

    /**
     * Creates an empty branch of a table without rows. Otherwise the first commit to the branch would start at the head
     * of main.
     */
    public static void create(Transaction transaction) {
        transaction.manageSnapshots().createBranch(NAME).commit();
    }

    /**
     * Recreates the branch from the head of main, with an update that the caller must commit.
     *
     * @param superseded rows of main that are not current
     * @param appliedLoad the latest valid load; empty if there is none
     */
    public static RowDelta replace(Transaction transaction, DeletionVectors superseded, String appliedLoad) {
        Snapshot main = transaction.table().currentSnapshot();
        if (main == null) {
            create(transaction);
        } else if (exists(transaction.table())) {
            transaction.manageSnapshots().replaceBranch(NAME, main.snapshotId()).commit();
        } else {
            transaction.manageSnapshots().createBranch(NAME, main.snapshotId()).commit();
        }
        RowDelta delta = change(transaction, appliedLoad);
        superseded.addTo(delta);
        return delta;
    }

    /** An update of the branch's head in a transaction, which the caller must commit. */
    static RowDelta change(Transaction transaction, String appliedLoad) {
        return change(transaction, appliedLoad, head(transaction.table()).snapshotId());
    }

    private static RowDelta change(Transaction transaction, String appliedLoad, long head) {
        RowDelta delta = transaction.newRowDelta().toBranch(NAME).validateFromSnapshot(head);
        return delta.set(APPLIED_LOAD, appliedLoad);
    }

    /**
     * The same, but fails if rows were added to or removed from the branch since the given head, even when Iceberg
     * retries the commit.
     */
    public static RowDelta changeOf(Transaction transaction, String appliedLoad, long head) {
        return change(transaction, appliedLoad, head)
                .validateNoConflictingDataFiles()
                .validateNoConflictingDeleteFiles();
    }

    /** The digests of the branch; null if unknown. */
    static @Nullable BucketDigests digests(Snapshot head, Feed feed) {
        return isEmpty(head)
                ? new BucketDigests(feed)
                : BucketDigests.parse(feed, head.summary().get(DIGESTS));
    }

    /** Records the digests of the branch after a change; does nothing if they are unknown. */
    public static void note(@Nullable BucketDigests digests, SnapshotUpdate<?> change) {
        if (digests != null) {
            change.set(DIGESTS, digests.text());
        }
    }

    /** Records the digests of the branch in a commit that changes no rows. */
    public static void note(Table table, BucketDigests digests) {
        AppendFiles nothing = table.newFastAppend().toBranch(NAME);
        nothing.set(APPLIED_LOAD, head(table).summary().getOrDefault(APPLIED_LOAD, ""));
        note(digests, nothing);
        nothing.commit();
    }

    private static boolean isEmpty(Snapshot head) {
        return "0".equals(head.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    /** The exception for unreadable files of a table. */
    public static FpwException unreadable(Table table, IOException failed) {
        return FpwException.unavailable(
                table.name() + ": its files in " + table.location() + " cannot be read: " + failed.getMessage()
                        + "; check the storage and run again",
                failed);
    }

    /** The exception for files of a table that cannot be written. */
    public static FpwException unwritable(Table table, IOException failed) {
        return FpwException.unavailable(
                table.name() + ": files in " + table.location() + " cannot be written: " + failed.getMessage()
                        + "; check the storage and run again",
                failed);
    }
}
