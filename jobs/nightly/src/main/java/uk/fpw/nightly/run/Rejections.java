package uk.fpw.nightly.run;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.rejection.Rejection;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.AccountLedger;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.feed.FeedLoads;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;
import uk.fpw.warehouse.store.ledger.feed.UnreadableValues;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.StoredVersions;

/**
 * What did not get into the figures: failed loads, and rows that were refused, duplicate, excluded, ahead of the
 * business date or out of scope.
 */
public final class Rejections {

    /** Code of superseded rows in old loads, which recorded them as refused. */
    private static final String SUPERSEDED = "SUPERSEDED";

    private final DataSource dataSource;
    private final RefusalLedger ledger;
    private final AccountLedger accounts;
    private final Releases releases;
    private final StoredVersions versions;
    private final UnreadableValues unreadable;
    private final @Nullable Force force;

    /**
     * Reads the database and the {@code raw} tables of the catalog.
     *
     * @param force provides the messages of the rules, and which feeds are full extracts; if null there are no
     *     messages and every feed counts as incremental
     */
    public Rejections(DataSource dataSource, WarehouseCatalog catalog, @Nullable Force force) {
        this.dataSource = dataSource;
        this.ledger = new RefusalLedger(dataSource);
        this.accounts = new AccountLedger(dataSource);
        this.releases = new Releases(dataSource);
        this.versions = new StoredVersions(catalog);
        this.unreadable = new UnreadableValues(dataSource);
        this.force = force;
    }

    /** When each row was refused, and when rows of each feed were excluded, on all dates, by reason. */
    public Map<RefusalLedger.Reason, RefusalLedger.Dates> dates() {
        Map<RefusalLedger.Reason, RefusalLedger.Dates> dates = new HashMap<>(ledger.refusedDates());
        dates.putAll(ledger.excludedDates());
        return dates;
    }

    /**
     * What was found.
     *
     * @param release the release; null if there is none, or for a business date
     * @param later business dates of loads that are in no release yet
     * @param isComputed whether any tables were computed, so that no excluded rows means that there are none
     */
    public record Found(
            @Nullable Release release, List<Rejection> rejections, List<LocalDate> later, boolean isComputed) {

        /** The rejections of one kind. */
        public List<Rejection> of(String kind) {
            return rejections.stream()
                    .filter(rejection -> rejection.kind().equals(kind))
                    .toList();
        }
    }

    /**
     * What is not in the current release: feeds whose latest load failed; rows refused in any load up to the release,
     * unless a later version of their key was accepted; counts of rows that its computation excluded. For a feed with
     * full extracts only the latest load counts, since it contains everything. A key that was refused several times is
     * listed with its latest refusal. A row with an unreadable key stays listed, since it cannot be recognised when it
     * is delivered again. A row with an empty key does not belong to the feed; it is listed only for the latest load,
     * as are the counts of duplicate and superseded rows. If an earlier version of a refused key still counts, the
     * message names it with its age.
     *
     * @param feed only this feed; null for all
     */
    public Found ofCurrentRelease(@Nullable String feed) {
        Release release = releases.current();
        FeedLoads loads = FeedLoads.read(dataSource, feed, null);
        List<Rejection> found = new ArrayList<>(failed(loads));
        Map<String, List<FeedLoads.RecordedLoad>> byFeed = new LinkedHashMap<>();
        loads.ofRelease(release).forEach(load -> byFeed.computeIfAbsent(load.feed(), first -> new ArrayList<>())
                .add(load));
        byFeed.forEach((name, behind) -> found.addAll(withVersions(name, uncorrected(name, behind))));
        byFeed.values().forEach(behind -> found.addAll(notUsed(behind.subList(behind.size() - 1, behind.size()))));
        found.addAll(
                release == null
                        ? inNoFigure(feed, null, null)
                        : inNoFigure(feed, release.businessDate(), release.releasedAt()));
        return new Found(release, found, loads.notIn(release), ledger.isComputed(null));
    }

