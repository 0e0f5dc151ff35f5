package uk.fpw.warehouse.store.ledger.feed;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.load.LastReconcile;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * The loads in {@code ops}: {@code ops.feed_load} and {@code ops.refusal}, a readable copy of the records in
 * {@code raw}. Each method is a separate transaction, so that refusals of a failed load are kept.
 */
public final class LoadLedger {

    /**
     * By clock time on both sides. A release created after the withdrawal does not exist yet. A load that changed
     * nothing did not change any release.
     */
    private static final String RELEASES_OF_LOAD = """
        insert into ops.release_withdrawn_load (release_id, load_id)
        select r.release_id, l.load_id
        from ops.release as r
        inner join ops.feed_load as l
            on r.business_date >= l.business_date and r.released_at >= coalesce(l.finished_at, l.started_at)
        where l.load_id = ? and l.raw_snapshot_id is not null
            and not exists (
                select 1
                from ops.release_withdrawn_load as marked
                where marked.release_id = r.release_id and marked.load_id = l.load_id
            )\
        """;

    /** Status of a complete load. */
    public static final String LOADED = "loaded";

    /** Status of a load that did not complete. */
    static final String FAILED = "failed";

    /** Status of a complete load that was withdrawn. */
    public static final String WITHDRAWN = "withdrawn";

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;
    private static final int MAX_MESSAGE = 4000;
    private static final int MAX_KEY = 400;
    private static final int MAX_REFUSAL_MESSAGE = 1000;

    private final OpsDatabase ops;
    private final Clock clock;

    public LoadLedger(DataSource dataSource, Clock clock) {
        this.ops = new OpsDatabase(dataSource);
        this.clock = clock;
    }

    /** Records the start of a load. */
    public void begin(
            String loadId, RunId runId, String feed, LocalDate businessDate, LocalDate sourceDate, String fileName) {
        insert(loadId, runId, feed, new LoadDates(businessDate, sourceDate), fileName, clock.instant());
    }

    /** Records a load that is only in {@code raw}; its run is unknown. */
    public void insertCommitted(Load load) {
        insert(
                load.loadId(),
                null,
                load.feed(),
                new LoadDates(load.businessDate(), load.source().date()),
                load.source().fileName(),
                load.commit().committedAt());
    }

    private void insert(
            String loadId, @Nullable RunId runId, String feed, LoadDates dates, String fileName, Instant startedAt) {
        ops.update(
                """
            insert into ops.feed_load (load_id, run_id, feed, business_date, source_date, status, file_name, \
            started_at)
            values (?, ?, ?, ?, ?, 'running', ?, ?)\
            """,
                loadId,
                runId,
                feed,
                dates.businessDate(),
                dates.sourceDate(),
                fileName,
                OpsDatabase.time(startedAt));
    }

    /** Records the date that a load has read, if it was not known before reading. */
    public void dated(String loadId, LocalDate sourceDate) {
        ops.update("update ops.feed_load set source_date = ? where load_id = ?", sourceDate, loadId);
    }

