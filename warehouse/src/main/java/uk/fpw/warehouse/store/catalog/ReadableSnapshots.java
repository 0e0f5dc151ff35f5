package uk.fpw.warehouse.store.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.TableStorage;

/**
 * Which snapshots of a table are readable; of the others, the manifest list or a manifest is missing or damaged. Data
 * files are not checked.
 */
public final class ReadableSnapshots {

    private final Table table;
    private final TableStorage storage;
    private final Set<Long> broken = new LinkedHashSet<>();
    private final Map<String, Boolean> compared = new HashMap<>();
    private final List<WrittenFile.Comparison> damaged = new ArrayList<>();

    private ReadableSnapshots(Table table, TableStorage storage) {
        this.table = table;
        this.storage = storage;
        for (Snapshot snapshot : table.snapshots()) {
            if (!isReadable(snapshot)) {
                broken.add(snapshot.snapshotId());
            }
        }
    }

    /** The readable snapshots of a table as it is now. */
    public static ReadableSnapshots of(Table table, TableStorage storage) {
        return new ReadableSnapshots(table, storage);
    }

    /**
     * The snapshot that main can go back to: its head if readable, otherwise the latest readable ancestor or one
     * without rows. Null if main has no snapshot.
     *
     * @throws FpwException with {@code DAMAGED} if no ancestor is readable
     */
    public @Nullable Snapshot main() {
        if (table.currentSnapshot() == null) {
            return null;
        }
        List<Snapshot> candidates = new ArrayList<>();
        SnapshotUtil.currentAncestors(table).forEach(candidates::add);
        table.snapshots().forEach(snapshot -> {
            if ("0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP))) {
                candidates.add(snapshot);
            }
        });
        return candidates.stream()
                .filter(snapshot -> !broken.contains(snapshot.snapshotId()))
                .findFirst()
                .orElseThrow(() ->
                        damage("no state of " + table.name() + " before is readable: only a backup can restore it"));
    }

    /** The snapshots of main after a given one, newest first. */
    public List<Snapshot> after(@Nullable Snapshot head) {
        List<Snapshot> after = new ArrayList<>();
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (head != null && snapshot.snapshotId() == head.snapshotId()) {
                break;
            }
            after.add(snapshot);
        }
        return after;
    }

    /** Whether every snapshot is readable. */
    public boolean areAll() {
        return broken.isEmpty();
    }

    /** Ids of the snapshots that are not readable. */
    public Set<Long> broken() {
        return broken;
    }

    /** Reports the damage and the first thing to do. */
    public FpwException damage(String first) {
        return Damage.of(damaged, first);
    }

    /**
     * Removes the unreadable snapshots from the table as part of a transaction in which no branch needs them. Deletes
     * no files.
     */
    public void forget(Transaction transaction) {
        if (broken.isEmpty()) {
            return;
        }
        // Without a time, Iceberg would also expire snapshots older than its default.
        ExpireSnapshots update =
                transaction.expireSnapshots().expireOlderThan(0).cleanupLevel(ExpireSnapshots.CleanupLevel.NONE);
        broken.forEach(update::expireSnapshotId);
        update.commit();
    }

    private boolean isReadable(Snapshot snapshot) {
        if (!isWhole(snapshot.manifestListLocation())) {
            return false;
        }
        boolean isReadable = true;
        for (ManifestFile manifest : snapshot.allManifests(table.io())) {
            isReadable &= isWhole(manifest.path());
        }
        return isReadable;
    }

    private boolean isWhole(String location) {
        return compared.computeIfAbsent(location, file -> {
            WrittenFile.Comparison found = storage.compare(file);
            if (found != null && found.isDamaged()) {
                damaged.add(found);
                return false;
            }
            return true;
        });
    }
}
