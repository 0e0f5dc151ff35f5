package uk.fpw.warehouse.store.load.row;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.lock.LockGuard;

/** Commits whose outcome is verified. */
public final class VerifiedCommit {

    private VerifiedCommit() {}

    /**
     * Commits a transaction and, after any exception, checks whether it was committed nevertheless. An exception that
     * {@link #isUndone} accepts means that it certainly was not; if the outcome is unknown, its files must be kept.
     *
     * @param property summary property by which one of its snapshots is found
     * @return that snapshot
     */
    public static Snapshot commit(
            Table table, Transaction transaction, LockGuard guard, String property, String value) {
        guard.check();
        RuntimeException failure = null;
        try {
            transaction.commitTransaction();
        } catch (RuntimeException outcomeUnknown) {
            failure = outcomeUnknown;
        }
        Snapshot snapshot = null;
        try {
            snapshot = find(table, property, value);
        } catch (RuntimeException lookupFailed) {
            if (failure == null || isUndone(failure)) {
                IllegalStateException unknown = new IllegalStateException(
                        table.name() + ": " + (failure == null ? "a commit succeeded" : "a commit failed")
                                + ", but its snapshot could not be looked up: " + lookupFailed.getMessage(),
                        lookupFailed);
                if (failure != null) {
                    unknown.addSuppressed(failure);
                }
                throw unknown;
            }
            failure.addSuppressed(lookupFailed);
        }
        if (snapshot != null) {
            return snapshot;
        }
        throw failure != null
                ? failure
                : new IllegalStateException(table.name() + ": a commit succeeded but its snapshot does not exist");
    }

    /**
     * Whether a failure of {@link #commit} means that nothing was committed, so that files written for it can be
     * deleted.
     */
    public static boolean isUndone(RuntimeException failure) {
        return failure instanceof CleanableFailure || failure instanceof FpwException;
    }

    private static @Nullable Snapshot find(Table table, String property, String value) {
        table.refresh();
        Snapshot found = null;
        for (Snapshot snapshot : table.snapshots()) {
            if (value.equals(snapshot.summary().get(property))
                    && (found == null || snapshot.sequenceNumber() > found.sequenceNumber())) {
                found = snapshot;
            }
        }
        return found;
    }
}
