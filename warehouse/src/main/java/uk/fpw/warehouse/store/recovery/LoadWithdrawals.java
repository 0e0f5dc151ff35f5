package uk.fpw.warehouse.store.recovery;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.EarlierMetadata;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.LoadHistory;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.HeldKeys;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.Watermark;
import uk.fpw.warehouse.store.load.Withdrawal;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.FutureTimestamps;

/**
 * Withdraws loads, newest of a feed first. A withdrawal is an empty commit to {@code raw} that also updates
 * {@code current}. {@code ops} is derived from it, so if the process is killed at any step, the same command or the
 * next load of the feed completes it. The rows stay in {@code raw} but no longer count. The caller holds the warehouse
 * lock.
 */
public final class LoadWithdrawals {

    private final WarehouseCatalog catalog;
    private final DataSource dataSource;
    private final LoadLedger ledger;
    private final LoadHistory history;
    private final LockGuard guard;
    private final Clock clock;
    private final IndexMemory.Limit memory;

    public LoadWithdrawals(WarehouseCatalog catalog, DataSource dataSource, LockGuard guard, Clock clock) {
        this(catalog, dataSource, guard, clock, IndexMemory.Limit.ofThisProcess());
    }

    /** The same, with the memory for indexes of keys. */
    public LoadWithdrawals(
            WarehouseCatalog catalog, DataSource dataSource, LockGuard guard, Clock clock, IndexMemory.Limit memory) {
        this.catalog = catalog;
        this.dataSource = dataSource;
        this.ledger = new LoadLedger(dataSource, clock);
        this.history = new LoadHistory(dataSource);
        this.guard = guard;
        this.clock = clock;
        this.memory = memory;
    }

    /**
     * Result of a withdrawal.
     *
     * @param wasWithdrawnBefore whether the load had been withdrawn before, so that there was nothing to do
     * @param lastDate business date of the feed's latest valid load; null if the feed now counts as never loaded
     * @param releases releases created with the load, latest first
     */
    public record Outcome(
            String feed,
            LocalDate businessDate,
            boolean wasWithdrawnBefore,
            @Nullable LocalDate lastDate,
            List<ReleaseId> releases) {}

    /**
     * Withdraws a load; does nothing if it has been withdrawn before.
     *
     * @param reason reason, without personal data since anyone may read it
     * @param by operating-system user
     * @throws FpwException with {@code CONFIGURATION} if there is no such load, it was never complete, newer loads of
     *     its feed must be withdrawn first, or there is not enough memory for its keys
     */
    public Outcome withdraw(String loadId, String reason, String by) {
        return withdraw(loadId, false, reason, by);
    }

    /**
     * Withdraws a load, optionally with the later loads of the feed.
     *
     * @param withLater whether to withdraw later loads in the same step, without needing their files
     * @throws FpwException with {@code DAMAGED} if required files are damaged
     */
    public Outcome withdraw(String loadId, boolean withLater, String reason, String by) {
        boolean wasLost = rollBackDamagedMetadata(loadId, withLater, reason, by).contains(loadId);
        FutureTimestamps.correct(catalog, guard);
        recoverAll();
        Map<String, List<LoadHistory.Entry>> loads = history.latestFirst();
        LoadHistory.Entry load = find(loadId, loads);
        boolean wasWithdrawnBefore = load.is(LoadLedger.WITHDRAWN) && !wasLost;
        if (!load.is(LoadLedger.WITHDRAWN)) {
            List<LoadHistory.Entry> ofFeed = loaded(load.feed(), loads);
            if (!withLater) {
                requireNewest(load, ofFeed);
            }
            List<LoadHistory.Entry> last = ofFeed.subList(0, ofFeed.indexOf(load) + 1);
            withdrawFromRaw(
                    last.stream().filter(entry -> entry.rawSnapshotId() != null).toList(), ofFeed, reason, by);
            for (LoadHistory.Entry entry : last) {
                if (entry.rawSnapshotId() == null) {
                    guard.check();
                    ledger.withdraw(entry.loadId(), reason, by, clock.instant());
                }
            }
        }
        LocalDate lastDate = loaded(load.feed(), history.latestFirst()).stream()
                .map(LoadHistory.Entry::businessDate)
                .findFirst()
                .orElse(null);
        return new Outcome(
                load.feed(), load.businessDate(), wasWithdrawnBefore, lastDate, history.releasesWith(loadId));
    }

