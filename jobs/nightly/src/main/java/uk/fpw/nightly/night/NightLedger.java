package uk.fpw.nightly.night;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.warehouse.run.ExitCode;

/** Keeps {@code ops.night}: one row per attempt, from its start to its end. */
final class NightLedger {

    private static final int MESSAGE_LENGTH = 4000;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    NightLedger(DataSource dataSource, Clock clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.clock = clock;
    }

    /**
     * A candidate that was computed for a business date.
     *
     * @param runId run that computed it, in whose folder its result lies
     * @param isReleased whether it has become a release
     * @param forceDigest digest of the force folder it was computed with; null if it is older than the record of that
     */
    record Computed(
            String runId,
            String releaseId,
            boolean isReleased,
            @Nullable String forceDigest) {}

    /** Marks nights that were killed: whoever holds the lock knows that no other night runs. Answers their run ids. */
    List<String> abandonUnfinished() {
        List<String> runs = jdbc.queryForList(
                "select run_id from ops.night where status = 'running' order by started_at", String.class);
        runs.forEach(run -> jdbc.update(
                "update ops.night set status = 'abandoned', message = 'the process ended without a word; noticed by a later night' where run_id = ?",
                run));
        return runs;
    }

    /**
     * The nights of a business date that were killed or stopped before their release, since a night of that date last came to an end; of them those that worked with the same force folder. A night goes on where they
     * stopped.
     */
    Set<String> interruptedNights(LocalDate businessDate, String forceDigest) {
        List<EarlierNight> latestFirst = jdbc.query(
                """
                select night.run_id, night.status, night.exit_code, night.force_digest, made.release_id is not null as is_released
                from ops.night as night
                left outer join ops.release as made on night.release_id = made.release_id
                where night.business_date = ? and night.command = ? and night.status <> 'running'
                order by night.started_at desc""",
                (row, number) -> new EarlierNight(
                        row.getString("run_id"),
                        row.getString("status"),
                        row.getInt("exit_code"),
                        row.getString("force_digest"),
                        row.getBoolean("is_released")),
                businessDate,
                Assignment.Task.NIGHT.command());
        return latestFirst.stream()
                .takeWhile(EarlierNight::wasInterrupted)
                .filter(night -> forceDigest.equals(night.forceDigest()))
                .map(EarlierNight::runId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private record EarlierNight(
            String runId,
            String status,
            int exitCode,
            @Nullable String forceDigest,
            boolean isReleased) {

        boolean wasInterrupted() {
            return !isReleased
                    && (status.equals("abandoned") || (status.equals("failed") && ExitCode.isStop(exitCode)));
        }
    }

    /**
     * The latest business date of a release, or of a load that committed rows to {@code raw}; null before the first. A night that failed before it committed anything
     * bars no earlier date, nor does what was withdrawn.
     */
    @Nullable
    LocalDate latestBusinessDate() {
        return jdbc.queryForObject("""
                select max(business_date) from (
                    select business_date from ops.release where withdrawn_at is null
                    union all
                    select business_date from ops.feed_load where status = 'loaded' and raw_snapshot_id is not null) as known""", LocalDate.class);
    }

    /** The latest candidate of a business date; null if none was computed, or only by nights that failed. */
    @Nullable
    Computed latestComputed(LocalDate businessDate) {
        List<Computed> found = jdbc.query(
                """
                select run_id, release_id, status, force_digest
                from ops.night
                where business_date = ? and status in ('computed', 'released') and release_id is not null
                order by started_at desc
                fetch first 1 row only""",
                (row, number) -> new Computed(
                        row.getString("run_id"),
                        row.getString("release_id"),
                        row.getString("status").equals("released"),
                        row.getString("force_digest")),
                businessDate);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Feeds whose rows have changed since a run began: a load of the date or an earlier one was committed or withdrawn after it. */
    List<String> feedsLoadedSince(String runId, LocalDate businessDate) {
        return jdbc.queryForList("""
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
                order by load.feed""", String.class, runId, businessDate);
    }

    /** Notes that a run has begun; {@code releaseId} is null for one that makes no candidate. */
    void begin(String runId, Assignment assignment, @Nullable String releaseId, String forceDigest) {
        jdbc.update(
                """
                insert into ops.night (run_id, business_date, started_at, status, release_id, command, feed, force_digest)
                values (?, ?, ?, 'running', ?, ?, ?, ?)""",
                runId,
                assignment.businessDate(),
                clock.instant().atOffset(ZoneOffset.UTC),
                releaseId,
                assignment.task().command(),
                assignment.feed(),
                forceDigest);
    }

    void end(String runId, String status, int exitCode, @Nullable String message) {
        jdbc.update(
                "update ops.night set status = ?, exit_code = ?, finished_at = ?, message = ? where run_id = ? and status = 'running'",
                status,
                exitCode,
                clock.instant().atOffset(ZoneOffset.UTC),
                message == null || message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH),
                runId);
    }
}
