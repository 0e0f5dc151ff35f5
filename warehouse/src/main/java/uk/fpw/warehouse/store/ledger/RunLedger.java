package uk.fpw.warehouse.store.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.ExitCode;

/** Maintains {@code ops.night}: one row per attempt, from start to end. */
public final class RunLedger {

    /** The command of a complete nightly run. */
    public static final String NIGHTLY = "nightly";

    /**
     * Maximum age of an interrupted run that may be continued, so that rows from databases are not from too many points
     * in time.
     */
    private static final Duration RESUMABLE_WITHIN = Duration.ofHours(24);

    private static final int MESSAGE_LENGTH = 4000;

    private final OpsDatabase ops;
    private final Clock clock;

    public RunLedger(DataSource dataSource, Clock clock) {
        this.ops = new OpsDatabase(dataSource);
        this.clock = clock;
    }

    /**
     * A candidate computed for a business date.
     *
     * @param runId the run that computed it, whose folder contains the result
     * @param isReleased whether it has become a release
     * @param forceDigest digest of the force folder it was computed with; null if not recorded
     */
    public record Computed(
            RunId runId,
            ReleaseId releaseId,
            boolean isReleased,
            @Nullable String forceDigest) {}

    /**
     * One attempt.
     *
     * @param finishedAt end time; null while running or if it was killed
     * @param exitCode null if {@code finishedAt} is
     * @param releaseId the release or candidate it created; null for an ingest
     * @param message what went wrong; null if nothing did
     */
    public record Run(
            RunId runId,
            LocalDate businessDate,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            String status,
            @Nullable Integer exitCode,
            @Nullable ReleaseId releaseId,
            @Nullable String message) {}

    /**
     * Marks runs that were killed; the holder of the lock knows that no other run is active. A run whose release exists
     * counts as released with a later step failed. Returns the new status by run.
     */
    public Map<RunId, String> abandonUnfinished() {
        List<RunId> runs =
                ops.list("select run_id from ops.night where status = 'running' order by started_at", RunLedger::runId);
        Map<RunId, String> marked = new LinkedHashMap<>();
        for (RunId run : runs) {
            int released = ops.update("""
                    update ops.night
                    set status = 'released', exit_code = 8,
                        message = 'the process terminated unexpectedly after the release'
                    where run_id = ? and release_id in (select release_id from ops.release)""", run);
            if (released == 0) {
                ops.update("""
                        update ops.night set status = 'abandoned',
                            message = 'the process terminated unexpectedly; noticed by a later run'
                        where run_id = ?""", run);
            }
            marked.put(run, released == 0 ? "abandoned" : "released");
        }
        return marked;
    }

