package uk.fpw.warehouse.load;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
import uk.fpw.warehouse.force.Feed;

/**
 * What {@code ops} says of loads: {@code ops.feed_load} and {@code ops.refusal}. A copy for people; where it differs from {@code raw}, {@link #heal} mends it. Each method
 * is a transaction of its own, so that the refusals of a load that fails remain.
 */
public final class LoadLedger {

    /**
     * By the clock that stamped both; a release that was made after the withdrawal is not among them, since it is not there yet. A load that changed nothing changed no release either.
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
                )""";

    static final String LOADED = "loaded";
    static final String WITHDRAWN = "withdrawn";

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;
    private static final int MAX_MESSAGE = 4000;
    private static final int MAX_KEY = 400;
    private static final int MAX_REFUSAL_MESSAGE = 1000;

    private final OpsTransactions ops;
    private final Clock clock;

    /** A ledger in that database. */
    public LoadLedger(DataSource dataSource, Clock clock) {
        this.ops = new OpsTransactions(dataSource);
        this.clock = clock;
    }

    /** Notes that a load has begun. */
    public void begin(
            String loadId, String runId, String feed, LocalDate businessDate, LocalDate sourceDate, String fileName) {
        run(
                "insert into ops.feed_load (load_id, run_id, feed, business_date, source_date, status, file_name, started_at)"
                        + " values (?, ?, ?, ?, ?, 'running', ?, ?)",
                statement -> {
                    statement.setString(1, loadId);
                    statement.setString(2, runId);
                    statement.setString(3, feed);
                    statement.setObject(4, businessDate);
                    statement.setObject(5, sourceDate);
                    statement.setString(6, fileName);
                    setInstant(statement, 7, clock.instant());
                    return statement.executeUpdate();
                });
    }

