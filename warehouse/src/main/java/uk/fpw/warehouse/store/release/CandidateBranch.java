package uk.fpw.warehouse.store.release;

import java.util.List;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * The branch on which runs compute the tables of {@code core} and {@code mart}, so that a candidate is in no table's
 * {@code main}, which is what was released ({@link ReleasedBranches}). A table without this branch was written by an
 * earlier version, on {@code main}.
 */
public final class CandidateBranch {

    /** Name of the branch. */
    public static final String NAME = "candidate";

    private CandidateBranch() {}

    /** What was computed last; null if nothing was. */
    public static @Nullable Snapshot head(Table table) {
        Snapshot head = table.snapshot(NAME);
        return head == null ? table.currentSnapshot() : head;
    }

    /** What was computed before and is still stored, newest first; the first is {@link #head}. */
    public static Iterable<Snapshot> history(Table table) {
        Snapshot head = head(table);
        return head == null ? List.of() : SnapshotUtil.ancestorsOf(head.snapshotId(), table::snapshot);
    }

    /**
     * A commit to the branch that removes all rows; the caller adds files and commits. A table without the branch gets
     * it first: a commit that makes a branch counts its totals from 0 although it begins at {@code main}, and where
     * more rows leave than come the snapshot then has no total.
     */
    public static OverwriteFiles replaceAll(Table table) {
        Snapshot main = table.currentSnapshot();
        if (main != null && table.snapshot(NAME) == null) {
            table.manageSnapshots().createBranch(NAME, main.snapshotId()).commit();
        }
        return table.newOverwrite().toBranch(NAME).overwriteByRowFilter(Expressions.alwaysTrue());
    }
}