    /**
     * What the latest loads and the latest computation of a business date refused and excluded, even if it has been
     * corrected since.
     */
    public Found on(LocalDate businessDate, @Nullable String feed) {
        FeedLoads loads = FeedLoads.read(dataSource, feed, businessDate);
        List<Rejection> found = new ArrayList<>(failed(loads));
        for (FeedLoads.RecordedLoad load : loads.latest()) {
            found.addAll(withVersions(
                    load.feed(),
                    refusals(List.of(load)).stream().map(Refused::rejection).toList()));
        }
        found.addAll(notUsed(loads.latest()));
        found.addAll(inNoFigure(feed, businessDate, null));
        return new Found(null, found, List.of(), ledger.isComputed(businessDate));
    }

    private static List<Rejection> failed(FeedLoads loads) {
        return loads.latest().stream()
                .filter(FeedLoads.RecordedLoad::hasFailed)
                .map(load -> new Rejection(
                        Rejection.FAILED,
                        load.feed(),
                        load.businessDate(),
                        Rejection.LOAD_FAILED,
                        null,
                        null,
                        null,
                        null,
                        load.message() == null ? "cause unknown" : load.message()))
                .toList();
    }

    /** Rows that were not used because another row of their key was, and values that could not be read. */
    private List<Rejection> notUsed(List<FeedLoads.RecordedLoad> loads) {
        List<Rejection> found = new ArrayList<>();
        for (FeedLoads.RecordedLoad load : loads) {
            if (load.repeated() > 0) {
                found.add(notUsed(
                        Rejection.REPEATED,
                        load,
                        Rejection.ROW_REPEATED,
                        null,
                        load.repeated(),
                        "exact duplicate of an earlier row of the same extract, which was loaded"));
            }
            if (load.superseded() > 0) {
                found.add(notUsed(
                        Rejection.SUPERSEDED,
                        load,
                        Rejection.ROW_SUPERSEDED,
                        null,
                        load.superseded(),
                        "a later version of the key is in the same extract, or in one of a later date"));
            }
            unreadable
                    .of(load.loadId())
                    .forEach((column, values) -> found.add(notUsed(
                            Rejection.UNREADABLE,
                            load,
                            Rejection.VALUE_UNREADABLE,
                            column,
                            values,
                            "the value could not be read, and the row was stored without it")));
        }
        return found;
    }

    private static Rejection notUsed(
            String kind, FeedLoads.RecordedLoad load, String code, @Nullable String field, long rows, String message) {
        return new Rejection(kind, load.feed(), load.businessDate(), code, field, rows, null, null, message);
    }

    /** The refused rows of a feed, each with the earlier version of its key that still counts, if there is one. */
    private List<Rejection> withVersions(String feed, List<Rejection> refused) {
        Set<String> keys = new HashSet<>();
        refused.stream().map(Rejection::rowKey).filter(Objects::nonNull).forEach(keys::add);
        Map<String, LocalDate> current = versions.current(feed, keys);
        return refused.stream()
                .map(row -> row.rowKey() == null ? row : row.keeping(current.get(row.rowKey())))
                .toList();
    }

    /** A refused row and the place of its load among those of the feed. */
    private record Refused(Rejection rejection, int order) {}

