package uk.fpw.warehouse.store.load.current;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.DeleteFileSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.RowFiles;
import uk.fpw.warehouse.store.load.row.RowPositions;
import uk.fpw.warehouse.store.load.row.VerifiedCommit;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Rewrites branch {@code current} to separate files, without rows that are no longer current, in a single commit to
 * that branch only.
 */
public final class CurrentCompaction {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentCompaction.class);
    private static final String COMPACTED = "fpw.compacted-snapshot-id";
    private static final long MAX_FILES = 100;

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;

    public CurrentCompaction(Table table, Feed feed, LockGuard guard) {
        this.table = table;
        this.feed = feed;
        this.guard = guard;
    }

    /**
     * Compacts if more than a third of the rows in the branch's files are not current, or if there are more than a
     * hundred files and more than twice as many as the size requires.
     */
    public void runIfNeeded() {
        Map<String, String> summary = CurrentBranch.head(table).summary();
        if (isNeeded(summary)) {
            LOG.info(
                    "{}: current is rewritten: {} of {} rows in {} files are deleted",
                    table.name(),
                    total(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP),
                    total(summary, SnapshotSummary.TOTAL_RECORDS_PROP),
                    total(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP));
            run(CurrentBranch.head(table));
        }
    }

    /**
     * Whether a branch whose head has that summary needs compaction. Right after a compaction it does not, whatever its
     * size.
     */
    static boolean isNeeded(Map<String, String> summary) {
        long rows = total(summary, SnapshotSummary.TOTAL_RECORDS_PROP);
        long dead = total(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP);
        long files = total(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP);
        long full = total(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP) / RowFiles.TARGET_FILE_BYTES;
        return dead * 3 > rows || files > Math.max(MAX_FILES, 2 * full);
    }

    private void run(Snapshot head) {
        String from = Long.toString(head.snapshotId());
        RowFiles rows = new RowFiles(table, "compact-" + from);
        List<DataFile> written;
        List<FileScanTask> replaced;
        try {
            replaced = RowPositions.files(table.newScan().useSnapshot(head.snapshotId()));
            copy(head, rows);
            written = rows.finish();
        } catch (IOException failed) {
            rows.abandon();
            throw CurrentBranch.unreadable(table, failed);
        } catch (RuntimeException failed) {
            rows.abandon();
            throw failed;
        }
        boolean mayHaveHappened = false;
        try {
            Transaction transaction = table.newTransaction();
            RewriteFiles rewrite =
                    transaction.newRewrite().toBranch(CurrentBranch.NAME).validateFromSnapshot(head.snapshotId());
            DeleteFileSet vectors = DeleteFileSet.create();
            for (FileScanTask file : replaced) {
                rewrite.deleteFile(file.file());
                vectors.addAll(file.deletes());
            }
            vectors.forEach(rewrite::deleteFile);
            written.forEach(rewrite::addFile);
            CurrentBranch.note(CurrentBranch.digests(head, feed), rewrite);
            rewrite.set(CurrentBranch.APPLIED_LOAD, head.summary().getOrDefault(CurrentBranch.APPLIED_LOAD, ""))
                    .set(COMPACTED, from)
                    .commit();
            mayHaveHappened = true;
            VerifiedCommit.commit(table, transaction, guard, COMPACTED, from);
        } catch (RuntimeException failure) {
            if (!mayHaveHappened || VerifiedCommit.isUndone(failure)) {
                RowFiles.delete(table, written.stream().map(DataFile::location).toList());
            }
            throw failure;
        }
    }

    private void copy(Snapshot head, RowFiles to) throws IOException {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .useSnapshot(head.snapshotId())
                .project(table.schema())
                .reuseContainers()
                .build()) {
            InternalRecordWrapper values =
                    new InternalRecordWrapper(table.schema().asStruct());
            for (Record row : rows) {
                if (row.getField(FeedTables.BUCKET) == null) {
                    row.setField(FeedTables.BUCKET, KeyBucket.of(feed, String.valueOf(row.getField(FeedTables.KEY))));
                }
                to.write(values.wrap(row));
            }
        }
    }

    private static long total(Map<String, String> summary, String property) {
        return Long.parseLong(summary.getOrDefault(property, "0"));
    }
}