    /**
     * Runs of a business date that were killed or stopped by a service manager before their release, since the last
     * completed run of that date; only those with the same force folder that started in the last 24 hours. A run
     * resumes where they stopped. A run stopped from the keyboard counts as completed, since the reason may be a
     * problem in a source.
     */
    public Set<RunId> interruptedRuns(LocalDate businessDate, String forceDigest) {
        List<EarlierRun> latestFirst = ops.list(
                """
                select night.run_id, night.status, night.exit_code, night.force_digest,
                    made.release_id is not null as is_released
                from ops.night as night
                left outer join ops.release as made on night.release_id = made.release_id
                where night.business_date = ? and night.command = ? and night.status <> 'running' and night.started_at \
                > ?
                order by night.started_at desc""",
                row -> new EarlierRun(
                        runId(row),
                        row.getString("status"),
                        row.getInt("exit_code"),
                        row.getString("force_digest"),
                        row.getBoolean("is_released")),
                businessDate,
                NIGHTLY,
                OpsDatabase.time(clock.instant().minus(RESUMABLE_WITHIN)));
        return latestFirst.stream()
                .takeWhile(EarlierRun::wasInterrupted)
                .filter(run -> forceDigest.equals(run.forceDigest()))
                .map(EarlierRun::runId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private record EarlierRun(
            RunId runId,
            String status,
            int exitCode,
            @Nullable String forceDigest,
            boolean isReleased) {

        boolean wasInterrupted() {
            return !isReleased
                    && (status.equals("abandoned") || (status.equals("failed") && ExitCode.isStopByManager(exitCode)));
        }
    }

    /**
     * The latest business date of a release, or of a load that committed rows to {@code raw}; null before the first.
     * Runs that failed before committing anything, and anything withdrawn, do not count and so do not block earlier
     * dates.
     */
    public @Nullable LocalDate latestBusinessDate() {
        return ops.first("""
                select max(business_date) as latest
                from (
                    select business_date from ops.release where withdrawn_at is null
                    union all
                    select business_date from ops.feed_load where status = 'loaded' and raw_snapshot_id is not null
                ) as known""", row -> OpsDatabase.date(row, "latest"));
    }

    /** The latest candidate of a business date; null if only failed runs or none computed one. */
    public @Nullable Computed latestComputed(LocalDate businessDate) {
        return ops.first(
                """
                select run_id, release_id, status, force_digest
                from ops.night
                where business_date = ? and status in ('computed', 'released') and release_id is not null
                order by started_at desc
                fetch first 1 row only""",
                row -> new Computed(
                        runId(row),
                        ReleaseId.of(row.getString("release_id")),
                        row.getString("status").equals("released"),
                        row.getString("force_digest")),
                businessDate);
    }

    /**
     * Feeds whose rows have changed since a run started: a load of that date or an earlier one was committed or
     * withdrawn afterwards.
     */
    public List<String> feedsLoadedSince(RunId runId, LocalDate businessDate) {
        return ops.list("""
                select distinct load.feed
                from ops.feed_load as load
                cross join ops.night as night
                where night.run_id = ?
                    and load.business_date <= ?
                    and load.raw_snapshot_id is not null
                    and (
                        (load.status = 'loaded' and load.finished_at > night.started_at)
                        or load.withdrawn_at > night.started_at
                    )
                order by load.feed""", row -> row.getString("feed"), runId, businessDate);
    }

    /** The latest attempts, newest first. */
    public List<Run> latest(int count) {
        return ops.list(
                "select run_id, business_date, started_at, finished_at, status, exit_code, release_id, message"
                        + " from ops.night order by started_at desc fetch first " + count + " rows only",
                row -> new Run(
                        runId(row),
                        row.getObject("business_date", LocalDate.class),
                        OpsDatabase.instant(row, "started_at"),
                        OpsDatabase.instant(row, "finished_at"),
                        row.getString("status"),
                        row.getObject("exit_code", Integer.class),
                        releaseId(row),
                        row.getString("message")));
    }

    /** Ids of attempts started after a time. */
    public List<RunId> runsSince(Instant moment) {
        return ops.list(
                "select run_id from ops.night where started_at > ?", RunLedger::runId, OpsDatabase.time(moment));
    }

    private static RunId runId(ResultSet row) throws SQLException {
        return RunId.of(row.getString("run_id"));
    }

    private static @Nullable ReleaseId releaseId(ResultSet row) throws SQLException {
        String id = row.getString("release_id");
        return id == null ? null : ReleaseId.of(id);
    }

    /**
     * Records the start of a run.
     *
     * @param command nightly, ingest, metrics or release
     * @param feed feed of an ingest; null otherwise
     * @param releaseId id of its candidate; null if it creates none
     */
    public void begin(
            RunId runId,
            LocalDate businessDate,
            String command,
            @Nullable String feed,
            @Nullable ReleaseId releaseId,
            String forceDigest) {
        ops.update("""
                insert into ops.night (run_id, business_date, started_at, status, release_id, command, feed, \
                force_digest)
                values (?, ?, ?, 'running', ?, ?, ?, ?)\
                """, runId, businessDate, OpsDatabase.time(clock.instant()), releaseId, command, feed, forceDigest);
    }

    /** Records the end of a run; a run already marked as abandoned stays so. */
    public void end(RunId runId, String status, int exitCode, @Nullable String message) {
        ops.update(
                """
                update ops.night
                set status = ?, exit_code = ?, finished_at = ?, message = ?
                where run_id = ? and status = 'running'""",
                status,
                exitCode,
                OpsDatabase.time(clock.instant()),
                message == null || message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH),
                runId);
    }
}