    private List<Rejection> uncorrected(String feed, List<FeedLoads.RecordedLoad> behind) {
        if (sendsEverything(feed)) {
            return refusals(behind.subList(behind.size() - 1, behind.size())).stream()
                    .map(Refused::rejection)
                    .toList();
        }
        List<Refused> refused = refusals(behind);
        Map<String, Integer> latestRefusal = new HashMap<>();
        for (Refused row : refused) {
            if (row.rejection().rowKey() != null) {
                latestRefusal.merge(row.rejection().rowKey(), row.order(), Math::max);
            }
        }
        Set<String> corrected = corrected(feed, behind, latestRefusal);
        int latest = behind.size() - 1;
        return refused.stream()
                .filter(row -> !row.rejection().code().equals(SUPERSEDED))
                .filter(row ->
                        !row.rejection().code().equals(RefusedRow.Code.KEY_EMPTY.name()) || row.order() == latest)
                .filter(row -> row.rejection().rowKey() == null
                        || (!corrected.contains(row.rejection().rowKey())
                                && row.order()
                                        == latestRefusal.getOrDefault(
                                                row.rejection().rowKey(), -1)))
                .map(Refused::rejection)
                .toList();
    }

    /** Keys that a load after their latest refusal stored or deleted. */
    private Set<String> corrected(
            String feed, List<FeedLoads.RecordedLoad> behind, Map<String, Integer> latestRefusal) {
        if (latestRefusal.isEmpty()) {
            return Set.of();
        }
        Map<String, Integer> orders = new HashMap<>();
        behind.forEach(load -> orders.put(load.loadId(), orders.size()));
        LocalDate from = behind.get(Collections.min(latestRefusal.values())).businessDate();
        Set<String> corrected = new HashSet<>();
        versions.loads(feed, latestRefusal.keySet(), from).forEach((key, loadIds) -> {
            int refusal = latestRefusal.getOrDefault(key, Integer.MAX_VALUE);
            if (loadIds.stream().anyMatch(load -> orders.getOrDefault(load, -1) > refusal)) {
                corrected.add(key);
            }
        });
        return corrected;
    }

    private boolean sendsEverything(String feed) {
        return force != null
                && force.feeds().stream()
                        .anyMatch(one -> one.name().equals(feed) && one.extract() == Feed.Extract.FULL);
    }

    /** The refused rows of these loads, in the order of the loads and of their kinds. */
    private List<Refused> refusals(List<FeedLoads.RecordedLoad> loads) {
        Map<String, Integer> orders = new HashMap<>();
        loads.forEach(load -> orders.put(load.loadId(), orders.size()));
        return ledger.refused(loads.stream().map(FeedLoads.RecordedLoad::loadId).toList()).stream()
                .map(row -> new Refused(
                        new Rejection(
                                Rejection.REFUSED,
                                row.feed(),
                                row.businessDate(),
                                row.code(),
                                row.field(),
                                1L,
                                row.origin(),
                                row.rowKey(),
                                row.message()),
                        orders.getOrDefault(row.loadId(), -1)))
                .toList();
    }

    /** The counts of the latest computation, see {@link AccountLedger#latest}. */
    private List<Rejection> inNoFigure(
            @Nullable String feed, @Nullable LocalDate businessDate, @Nullable Instant until) {
        List<Rejection> found = new ArrayList<>();
        for (AccountLedger.Account account : accounts.latest(feed, businessDate, until)) {
            account.rows()
                    .excluded()
                    .forEach(one -> found.add(counted(
                            Rejection.EXCLUDED, account, one.code(), one.rowCount(), RunResult.reason(force, one))));
            found.add(counted(
                    Rejection.AHEAD,
                    account,
                    Rejection.ROW_AHEAD,
                    account.rows().aheadCount(),
                    "all that is known of the item lies after the last day that is counted"));
            found.add(counted(
                    Rejection.OUT_OF_SCOPE,
                    account,
                    Rejection.ROW_OUT_OF_SCOPE,
                    account.rows().outOfScope().rowCount(),
                    RunSummary.describe(account.rows().outOfScope())));
        }
        found.removeIf(rejection -> Objects.equals(rejection.rowCount(), 0L));
        return found;
    }

    private static Rejection counted(
            String kind, AccountLedger.Account account, String code, long rowCount, String message) {
        return new Rejection(
                kind, account.rows().feed(), account.businessDate(), code, null, rowCount, null, null, message);
    }
}