    /**
     * Rolls the feed's table back by one commit if its latest metadata is damaged. Loads that are lost in this way are
     * first withdrawn in {@code ops}: if the process is killed in between, the table is still damaged and the same
     * command resumes.
     *
     * @return ids of the lost loads
     */
    private Set<String> rollBackDamagedMetadata(String loadId, boolean withLater, String reason, String by) {
        Map<String, List<LoadHistory.Entry>> loads = history.latestFirst();
        LoadHistory.Entry load = known(loadId, loads);
        EarlierMetadata earlier = load == null
                ? null
                : EarlierMetadata.of(catalog.storage(), dataSource, WarehouseCatalog.RAW + "." + load.feed());
        if (load == null || earlier == null) {
            return Set.of();
        }
        Set<String> stored = new LinkedHashSet<>();
        RawTable.earlier(earlier.table(), catalog.storage(), load.feed(), guard, memoryOf(load.feed()))
                .loads()
                .forEach(each -> stored.add(each.loadId()));
        for (LoadHistory.Entry entry : loads.getOrDefault(load.feed(), List.of())) {
            if (entry.is(LoadLedger.WITHDRAWN) && stored.contains(entry.loadId())) {
                throw earlier.damage("the last commit was the withdrawal of load " + entry.describe()
                        + ", which would be lost: restore the file from a backup");
            }
        }
        List<LoadHistory.Entry> ofFeed = loaded(load.feed(), loads);
        int count = 0;
        for (int i = 0; i < ofFeed.size() && !stored.contains(ofFeed.get(i).loadId()); i++) {
            count = ofFeed.get(i).rawSnapshotId() == null ? count : i + 1;
        }
        // Including later loads that found no change.
        List<LoadHistory.Entry> lost = ofFeed.subList(0, count);
        if (ofFeed.indexOf(load) < count - 1 || (!withLater && count > 1)) {
            throw earlier.damage(
                    "load " + ofFeed.get(count - 1).describe() + " would be lost too: withdraw that one, --with-later");
        }
        lost.forEach(entry -> ledger.withdraw(entry.loadId(), reason, by, clock.instant()));
        earlier.use(guard);
        return lost.stream().map(LoadHistory.Entry::loadId).collect(Collectors.toSet());
    }

    private IndexMemory memoryOf(String feed) {
        return new IndexMemory(feed, memory, "nothing was withdrawn and nothing is lost");
    }

    private static List<LoadHistory.Entry> loaded(String feed, Map<String, List<LoadHistory.Entry>> loads) {
        return loads.getOrDefault(feed, List.of()).stream()
                .filter(entry -> entry.is(LoadLedger.LOADED))
                .toList();
    }

    /**
     * Completes the unfinished work of killed processes, so that {@code ops} agrees with {@code raw}. Must be called
     * before {@code current} is read for a release.
     */
    public void recoverAll() {
        for (String feed : catalog.tables(WarehouseCatalog.RAW)) {
            RawTable raw = RawTable.existing(
                    catalog, feed, guard, new IndexMemory(feed, memory, "raw contains everything and nothing is lost"));
            if (raw != null) {
                new LoadRecovery(ledger).recover(raw);
            }
        }
    }

