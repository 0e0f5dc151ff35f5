package uk.fpw.warehouse.store.rewrite;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.RetentionPeriod;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;
import uk.fpw.warehouse.store.frozen.FrozenRowWriter;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Removes rows from a whole warehouse whose time is over ({@code retain} of a feed): all their versions, in every
 * snapshot and stored release. Before that it keeps the rows of the current release about periods that cannot be
 * computed again, which later releases copy, so that no published period changes. Rows that their source still sends
 * are kept out from then on.
 *
 * <p>{@link #find} counts and changes nothing; {@link #run} removes. Steps and their interruption are those of
 * {@link Erasing}; a killed removal is run again, or finished by {@link Erasing#finish}. It needs no list of erasures:
 * a restored backup lacks the horizon as well as the removal, and is brought up to date by the next removal. The
 * caller holds the warehouse lock.
 */
public final class Retaining {

    private static final String COMMAND = "fpw retain";

    private final DataSource dataSource;
    private final WarehouseCatalog catalog;
    private final Force force;
    private final LockGuard guard;
    private final RowRemoval removal;

    public Retaining(
            DataSource dataSource,
            WarehouseCatalog catalog,
            Force force,
            LockGuard guard,
            Clock clock,
            Consumer<String> progress) {
        this.dataSource = dataSource;
        this.catalog = catalog;
        this.force = force;
        this.guard = guard;
        this.removal = new RowRemoval(
                dataSource,
                catalog,
                force,
                guard,
                clock,
                progress,
                new RowRemoval.Wording(COMMAND, "removed", "retention"));
    }

    /**
     * Rows of a feed that stay although they were closed long ago.
     *
     * @param heldCount those that are held
     * @param waitingCount those whose item still waits in a queue
     * @param laterCount those whose item left a queue, or has an event, since
     */
    public record Kept(long heldCount, long waitingCount, long laterCount) {}

    /**
     * The rows of a feed whose time is over.
     *
     * @param horizon which rows are kept out once these are removed
     * @param keys keys of rows, each the only one of its item
     */
    public record FeedRows(RetentionPeriod period, RetentionLedger.Horizon horizon, Set<String> keys, Kept kept) {

        /** Contains no key. */
        @Override
        public String toString() {
            return keys.size() + " rows that were closed before " + horizon.retainedFrom();
        }
    }

    /**
     * What is to be removed.
     *
     * @param release the current release, whose periods stand
     * @param feeds the feeds with {@code retain} that have rows, by name
     * @param frozenTo by queue, first day of the periods that are computed again when the rows are gone; without queues
     *     whose rows all stay
     */
    public record Plan(Release release, Map<String, FeedRows> feeds, Map<String, LocalDate> frozenTo) {

        /** Whether no row is to be removed. */
        public boolean isEmpty() {
            return feeds.values().stream().allMatch(feed -> feed.keys().isEmpty());
        }

        private Erasing.Rows rows() {
            Map<String, Set<String>> keys = new HashMap<>();
            removed().forEach((feed, rows) -> keys.put(feed, rows.keys()));
            return new Erasing.Rows(keys, Set.of());
        }

        private Map<String, FeedRows> removed() {
            Map<String, FeedRows> removed = new TreeMap<>();
            feeds.forEach((feed, rows) -> {
                if (!rows.keys().isEmpty()) {
                    removed.put(feed, rows);
                }
            });
            return removed;
        }
    }

    /** Finds what is to be removed by the business date of the current release; null if there is no release yet. */
    public @Nullable Plan plan() {
        Release current = new Releases(dataSource).current();
        if (current == null) {
            return null;
        }
        Map<String, FeedRows> feeds = new DueRows(dataSource, catalog, force, guard).in(current);
        Map<String, LocalDate> after = new TreeMap<>(new RetentionLedger(dataSource).retainedFrom());
        feeds.forEach((feed, rows) -> {
            if (!rows.keys().isEmpty()) {
                after.put(feed, rows.horizon().retainedFrom());
            }
        });
        return new Plan(current, feeds, FrozenRowTable.to(force, after));
    }

    /** Counts what a removal would take from every table and stored release; changes nothing. */
    public Erasing.Found find(WarehouseIdentity identity, Plan plan) {
        return removal.find(identity, plan.rows());
    }

    /**
     * Removes what is planned.
     *
     * @param identity identity of the database
     * @throws FpwException with {@code AUDIT_FAILED} if a release would differ in anything but the removed rows;
     *     nothing is changed then
     */
    public Erasing.Found run(
            WarehouseIdentity identity, Plan plan, String reason, String by, Instant startedAt, ReleaseAudit audit) {
        Map<String, FeedRows> removed = plan.removed();
        Map<String, LocalDate> before = new RetentionLedger(dataSource).retainedFrom();
        Map<String, LocalDate> after = new TreeMap<>(before);
        removed.forEach((feed, rows) -> after.put(feed, rows.horizon().retainedFrom()));
        new FrozenRowWriter(catalog, guard).write(force, plan.release(), before, after);
        Map<String, String> ids = new TreeMap<>();
        removed.keySet().forEach(feed -> ids.put(feed, UUID.randomUUID().toString()));
        return removal.run(
                identity,
                plan.rows(),
                null,
                audit,
                (connection, rewritten) -> new RowRemoval.Records(List.copyOf(ids.values()), by, switchedAt -> {
                    Erasing.Found found = rewritten.found();
                    Map<ReleaseId, Map<String, Long>> releases = found.releases();
                    int tables = rewritten.tableCount();
                    for (Map.Entry<String, FeedRows> feed : removed.entrySet()) {
                        String id = Objects.requireNonNull(ids.get(feed.getKey()));
                        Erasures.record(
                                connection,
                                id,
                                cause(feed.getKey(), feed.getValue(), reason, by, startedAt),
                                switchedAt,
                                counts(feed.getKey(), feed.getValue(), found, tables, releases.size()),
                                releases,
                                false);
                        RetentionLedger.record(
                                connection, id, feed.getKey(), feed.getValue().horizon());
                        // Recorded once: they lost the rows of all feeds together.
                        releases = Map.of();
                        tables = 0;
                    }
                }));
    }

    private static Erasures.Cause cause(String feed, FeedRows rows, String reason, String by, Instant startedAt) {
        return new Erasures.Cause(Erasures.Kind.RETENTION, feed, rows.period().toString(), reason, by, startedAt);
    }

    private static Erasures.Counts counts(
            String feed, FeedRows rows, Erasing.Found found, int tableCount, int releaseCount) {
        return new Erasures.Counts(
                found.rows().getOrDefault(WarehouseCatalog.RAW + "." + feed, 0L),
                rows.keys().size(),
                tableCount,
                releaseCount);
    }
}
