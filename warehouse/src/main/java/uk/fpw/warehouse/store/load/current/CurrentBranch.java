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
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.DeletionVectors;

/**
 * The branch {@code current} of a feed's table. Its snapshots carry {@link #APPLIED_LOAD} and nothing by which the
 * record of a load or of a withdrawal is found, since these are looked for among all snapshots of the table.
 */
public final class CurrentBranch {

    /** Name of the branch. */
    public static final String NAME = WarehouseCatalog.CURRENT;

    /** The last load in the branch; empty if there is none. */
    public static final String APPLIED_LOAD = "fpw.applied-load-id";

    /** What the rows of the branch are, see {@link BucketDigests}; missing where that is not known. */
    public static final String DIGESTS = "fpw.bucket-digests";

    private CurrentBranch() {}

    /** Whether a table has it. */
    public static boolean exists(Table table) {
        return table.refs().containsKey(NAME);
    }

    /** Its head. */
    public static Snapshot head(Table table) {
        Snapshot head = table.snapshot(NAME);
        if (head == null) {
            throw new IllegalStateException(table.name() + " has no branch " + NAME);
        }
        return head;
    }

    /**
     * Makes the empty branch of a table without rows. Without a branch a commit to it would start at the head of main.
     */
    public static void create(Transaction transaction) {
        transaction.manageSnapshots().createBranch(NAME).commit();
    }

    /**
     * Recreates the branch from the head of main, with an update that must be committed.
     *
     * @param superseded rows of main that are not current
     * @param appliedLoad the latest load that counts; empty if none does
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

    /** A change of the branch from its head in the transaction, which is to be committed. */
    static RowDelta change(Transaction transaction, String appliedLoad) {
        return change(transaction, appliedLoad, head(transaction.table()).snapshotId());
    }

    private static RowDelta change(Transaction transaction, String appliedLoad, long head) {
        RowDelta delta = transaction.newRowDelta().toBranch(NAME).validateFromSnapshot(head);
        return delta.set(APPLIED_LOAD, appliedLoad);
    }

    /**
     * The same, refused if rows have come to the branch, or have gone from it, since a head that was looked at before;
     * also where Iceberg tries a commit again.
     */
    public static RowDelta changeOf(Transaction transaction, String appliedLoad, long head) {
        return change(transaction, appliedLoad, head)
                .validateNoConflictingDataFiles()
                .validateNoConflictingDeleteFiles();
    }

    /** What the rows of the branch are; null if that is not known. */
    static @Nullable BucketDigests digests(Snapshot head, Feed feed) {
        return isEmpty(head)
                ? new BucketDigests(feed)
                : BucketDigests.parse(feed, head.summary().get(DIGESTS));
    }

    /** Records what the rows of the branch are after a change; nothing if that is not known. */
    public static void note(@Nullable BucketDigests digests, SnapshotUpdate<?> change) {
        if (digests != null) {
            change.set(DIGESTS, digests.text());
        }
    }

    /** Records what the rows of the branch are, by a commit that changes none. */
    public static void note(Table table, BucketDigests digests) {
        AppendFiles nothing = table.newFastAppend().toBranch(NAME);
        nothing.set(APPLIED_LOAD, head(table).summary().getOrDefault(APPLIED_LOAD, ""));
        note(digests, nothing);
        nothing.commit();
    }

    private static boolean isEmpty(Snapshot head) {
        return "0".equals(head.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    /** The failure if files of a table cannot be read. */
    public static FpwException unreadable(Table table, IOException failed) {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                table.name() + ": its files in " + table.location() + " cannot be read: " + failed.getMessage()
                        + "; check the storage and run again",
                failed);
    }

    /** The failure if files of a table cannot be written. */
    public static FpwException unwritable(Table table, IOException failed) {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                table.name() + ": files in " + table.location() + " cannot be written: " + failed.getMessage()
                        + "; check the storage and run again",
                failed);
    }
}