    /** Stores refused rows. */
    public void refuse(String loadId, String feed, String fileName, List<RefusedRow> refusedRows) {
        if (refusedRows.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (RefusedRow refused : refusedRows) {
            rows.add(new @Nullable Object[] {
                loadId,
                refused.line(),
                feed,
                fileName,
                OpsDatabase.cut(refused.key(), MAX_KEY),
                refused.field(),
                refused.code().name(),
                OpsDatabase.cut(refused.message(), MAX_REFUSAL_MESSAGE),
                refused.valueShown()
            });
        }
        ops.inTransaction(statements -> {
            statements.updateAll("""
                    insert into ops.refusal (load_id, line_number, feed, file_name, row_key, field, code, message, \
                    value_shown)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """, rows);
            return rows.size();
        });
    }

    /**
     * Records the completion of a load.
     *
     * @param rawSnapshotId snapshot of the load; null if it changed nothing
     * @param watermark position up to which changes are known; null if they are not found by a cursor
     * @param note note for the operator; null if none
     */
    public void loaded(
            String loadId,
            String fileDigest,
            LoadCounts counts,
            @Nullable Long rawSnapshotId,
            @Nullable Watermark watermark,
            @Nullable String note) {
        finish(loadId, fileDigest, counts, new End(LOADED, rawSnapshotId, watermark, note));
    }

    /**
     * Records how a load of changes from a database found them, before it completes.
     *
     * @param reconcile how the feed finds changes that its cursor misses; null if unknown
     * @param reconciled when the whole source was last compared; null if never
     * @param aboveGap number of rows above a gap of the cursor; null if unknown
     */
    public void changesFound(
            String loadId,
            Origin.@Nullable Reconcile reconcile,
            @Nullable LastReconcile reconciled,
            @Nullable Long aboveGap) {
        LastReconcile.Found found = reconciled == null ? null : reconciled.found();
        LocalDate next = reconcile == null || reconcile.isNever() || reconciled == null
                ? null
                : reconciled.on().plusDays(reconcile.everyDays());
        ops.update(
                """
                update ops.feed_load
                set reconcile = ?, reconciled_on = ?, next_reconcile_on = ?, reconciled_added_count = ?,
                    reconciled_changed_count = ?, reconciled_deleted_count = ?, above_gap_count = ?
                where load_id = ?\
                """,
                reconcile == null ? null : reconcile.toString(),
                reconciled == null ? null : reconciled.on(),
                next,
                found == null ? null : found.added(),
                found == null ? null : found.changed(),
                found == null ? null : found.deleted(),
                aboveGap,
                loadId);
    }

    /** Business date of the latest complete load of a feed that compared the whole source; null if none did. */
    public @Nullable LocalDate reconciledOn(String feed) {
        return ops.first(
                "select max(reconciled_on) as latest from ops.feed_load where feed = ? and status = 'loaded'",
                row -> OpsDatabase.date(row, "latest"),
                feed);
    }

    /** Records the failure of a load, with what is known of its rows. */
    public void failed(String loadId, @Nullable String fileDigest, @Nullable LoadCounts counts, String message) {
        finish(loadId, fileDigest, counts, new End(FAILED, null, null, message));
    }

    /** Records the withdrawal of a load, and marks the releases created with it. */
    public void withdraw(String loadId, String reason, String by, Instant at) {
        ops.inTransaction(statements -> {
            statements.update(RELEASES_OF_LOAD, loadId);
            return statements.update(
                    """
                    update ops.feed_load
                    set status = 'withdrawn', withdrawn_reason = ?, withdrawn_by = ?, withdrawn_at = ?
                    where load_id = ?\
                    """,
                    OpsDatabase.cut(reason, MAX_REASON),
                    OpsDatabase.cut(by, MAX_USER),
                    OpsDatabase.time(at),
                    loadId);
        });
    }

    /** The status of every load of a feed, by load id. */
    public Map<String, String> statuses(String feed) {
        Map<String, String> statuses = new HashMap<>();
        ops.list(
                "select load_id, status from ops.feed_load where feed = ?",
                row -> statuses.put(row.getString("load_id"), row.getString("status")),
                feed);
        return statuses;
    }

    /** Ids of the completed loads of all feeds, including those withdrawn since. */
    public Set<String> completedIds() {
        return Set.copyOf(ops.list(
                "select load_id from ops.feed_load where status in ('loaded', 'withdrawn')",
                row -> row.getString("load_id")));
    }

    /**
     * The dates whose file or state of the source the loads of a feed started to read; true if a load completed. Dates
     * of withdrawn loads count as not read.
     */
    public NavigableMap<LocalDate, Boolean> sourceDates(String feed) {
        NavigableMap<LocalDate, Boolean> dates = new TreeMap<>();
        ops.list(
                """
                select coalesce(source_date, business_date) as read_date, status
                from ops.feed_load
                where feed = ? and status <> 'withdrawn'\
                """,
                row -> dates.merge(
                        row.getObject("read_date", LocalDate.class),
                        row.getString("status").equals(LOADED),
                        Boolean::logicalOr),
                feed);
        return dates;
    }

    /** The files read by complete loads. */
    public ProcessedFiles processedFiles() {
        return new ProcessedFiles(ops);
    }

    /** The columns that loads found in the sources of feeds. */
    public SourceColumns sourceColumns() {
        return new SourceColumns(ops);
    }

    /** The number of items of feeds that differ from another one only in blanks and case. */
    public ItemSpellingCounts itemSpellings() {
        return new ItemSpellingCounts(ops);
    }

    /** The databases that loads have read, and which ranges of their rows were compared. */
    public SourceContinuity sourceContinuity() {
        return new SourceContinuity(ops);
    }

    /** The erased rows to keep out. */
    public Tombstones tombstones() {
        return new Tombstones(ops);
    }

    /** From which day on the rows of feeds are all there. */
    public RetentionLedger retention() {
        return new RetentionLedger(ops);
    }

    /** The number of values that loads could not read. */
    public UnreadableValues unreadableValues() {
        return new UnreadableValues(ops);
    }

    /** Status of the latest load of each date. */
    public LatestLoads latestLoads() {
        return new LatestLoads(ops);
    }

    /** Names of the files read by complete loads of these feeds. */
    public Set<String> filesRead(Collection<String> feeds) {
        Set<String> names = new HashSet<>();
        for (String feed : feeds) {
            names.addAll(ops.list(
                    "select distinct file_name from ops.feed_load where feed = ? and status = 'loaded'",
                    row -> String.valueOf(row.getString("file_name")),
                    feed));
        }
        return names;
    }

    /**
     * The complete loads of a feed that read a later date.
     *
     * @return the business date and the date read, by load id
     */
    public Map<String, LoadDates> loadsAfter(String feed, LocalDate sourceDate) {
        Map<String, LoadDates> loads = new HashMap<>();
        ops.list(
                """
                select load_id, business_date, source_date
                from ops.feed_load
                where feed = ? and status = 'loaded' and source_date > ?\
                """,
                row -> loads.put(
                        row.getString("load_id"),
                        new LoadDates(
                                row.getObject("business_date", LocalDate.class),
                                row.getObject("source_date", LocalDate.class))),
                feed,
                sourceDate);
        return loads;
    }

    /**
     * The dates of a load.
     *
     * @param businessDate known-on date of its rows
     * @param sourceDate date of the file or state of the source
     */
    public record LoadDates(LocalDate businessDate, LocalDate sourceDate) {}

    /**
     * By feed, the latest date of its complete loads as known on the business date; without feeds that were never
     * loaded.
     */
    public Map<String, LocalDate> completeTo(LocalDate businessDate) {
        Map<String, LocalDate> dates = new TreeMap<>();
        ops.list(
                """
                select feed, max(coalesce(source_date, business_date)) as complete_to
                from ops.feed_load
                where status = 'loaded' and business_date <= ?
                group by feed\
                """,
                row -> dates.put(row.getString("feed"), row.getObject("complete_to", LocalDate.class)),
                businessDate);
        return dates;
    }

    /**
     * The latest business date of a load that committed rows of the feed to {@code raw}; null before the first. Earlier
     * dates cannot be loaded any more, because business dates must not decrease.
     */
    public @Nullable LocalDate latestCommittedDate(String feed) {
        return ops.first("""
            select max(business_date) as latest
            from ops.feed_load
            where feed = ? and status = 'loaded' and raw_snapshot_id is not null\
            """, row -> OpsDatabase.date(row, "latest"), feed);
    }

    /** How a load ended. */
    private record End(
            String status,
            @Nullable Long rawSnapshotId,
            @Nullable Watermark watermark,
            @Nullable String message) {}

    private void finish(String loadId, @Nullable String fileDigest, @Nullable LoadCounts counts, End end) {
        ops.update(
                """
                update ops.feed_load
                set status = ?, file_digest = ?, received_count = ?, loaded_count = ?, unchanged_count = ?, \
                repeated_count = ?,
                    superseded_count = ?, refused_count = ?, kept_out_count = ?, deleted_count = ?, \
                flagged_count = ?, empty_key_count = ?, unreadable_key_count = ?,
                    held_count = ?, raw_snapshot_id = ?, finished_at = ?, message = ?, watermark = ?
                where load_id = ?\
                """,
                end.status(),
                fileDigest,
                counts == null ? null : counts.received(),
                counts == null ? null : counts.loaded(),
                counts == null ? null : counts.unchanged(),
                counts == null ? null : counts.repeated(),
                counts == null ? null : counts.superseded(),
                counts == null ? null : counts.refused(),
                counts == null ? null : counts.keptOut(),
                counts == null ? null : counts.deleted(),
                counts == null ? null : counts.flagged(),
                counts == null ? null : counts.emptyKey(),
                counts == null ? null : counts.unreadableKey(),
                counts == null ? null : counts.held(),
                end.rawSnapshotId(),
                OpsDatabase.time(clock.instant()),
                OpsDatabase.cut(end.message(), MAX_MESSAGE),
                end.watermark() == null ? null : end.watermark().value(),
                loadId);
    }
}
