package uk.fpw.publish;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.warehouse.run.MetricsResult;

/** Keeps what was counted and tested in a night in {@code ops}, whether or not it becomes a release. */
final class Results {

    private static final int MESSAGE_LENGTH = 2000;

    private final JdbcTemplate jdbc;

    Results(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void record(String runId, MetricsResult result) {
        for (String table : List.of("ops.quality_result", "ops.feed_account", "ops.exclusion_count")) {
            jdbc.update("delete from " + table + " where run_id = ?", runId);
        }
        for (MetricsResult.QualityResult test : result.quality()) {
            insert(runId, test);
        }
        for (MetricsResult.FeedAccount account : result.accounts()) {
            jdbc.update(
                    "insert into ops.feed_account (run_id, feed, current_count, used_count, excluded_count) values (?, ?, ?, ?, ?)",
                    runId,
                    account.feed(),
                    account.currentCount(),
                    account.usedCount(),
                    excluded(account));
            for (MetricsResult.Excluded reason : account.excluded()) {
                jdbc.update(
                        "insert into ops.exclusion_count (run_id, feed, code, row_count) values (?, ?, ?, ?)",
                        runId,
                        account.feed(),
                        reason.code(),
                        reason.rowCount());
            }
        }
    }

    /** Keeps how the candidate departs from the current release; what was recorded of the run before goes with {@link #record(String, MetricsResult)}. */
    void record(String runId, List<ReleaseLimits.Verdict> departures) {
        for (ReleaseLimits.Verdict verdict : departures) {
            insert(
                    runId,
                    new MetricsResult.QualityResult(
                            verdict.queue(),
                            verdict.code(),
                            verdict.stops() ? "stop" : "warning",
                            verdict.count(),
                            verdict.message()));
        }
    }

    /** How the candidate of a run departed from the release before it, as far as it stopped nothing. */
    List<MetricsResult.QualityResult> departures(String runId) {
        return jdbc.query(
                """
                select table_name, code, severity, failed_count, message from ops.quality_result
                where run_id = ? and severity = 'warning' and code in ('SPELLS', 'TOTAL', 'CLOSURES', 'FEW_ITEMS_LEFT_OUT', 'DEFINITION')
                order by table_name, code""",
                (row, number) -> new MetricsResult.QualityResult(
                        row.getString("table_name"),
                        row.getString("code"),
                        row.getString("severity"),
                        row.getLong("failed_count"),
                        row.getString("message")),
                runId);
    }

    /** The latest complete load of each file, table or query that became known on the business date, or was read for it before; whichever run made it. */
    List<Load> loads(LocalDate businessDate) {
        return jdbc.query(
                """
                select feed, coalesce(source_date, business_date) as read_date, received_count, loaded_count + unchanged_count + repeated_count + refused_count as accounted_count
                from (
                    select l.*, row_number() over (partition by feed, source_date order by started_at desc, load_id) as recency
                    from ops.feed_load as l
                    where business_date <= ? and (source_date = ? or business_date = ?) and status = 'loaded'
                ) as latest
                where recency = 1
                order by feed, source_date""",
                (row, number) -> new Load(
                        row.getString("feed"),
                        row.getObject("read_date", LocalDate.class),
                        row.getObject("received_count", Long.class),
                        row.getObject("accounted_count", Long.class)),
                businessDate,
                businessDate,
                businessDate);
    }

    private void insert(String runId, MetricsResult.QualityResult test) {
        jdbc.update(
                "insert into ops.quality_result (run_id, table_name, code, severity, failed_count, message) values (?, ?, ?, ?, ?, ?)",
                runId,
                test.table(),
                test.code(),
                test.severity(),
                test.failedCount(),
                test.message()
                        .substring(0, Math.min(MESSAGE_LENGTH, test.message().length())));
    }

    /** By feed, the rows that its latest load up to the business date held back from deletion; feeds without such are not in it. */
    Map<String, Long> heldRows(LocalDate businessDate) {
        Map<String, Long> held = new HashMap<>();
        jdbc.query(
                """
                select feed, held_count
                from (
                    select l.*, row_number() over (partition by feed order by source_date desc, started_at desc, load_id) as recency
                    from ops.feed_load as l
                    where business_date <= ? and status = 'loaded'
                ) as latest
                where recency = 1 and held_count > 0""",
                row -> {
                    held.put(row.getString("feed"), row.getLong("held_count"));
                },
                businessDate);
        return held;
    }

    static long excluded(MetricsResult.FeedAccount account) {
        return account.excluded().stream()
                .mapToLong(MetricsResult.Excluded::rowCount)
                .sum();
    }
}
