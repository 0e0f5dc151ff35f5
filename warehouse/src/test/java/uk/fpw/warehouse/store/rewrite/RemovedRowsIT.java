package uk.fpw.warehouse.store.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.KeySwitch;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.LoadTesting;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** Rows that are removed from a table are in none of its snapshots, and all others stay as they are. */
class RemovedRowsIT {

    private static final LockGuard HELD = () -> {};
    private static final String NAME = "raw.devices";
    private static final LocalDate MAY_1 = LocalDate.of(2024, 5, 1);
    private static final int KEYS = 30;

    @TempDir
    private Path folder;

    private final Feed feed = LoadTesting.feed();
    private final Random random = new Random(20240501);
    private final Set<String> present = new TreeSet<>();
    private TestDatabase database;

    @BeforeEach
    void makeDatabase() {
        database = TestDatabase.embedded(folder).migrated();
    }

    @Test
    void rowsAreInNoSnapshotAndDeletionVectorsMarkTheSameRowsAsBefore() throws Exception {
        try (WarehouseCatalog catalog = open()) {
            for (int night = 1; night <= 12; night++) {
                load(catalog, night);
                if (night == 6) {
                    Instant later = Instant.now().plusSeconds(60);
                    new TableMaintenance(catalog, HELD).expireCurrent("devices", later);
                }
                if (night % 4 == 0) {
                    CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
                }
            }
        }
        for (Set<String> erased : List.of(Set.of("K1"), Set.of("K2", "K3", "K17"), everyKey())) {
            try (WarehouseCatalog catalog = open()) {
                Table before = catalog.load(NAME);
                Map<Long, List<String>> rows = rowsBySnapshot(before);
                Map<Long, List<String>> expected = new TreeMap<>();
                rows.forEach((snapshot, all) -> expected.put(
                        snapshot,
                        all.stream()
                                .filter(row -> !erased.contains(row.substring(0, row.indexOf(' '))))
                                .toList()));
                long removed = remove(erased);

                Table after = catalog.load(NAME);
                after.refresh();
                assertThat(rowsBySnapshot(after)).isEqualTo(expected);
                assertThat(keysInFiles(after)).doesNotContainAnyElementsOf(erased);
                assertThat(removed).isPositive();
                assertTotals(after, expected);
                assertThat(ids(after)).isEqualTo(ids(before));
                assertThat(after.refs()).isEqualTo(before.refs());
            }
            present.removeAll(erased);
            try (WarehouseCatalog catalog = open()) {
                // Loads continue.
                load(catalog, 100 + erased.size());
                assertThat(CurrentTable.open(catalog, feed, HELD).rowCount()).isEqualTo(present.size());
                CurrentTable.open(catalog, feed, HELD).rows().forEach(row -> assertThat(present)
                        .contains(row.key()));
            }
        }
    }

    @Test
    void tableWithoutSuchRowsIsNotWritten() throws Exception {
        try (WarehouseCatalog catalog = open()) {
            load(catalog, 1);
        }
        assertThat(remove(Set.of("unknown"))).isZero();
    }

    private WarehouseCatalog open() {
        return WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
    }

    /** Removes all rows with these keys, and returns their number. */
    private long remove(Set<String> erased) throws SQLException {
        try (Connection connection = database.open()) {
            Map<String, String> before = KeySwitch.metadataFiles(connection);
            String metadata = Objects.requireNonNull(before.get(NAME));
            RewrittenTable table = new RewrittenTable(NAME, metadata, "fpw erase");
            String now = table.rewrite(new RowChange() {
                @Override
                public boolean isRemoved(Record row) {
                    return erased.contains(String.valueOf(row.getField("_key")));
                }

                @Override
                public boolean change(Record row) {
                    return false;
                }

                @Override
                public Map<String, String> summary(Map<String, String> summary) {
                    Map<String, String> changed = new TreeMap<>(summary);
                    changed.remove("fpw.bucket-digests");
                    return changed;
                }
            });
            assertThat(table.hasChanged()).isEqualTo(table.removedCount() > 0);
            KeySwitch.apply(connection, Map.of(NAME, now), before);
            return table.removedCount();
        }
    }

    /** Some keys are new, some changed, some deleted. */
    private void load(WarehouseCatalog catalog, int night) {
        LoadMetadata metadata = new LoadMetadata(
                "load-" + night,
                MAY_1.plusDays(night),
                MAY_1.plusDays(night),
                Instant.EPOCH,
                "devices.csv",
                "d".repeat(64),
                null,
                null);
        try (RawAppend append = RawTable.open(catalog, feed, HELD).append(metadata)) {
            Replacing replacing = new Replacing(append);
            long loaded = 0;
            long deleted = 0;
            for (int number = 0; number < KEYS; number++) {
                String key = "K" + number;
                if (random.nextInt(3) != 0) {
                    continue;
                }
                if (present.contains(key) && random.nextInt(3) == 0) {
                    replacing.add(RowVersion.deleted(key, key));
                    present.remove(key);
                    deleted++;
                } else {
                    long value = 1000L * night + number;
                    replacing.add(new RowVersion(key, key, "%032x".formatted(value), 2L, null, List.of(key, value)));
                    present.add(key);
                    loaded++;
                }
            }
            Replacing.commit(append, new LoadCounts(loaded, loaded, 0, 0, deleted, 0), null);
        }
    }

    private static Set<String> everyKey() {
        Set<String> keys = new HashSet<>();
        for (int number = 0; number < KEYS; number++) {
            keys.add("K" + number);
        }
        return keys;
    }

    private static Map<Long, List<String>> rowsBySnapshot(Table table) {
        Map<Long, List<String>> rows = new TreeMap<>();
        for (Snapshot snapshot : table.snapshots()) {
            List<String> found = new ArrayList<>();
            try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                    .useSnapshot(snapshot.snapshotId())
                    .select("_key", "_op", "_load_id", "n")
                    .build()) {
                records.forEach(row -> found.add(row.getField("_key") + " " + row.getField("_op") + " "
                        + row.getField("_load_id") + " " + row.getField("n")));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            rows.put(snapshot.snapshotId(), found.stream().sorted().toList());
        }
        return rows;
    }

    /** The keys in all data files of all snapshots, whether marked as deleted or not. */
    private static Set<String> keysInFiles(Table table) {
        Set<String> keys = new HashSet<>();
        new RewrittenTable(NAME, metadata(table), "fpw erase")
                .forEach(row -> keys.add(String.valueOf(row.getField("_key"))));
        return keys;
    }

    private static String metadata(Table table) {
        return ((HasTableOperations) table).operations().current().metadataFileLocation();
    }

    /** The summaries count the remaining rows: those in the files minus those marked as deleted. */
    private static void assertTotals(Table table, Map<Long, List<String>> rows) {
        for (Snapshot snapshot : table.snapshots()) {
            assertThat(total(snapshot, "total-records") - total(snapshot, "total-position-deletes"))
                    .as("snapshot " + snapshot.sequenceNumber())
                    .isEqualTo(
                            rows.getOrDefault(snapshot.snapshotId(), List.of()).size());
        }
    }

    private static long total(Snapshot snapshot, String property) {
        return Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
    }

    private static List<Long> ids(Table table) {
        List<Long> ids = new ArrayList<>();
        table.snapshots().forEach(snapshot -> ids.add(snapshot.snapshotId()));
        return ids;
    }
}