    /** Keeps refused rows. */
    public void refuse(String loadId, String feed, String fileName, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        run(
                "insert into ops.refusal (load_id, line_number, feed, file_name, row_key, field, code, message, value_shown)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> {
                    for (Refusal refusal : refusals) {
                        statement.setString(1, loadId);
                        statement.setLong(2, refusal.line());
                        statement.setString(3, feed);
                        statement.setString(4, fileName);
                        statement.setString(5, cut(refusal.key(), MAX_KEY));
                        statement.setString(6, refusal.field());
                        statement.setString(7, refusal.code().name());
                        statement.setString(8, cut(refusal.message(), MAX_REFUSAL_MESSAGE));
                        statement.setString(9, refusal.valueShown());
                        statement.addBatch();
                    }
                    return statement.executeBatch().length;
                });
    }

    /**
     * Notes that a load is complete.
     *
     * @param rawSnapshotId its snapshot; null if it changed nothing
     * @param watermark up to where changes are known; null if they are not found by a cursor
     * @param note what a person should know of it all the same; null if nothing
     */
    public void loaded(
            String loadId,
            String fileDigest,
            LoadCounts counts,
            @Nullable Long rawSnapshotId,
            @Nullable Watermark watermark,
            @Nullable String note) {
        finish(loadId, LOADED, fileDigest, counts, rawSnapshotId, watermark, note);
    }

    /**
     * Notes of a load of a feed of changes in a database, before it is complete, how it found them.
     *
     * @param reconcile how the feed says that what its cursor does not tell is found; null if that is not known
     * @param reconciled when the whole source was last compared; null if never
     * @param aboveGap rows above a gap of the cursor; null if that is not known
     */
    public void changesFound(
            String loadId,
            Feed.@Nullable Reconcile reconcile,
            @Nullable LastReconcile reconciled,
            @Nullable Long aboveGap) {
        LastReconcile.Found found = reconciled == null ? null : reconciled.found();
        LocalDate next = reconcile == null || reconcile.isNever() || reconciled == null
                ? null
                : reconciled.on().plusDays(reconcile.everyDays());
        run(
                "update ops.feed_load set reconcile = ?, reconciled_on = ?, next_reconcile_on = ?, reconciled_added_count = ?,"
                        + " reconciled_changed_count = ?, reconciled_deleted_count = ?, above_gap_count = ? where load_id = ?",
                statement -> {
                    statement.setString(1, reconcile == null ? null : reconcile.toString());
                    statement.setObject(2, reconciled == null ? null : reconciled.on(), Types.DATE);
                    statement.setObject(3, next, Types.DATE);
                    statement.setObject(4, found == null ? null : found.added(), Types.BIGINT);
                    statement.setObject(5, found == null ? null : found.changed(), Types.BIGINT);
                    statement.setObject(6, found == null ? null : found.deleted(), Types.BIGINT);
                    statement.setObject(7, aboveGap, Types.BIGINT);
                    statement.setString(8, loadId);
                    return statement.executeUpdate();
                });
    }

    /** Business date of the latest complete load of a feed that compared its whole source; null if none did. */
    public @Nullable LocalDate reconciledOn(String feed) {
        return run("select max(reconciled_on) from ops.feed_load where feed = ? and status = 'loaded'", statement -> {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, LocalDate.class) : null;
            }
        });
    }

    /** Notes that a load has failed, with what is known of its rows. */
    public void failed(String loadId, @Nullable String fileDigest, @Nullable LoadCounts counts, String message) {
        finish(loadId, "failed", fileDigest, counts, null, null, message);
    }

    /**
     * Makes {@code ops.feed_load} agree with {@code raw}: rows that are missing or incomplete are rebuilt from the record of the load or of its withdrawal, and what was left running by a process
     * that is gone is marked as failed. Must be called by the holder of the lock only, before it begins a load of that feed.
     *
     * @return rows that were mended
     */
    public int heal(RawTable raw) {
        return new LedgerRecovery(this, ops).recover(raw);
    }

    /** Notes that a load was taken back, and marks the releases that were made with it. */
    void withdraw(String loadId, String reason, String by, Instant at) {
        ops.run(connection -> {
            try (PreparedStatement load = connection.prepareStatement(
                            "update ops.feed_load set status = 'withdrawn', withdrawn_reason = ?, withdrawn_by = ?, withdrawn_at = ? where load_id = ?");
                    PreparedStatement releases = connection.prepareStatement(RELEASES_OF_LOAD)) {
                load.setString(1, cut(reason, MAX_REASON));
                load.setString(2, cut(by, MAX_USER));
                setInstant(load, 3, at);
                load.setString(4, loadId);
                releases.setString(1, loadId);
                releases.executeUpdate();
                return load.executeUpdate();
            }
        });
    }

    /** The dates whose file, or state of the source, the loads of a feed began to read; true for those that a load completed. A date whose load was withdrawn counts as not read. */
    public NavigableMap<LocalDate, Boolean> sourceDates(String feed) {
        NavigableMap<LocalDate, Boolean> dates = new TreeMap<>();
        run(
                "select coalesce(source_date, business_date), status from ops.feed_load where feed = ? and status <> 'withdrawn'",
                statement -> {
                    statement.setString(1, feed);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            dates.merge(
                                    rows.getObject(1, LocalDate.class),
                                    rows.getString(2).equals(LOADED),
                                    Boolean::logicalOr);
                        }
                    }
                    return dates.size();
                });
        return dates;
    }

    /** What complete loads have read of files. */
    public ReadFiles readFiles() {
        return new ReadFiles(ops);
    }

    /** What became of the latest load of each date. */
    public LatestLoads latestLoads() {
        return new LatestLoads(ops);
    }

    /** Names of the files that complete loads of these feeds have read. */
    public Set<String> filesRead(Collection<String> feeds) {
        Set<String> names = new HashSet<>();
        for (String feed : feeds) {
            run("select distinct file_name from ops.feed_load where feed = ? and status = 'loaded'", statement -> {
                statement.setString(1, feed);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        names.add(String.valueOf(rows.getString(1)));
                    }
                }
                return names.size();
            });
        }
        return names;
    }

    /**
     * The complete loads of a feed that read a later date than this one.
     *
     * @return the business date and the date that was read, by load id
     */
    public Map<String, LoadDates> loadsAfter(String feed, LocalDate sourceDate) {
        Map<String, LoadDates> loads = new HashMap<>();
        run(
                "select load_id, business_date, source_date from ops.feed_load where feed = ? and status = 'loaded' and source_date > ?",
                statement -> {
                    statement.setString(1, feed);
                    statement.setObject(2, sourceDate);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            loads.put(
                                    rows.getString(1),
                                    new LoadDates(
                                            rows.getObject(2, LocalDate.class), rows.getObject(3, LocalDate.class)));
                        }
                    }
                    return loads.size();
                });
        return loads;
    }

    /**
     * The two dates of a load.
     *
     * @param businessDate known-on of its rows
     * @param sourceDate the date whose file, or state of the source, was read
     */
    public record LoadDates(LocalDate businessDate, LocalDate sourceDate) {}

    /** By feed, up to which date its complete loads that are known on the business date have brought it; feeds that were never loaded are not in it. */
    public Map<String, LocalDate> completeTo(LocalDate businessDate) {
        Map<String, LocalDate> dates = new TreeMap<>();
        String sql =
                "select feed, max(coalesce(source_date, business_date)) from ops.feed_load where status = 'loaded' and business_date <= ? group by feed";
        run(sql, statement -> {
            statement.setObject(1, businessDate);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    dates.put(rows.getString(1), rows.getObject(2, LocalDate.class));
                }
            }
            return dates.size();
        });
        return dates;
    }

    /** Latest business date of a load that committed rows of the feed to {@code raw}; null before the first. Nothing earlier may be loaded, since what is known on a date never decreases. */
    public @Nullable LocalDate latestCommittedDate(String feed) {
        String sql =
                "select max(business_date) from ops.feed_load where feed = ? and status = 'loaded' and raw_snapshot_id is not null";
        return run(sql, statement -> {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, LocalDate.class) : null;
            }
        });
    }

    private void finish(
            String loadId,
            String status,
            @Nullable String fileDigest,
            @Nullable LoadCounts counts,
            @Nullable Long rawSnapshotId,
            @Nullable Watermark watermark,
            @Nullable String message) {
        List<@Nullable Long> numbers = new ArrayList<>();
        if (counts == null) {
            for (int index = 0; index < 10; index++) {
                numbers.add(null);
            }
        } else {
            numbers.addAll(List.of(
                    counts.received(),
                    counts.loaded(),
                    counts.unchanged(),
                    counts.repeated(),
                    counts.refused(),
                    counts.deleted(),
                    counts.flagged(),
                    counts.emptyKey(),
                    counts.unreadableKey(),
                    counts.held()));
        }
        numbers.add(rawSnapshotId);
        run(
                "update ops.feed_load set status = ?, file_digest = ?, received_count = ?, loaded_count = ?, unchanged_count = ?,"
                        + " repeated_count = ?, refused_count = ?, deleted_count = ?, flagged_count = ?, empty_key_count = ?, unreadable_key_count = ?, held_count = ?, raw_snapshot_id = ?, finished_at = ?, message = ?, watermark = ?"
                        + " where load_id = ?",
                statement -> {
                    statement.setString(1, status);
                    statement.setString(2, fileDigest);
                    for (int index = 0; index < numbers.size(); index++) {
                        statement.setObject(index + 3, numbers.get(index), Types.BIGINT);
                    }
                    setInstant(statement, 14, clock.instant());
                    statement.setString(15, cut(message, MAX_MESSAGE));
                    statement.setString(16, watermark == null ? null : watermark.value());
                    statement.setString(17, loadId);
                    return statement.executeUpdate();
                });
    }

    private <T> @Nullable T run(String sql, OpsTransactions.StatementWork<T> work) {
        return ops.run(sql, work);
    }

    static void setInstant(PreparedStatement statement, int index, Instant instant) throws SQLException {
        statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