    /** Withdraws loads that committed rows, newest first. Those of the feed are all its valid loads. */
    private void withdrawFromRaw(
            List<LoadHistory.Entry> loads, List<LoadHistory.Entry> ofFeed, String reason, String by) {
        if (loads.isEmpty()) {
            return;
        }
        LoadHistory.Entry load = loads.get(loads.size() - 1);
        RawTable raw = RawTable.existing(catalog, load.feed(), guard, memoryOf(load.feed()));
        if (raw == null) {
            throw new IllegalStateException(
                    "load " + load.loadId() + " committed rows, but there is no table of feed " + load.feed());
        }
        List<Withdrawal.Recorded> records = new ArrayList<>();
        for (LoadHistory.Entry entry : loads) {
            records.add(recorded(raw, entry, records.isEmpty() ? null : records.get(records.size() - 1)));
        }
        LoadHistory.Entry before = ofFeed.stream()
                .skip(ofFeed.indexOf(load) + 1L)
                .filter(entry -> entry.rawSnapshotId() != null)
                .findFirst()
                .orElse(null);
        if (before == null
                && raw.hasRowsOfOtherLoads(
                        loads.stream().map(LoadHistory.Entry::loadId).toList())) {
            throw FpwException.configuration("load " + load.loadId() + " of feed " + load.feed()
                    + " cannot be withdrawn: the load before it is recorded neither in ops "
                    + "nor in raw, so the feed would have no known state to continue from");
        }
        raw.withdraw(
                records,
                before == null ? null : recorded(raw, before, records.get(records.size() - 1)),
                new Withdrawal.Decision(reason, by, clock.instant()));
        guard.check();
        new LoadRecovery(ledger).recover(raw);
    }

    /**
     * The record of a load. If it has expired, it is rebuilt from {@code ops} and the record of the next load.
     *
     * @param after record of the next load; null if it is the newest
     */
    private static Withdrawal.Recorded recorded(
            RawTable raw, LoadHistory.Entry load, Withdrawal.@Nullable Recorded after) {
        Withdrawal.Recorded kept = raw.recorded(load.loadId());
        if (kept != null) {
            return kept;
        }
        Load next = after == null ? null : after.load();
        Watermark cursor = next == null ? null : next.tracking().watermark();
        LoadMetadata known = load.record();
        LoadMetadata metadata = new LoadMetadata(
                known.loadId(),
                known.businessDate(),
                known.sourceDate(),
                known.loadedAt(),
                known.fileName(),
                known.fileDigest(),
                next == null ? null : next.source().keyFingerprint(),
                next == null ? null : next.source().keyColumns());
        Watermark watermark = cursor == null || load.watermark() == null
                ? null
                : new Watermark(cursor.column(), load.watermark(), List.of(), false);
        return new Withdrawal.Recorded(
                Load.summary(
                        load.feed(),
                        metadata,
                        new Load.Effect(load.counts(), null, HeldKeys.none(), new Load.ChangeTracking(watermark, null)),
                        next == null ? 0 : next.commit().lastRow()),
                load.rawSnapshotId() == null ? -1 : load.rawSnapshotId(),
                next == null ? 0 : next.commit().sequence() - 1,
                known.loadedAt());
    }

    private static LoadHistory.Entry find(String loadId, Map<String, List<LoadHistory.Entry>> loads) {
        LoadHistory.Entry load = known(loadId, loads);
        if (load == null) {
            String latest = new TreeMap<>(loads)
                    .entrySet().stream()
                            .flatMap(feed -> feed.getValue().stream()
                                    .filter(entry -> entry.is(LoadLedger.LOADED))
                                    .limit(1))
                            .map(entry -> entry.feed() + " " + entry.describe())
                            .collect(Collectors.joining(", "));
            throw wrong("there is no load " + loadId + "; newest loads: " + (latest.isEmpty() ? "none" : latest));
        }
        if (!load.is(LoadLedger.LOADED) && !load.is(LoadLedger.WITHDRAWN)) {
            throw wrong("load " + loadId + " of feed " + load.feed()
                    + " was never complete: none of it is in the warehouse, so there is nothing to withdraw");
        }
        return load;
    }

    private static LoadHistory.@Nullable Entry known(String loadId, Map<String, List<LoadHistory.Entry>> loads) {
        return loads.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.loadId().equals(loadId))
                .findFirst()
                .orElse(null);
    }

    private static void requireNewest(LoadHistory.Entry load, List<LoadHistory.Entry> ofFeed) {
        List<LoadHistory.Entry> newer = ofFeed.subList(0, ofFeed.indexOf(load));
        if (!newer.isEmpty()) {
            throw wrong("load " + load.loadId() + " is not the latest load of feed " + load.feed()
                    + ", and later loads depend on it; withdraw these first, in this order: "
                    + newer.stream().map(LoadHistory.Entry::describe).collect(Collectors.joining(", ")));
        }
    }

    private static FpwException wrong(String message) {
        return FpwException.configuration(message);
    }
}
