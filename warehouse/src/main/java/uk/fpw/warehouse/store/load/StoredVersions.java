package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.row.FeedTables;

/**
 * Which loads stored a version or deletion of a key and are still valid, from {@code raw}, which has all versions of
 * all rows.
 */
public final class StoredVersions {

    private final WarehouseCatalog catalog;

    public StoredVersions(WarehouseCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The valid loads that stored a version or deletion of a key. A row delivered again unchanged leaves no version.
     *
     * @param keys keys, as stored in {@code raw} and {@code ops.refusal}
     * @param from earliest business date to read
     * @return ids of loads by key, without keys that have no version since then
     */
    public Map<String, Set<String>> loads(String feed, Collection<String> keys, LocalDate from) {
        Map<String, Set<String>> loads = new HashMap<>();
        Table raw = keys.isEmpty() ? null : catalog.find(WarehouseCatalog.RAW + "." + feed);
        if (raw == null) {
            return loads;
        }
        Set<String> wanted = new HashSet<>(keys);
        try (CloseableIterable<Record> rows = IcebergGenerics.read(raw)
                .select(FeedTables.KEY, FeedTables.LOAD_ID)
                .where(Expressions.greaterThanOrEqual(FeedTables.KNOWN_ON, from.toString()))
                .where(Expressions.notIn(FeedTables.LOAD_ID, LoadRecords.withdrawn(raw)))
                .build()) {
            for (Record row : rows) {
                String key = String.valueOf(row.getField(FeedTables.KEY));
                if (wanted.contains(key)) {
                    loads.computeIfAbsent(key, first -> new HashSet<>())
                            .add(String.valueOf(row.getField(FeedTables.LOAD_ID)));
                }
            }
        } catch (IOException failed) {
            throw unreadable(feed, raw, failed);
        }
        return loads;
    }

    private static FpwException unreadable(String feed, Table raw, IOException failed) {
        return FpwException.unavailable(
                "raw." + feed + " in " + raw.location() + " cannot be read: " + failed.getMessage()
                        + "; check the storage and try again",
                failed);
    }

    /**
     * Since when the current versions of keys have been known.
     *
     * @param keys keys, as stored in {@code raw} and {@code ops.refusal}
     * @return business date of the load by key, without keys that have no current version
     */
    public Map<String, LocalDate> current(String feed, Collection<String> keys) {
        Map<String, LocalDate> dates = new HashMap<>();
        Table raw = keys.isEmpty() ? null : catalog.find(WarehouseCatalog.RAW + "." + feed);
        if (raw == null || !CurrentBranch.exists(raw)) {
            return dates;
        }
        Set<String> wanted = new HashSet<>(keys);
        try (CloseableIterable<Record> rows = IcebergGenerics.read(raw)
                .useSnapshot(CurrentBranch.head(raw).snapshotId())
                .select(FeedTables.KEY, FeedTables.KNOWN_ON)
                .build()) {
            for (Record row : rows) {
                String key = String.valueOf(row.getField(FeedTables.KEY));
                if (wanted.contains(key) && row.getField(FeedTables.KNOWN_ON) instanceof LocalDate knownOn) {
                    dates.put(key, knownOn);
                }
            }
        } catch (IOException failed) {
            throw unreadable(feed, raw, failed);
        }
        return dates;
    }

    /**
     * The Parquet files of {@code raw} that may contain versions known since a business date; empty if there are none.
     *
     * @throws FpwException with {@code UNAVAILABLE} if the table cannot be read
     */
    public List<Path> filesSince(String feed, LocalDate from) {
        Table raw = catalog.find(WarehouseCatalog.RAW + "." + feed);
        if (raw == null || raw.currentSnapshot() == null) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = raw.newScan()
                .filter(Expressions.greaterThanOrEqual(FeedTables.KNOWN_ON, from.toString()))
                .planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "the files of raw." + feed + " in " + raw.location() + " cannot be listed: " + failed.getMessage()
                            + "; check the storage and try again",
                    failed);
        }
        return catalog.storage().local(files);
    }

    /**
     * Whether versions of a row may differ only because the columns of the feed have changed: a column was added with
     * these loads, or a column with values in earlier versions was removed.
     *
     * @param loadIds ids of the latest loads of the feed
     * @param columns present columns of the feed
     */
    public boolean hasOtherColumns(String feed, Collection<String> loadIds, Collection<String> columns) {
        Table raw = catalog.find(WarehouseCatalog.RAW + "." + feed);
        if (raw == null) {
            return false;
        }
        Set<Integer> before = new HashSet<>();
        Set<Integer> since = new HashSet<>();
        raw.snapshots().forEach(snapshot -> {
            Integer schema = snapshot.schemaId();
            String loadId = snapshot.summary().get(Load.LOAD_ID);
            if (schema != null && loadId != null) {
                (loadIds.contains(loadId) ? since : before).add(schema);
            }
        });
        since.removeAll(before);
        boolean hasGained = !since.isEmpty() && raw.schemas().size() > 1;
        boolean hasLost = raw.schema().columns().stream()
                .map(Types.NestedField::name)
                .anyMatch(column -> !column.startsWith("_") && !columns.contains(column));
        return hasGained || hasLost;
    }

    /** Ids of the withdrawn loads of a feed, whose rows are in {@code raw} but no longer count. */
    public List<String> withdrawnLoads(String feed) {
        Table raw = catalog.find(WarehouseCatalog.RAW + "." + feed);
        return raw == null ? List.of() : withdrawnLoads(raw);
    }

    /** The same for a table of {@code raw}. */
    public static List<String> withdrawnLoads(Table raw) {
        return List.copyOf(LoadRecords.withdrawn(raw));
    }
}
