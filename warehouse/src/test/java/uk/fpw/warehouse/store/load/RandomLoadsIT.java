package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.store.load.LoadTesting.column;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.store.recovery.LoadRecovery;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** Branch current has the newest valid version of each key in branch main, whatever happened in whatever order. */
@Tag("thorough")
class RandomLoadsIT {

    private static final LockGuard HELD = () -> {};
    private static final long SEED = 20240501;
    private static final int LOADS = 40;
    private static final int KEYS = 40;
    private static final LocalDate MAY_1 = LocalDate.of(2024, 5, 1);

    @TempDir
    Path folder;

    private final Feed feed = feed(column("id", Feed.Type.TEXT));

    /** The expected content of current, by key, after each valid load. */
    private final Deque<Map<String, String>> states = new ArrayDeque<>(List.of(Map.of()));

    private final Deque<String> loads = new ArrayDeque<>();
    private final List<String> everyVersion = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private final Random random = new Random(SEED);
    private final Random hashes = new Random(SEED);

    @Test
    void currentIsTheNewestVersionOfEachKey() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.migrated();
        try (WarehouseCatalog catalog =
                WarehouseCatalog.open(database.url(), database.user(), database.password(), folder)) {
            LoadLedger ledger = new LoadLedger(database.dataSource(), Clock.systemUTC());
            LoadWithdrawals withdrawals = new LoadWithdrawals(catalog, database.dataSource(), HELD, Clock.systemUTC());
            TableMaintenance maintenance = new TableMaintenance(catalog, HELD);
            RawTable raw = RawTable.open(catalog, feed, HELD);
            CurrentTable current = CurrentTable.open(catalog, feed, HELD);
            for (int night = 1; night <= LOADS; night++) {
                List<String> did = new ArrayList<>();
                load(RawTable.open(catalog, feed, HELD), night);
                new LoadRecovery(ledger).recover(raw);
                while (random.nextInt(3) == 0 && loads.size() > 1) {
                    did.add("withdrawal");
                    withdrawals.withdraw(loads.removeLast(), "test", "fpw");
                    states.removeLast();
                }
                if (random.nextInt(2) == 0) {
                    current.compactIfNeeded();
                    if (head(catalog).summary().containsKey("fpw.compacted-snapshot-id")) {
                        did.add("compaction");
                    }
                }
                if (random.nextInt(3) == 0) {
                    did.add("expiry");
                    Instant later = Instant.now().plusSeconds(60);
                    maintenance.expireRaw("devices", load -> true, later);
                    maintenance.expireCurrent("devices", later);
                    assertThat(maintenance.moveOrphans("raw.devices", later, MAY_1))
                            .isZero();
                }
                did.forEach(what -> done.merge(what, 1, Integer::sum));
                assertThat(versions(catalog, "current.devices"))
                        .as("after the load of night " + night + " and " + did + ", seed " + SEED)
                        .isEqualTo(states.getLast().values().stream().sorted().toList());
                assertThat(FeedBranch.snapshots(catalog, "current.devices"))
                        .as("no night finds current behind main, night " + night)
                        .noneMatch(snapshot -> snapshot.summary().containsKey("fpw.upgraded-snapshot-id"));
                assertDigests(current.rows(), night);
                assertThat(total(catalog, "total-records") - total(catalog, "total-position-deletes"))
                        .as("rows by the summary, night " + night)
                        .isEqualTo(states.getLast().size());
            }
            everyVersion.sort(null);
            assertThat(versions(catalog, "raw.devices")).isEqualTo(everyVersion);
            assertThat(done).isEqualTo(Map.of("withdrawal", 21, "compaction", 8, "expiry", 16, "digests unknown", 15));
        }
    }

    /** Some keys are new, some changed, some deleted and some restored. */
    private void load(RawTable raw, int night) {
        String loadId = "load-" + night;
        LocalDate date = MAY_1.plusDays(night);
        Map<String, String> before = states.getLast();
        Map<String, String> after = new TreeMap<>(before);
        LoadMetadata metadata =
                new LoadMetadata(loadId, date, date, Instant.EPOCH, "devices.csv", "d".repeat(64), null, null);
        try (RawAppend append = raw.append(metadata)) {
            Replacing replacing = new Replacing(append);
            if (append.current().digests() == null) {
                append.before(counted(append.current()));
            }
            long deleted = 0;
            int share = 2 + random.nextInt(20);
            for (int number = 0; number < KEYS; number++) {
                String key = "K" + number;
                if (random.nextInt(share) != 0) {
                    continue;
                }
                if (before.containsKey(key) && random.nextInt(3) == 0) {
                    replacing.add(RowVersion.deleted(key, key));
                    after.remove(key);
                    everyVersion.add(key + " delete " + loadId);
                    deleted++;
                } else {
                    replacing.add(new RowVersion(key, key, rowHash(), 2L, null, List.of(key)));
                    after.put(key, key + " upsert " + loadId);
                    everyVersion.add(key + " upsert " + loadId);
                }
            }
            Replacing.commit(append, new LoadCounts(1, 1, 0, 0, deleted, 0), null);
        }
        loads.addLast(loadId);
        states.addLast(after);
    }

    /** A different hash for each version; one in four has the form of earlier versions. */
    private String rowHash() {
        byte[] bytes = new byte[16];
        hashes.nextBytes(bytes);
        return hashes.nextInt(4) == 0
                ? HexFormat.of().formatHex(bytes)
                : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static List<String> versions(WarehouseCatalog catalog, String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("_op") + " " + row.getField("_load_id"))
                .sorted()
                .toList();
    }

    /** The digests of the branch match its rows. */
    private void assertDigests(CurrentRows rows, int night) {
        BucketDigests known = rows.digests();
        if (known == null) {
            done.merge("digests unknown", 1, Integer::sum);
            return;
        }
        assertThat(known.text())
                .as("digests, night " + night)
                .isEqualTo(counted(rows).text());
    }

    private BucketDigests counted(CurrentRows rows) {
        BucketDigests counted = new BucketDigests(feed);
        rows.forEach(row -> counted.add(KeyBucket.of(feed, row.key()), row.key(), row.rowHash()));
        return counted;
    }

    private static Snapshot head(WarehouseCatalog catalog) {
        return Objects.requireNonNull(FeedBranch.head(catalog, "current.devices"));
    }

    private static long total(WarehouseCatalog catalog, String property) {
        return Long.parseLong(head(catalog).summary().getOrDefault(property, "0"));
    }
}
