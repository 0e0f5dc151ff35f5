package uk.fpw.nightly.night;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps {@code ops.night}: one row per attempt, from its start to its end. */
final class NightLedger {

    private static final int MESSAGE_LENGTH = 4000;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    NightLedger(DataSource dataSource, Clock clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.clock = clock;
    }

    /** Marks nights that were killed: whoever holds the lock knows that no other night runs. Answers their run ids. */
    List<String> abandonUnfinished() {
        List<String> runs = jdbc.queryForList(
                "select run_id from ops.night where status = 'running' order by started_at", String.class);
        runs.forEach(run -> jdbc.update(
                "update ops.night set status = 'abandoned', message = 'the process ended without a word; noticed by a later night' where run_id = ?",
                run));
        return runs;
    }

    /** The latest business date that was ever released or loaded; null before the first. */
    @Nullable
    LocalDate latestBusinessDate() {
        return jdbc.queryForObject("""
                select max(business_date) from (
                    select business_date from ops.release
                    union all
                    select business_date from ops.feed_load where status = 'loaded') as known""", LocalDate.class);
    }

    void begin(String runId, LocalDate businessDate, String releaseId) {
        jdbc.update(
                "insert into ops.night (run_id, business_date, started_at, status, release_id) values (?, ?, ?, 'running', ?)",
                runId,
                businessDate,
                clock.instant().atOffset(ZoneOffset.UTC),
                releaseId);
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
