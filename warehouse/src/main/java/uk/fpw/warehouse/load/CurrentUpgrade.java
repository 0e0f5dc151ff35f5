package uk.fpw.warehouse.load;

import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.lock.LockGuard;

/**
 * Migrates the table of a feed to two branches, if an earlier version kept its current rows in a
 * separate table, or has written only to branch main since. One transaction, without writing rows: if the process
 * dies the table is unchanged. The other table is deleted by table maintenance.
 */
final class CurrentUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentUpgrade.class);
    private static final String UPGRADED = "fpw.upgraded-snapshot-id";

    private CurrentUpgrade() {}

    /** Upgrades the table, unless the branches {@code current} and {@code main} are at the same snapshot. */
    static void runIfNeeded(Table table, LockGuard guard, IndexMemory memory) {
        String lastLoad = LoadRecords.lastLoadId(table);
        if (CurrentBranch.exists(table)
                && lastLoad.equals(CurrentBranch.head(table).summary().getOrDefault(CurrentBranch.APPLIED_LOAD, ""))) {
            return;
        }
        guard.check();
        LOG.info("{}: the latest version of each row is moved to a branch of this table", table.name());
        DeletionVectors superseded = new CurrentRebuild(table, LoadRecords.withdrawn(table), memory)
                .superseded(table.currentSnapshot(), "upgrade", Set.of());
        boolean mayHaveHappened = false;
        try {
            Transaction upgrade = table.newTransaction();
            // before the properties, which name the column
            if (table.schema().findField(FeedTables.BUCKET) == null) {
                upgrade.updateSchema()
                        .addColumn(FeedTables.BUCKET, Types.IntegerType.get(), FeedTables.BUCKET_TEXT)
                        .commit();
            }
            UpdateProperties properties = upgrade.updateProperties();
            FeedTables.PROPERTIES.forEach(properties::set);
            properties
                    .set("format-version", Integer.toString(FeedTables.FORMAT_VERSION))
                    .commit();
            if (table.spec().isPartitioned()) {
                UpdatePartitionSpec spec = upgrade.updateSpec();
                table.spec().fields().forEach(field -> spec.removeField(field.name()));
                spec.commit();
            }
            Snapshot head = table.currentSnapshot();
            String from = head == null ? "none" : Long.toString(head.snapshotId());
            CurrentBranch.replace(upgrade, superseded, lastLoad)
                    .set(UPGRADED, from)
                    .commit();
            mayHaveHappened = true;
            VerifiedCommit.commit(table, upgrade, guard, UPGRADED, from);
        } catch (RuntimeException failure) {
            if (!mayHaveHappened || VerifiedCommit.isUndone(failure)) {
                RowFiles.delete(table, superseded.written());
            }
            throw failure;
        }
    }
}
