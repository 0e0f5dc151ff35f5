package uk.fpw.warehouse.store.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/**
 * Stores counts and test results of runs in {@code ops}, whether or not they lead to a release, and answers the audit's
 * queries about loads.
 */
public final class ResultLedger {

    private static final int MESSAGE_LENGTH = 2000;
    private static final long FEW = 5;
    private static final long FEW_OF = 20;

    private final OpsDatabase ops;

    public ResultLedger(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * A load of a feed.
     *
     * @param fileName name of the file, table or query read
     * @param sourceDate date of the file or state of the source: the business date or an earlier one
     * @param received number of rows in the file; null if they could not be counted
     * @param accounted rows loaded, unchanged, repeated, superseded, refused or kept out; null if one of these
     *     was not counted
     */
    public record AccountedLoad(
            String feed,
            String fileName,
            LocalDate sourceDate,
            @Nullable Long received,
            @Nullable Long accounted) {}

    /**
     * Stores the results of a run, replacing earlier ones of the same run, in a transaction separate from that of
     * {@link #add}.
     */
    public void record(RunId runId, MetricsResult result) {
        ops.inTransaction(statements -> {
            for (String table :
                    List.of("ops.quality_result", "ops.feed_account", "ops.exclusion_count", "ops.later_date")) {
                statements.update("delete from " + table + " where run_id = ?", runId);
            }
            for (MetricsResult.QualityResult test : result.quality()) {
                insert(statements, runId, test);
            }
            for (MetricsResult.FeedAccount account : result.accounts()) {
                insert(statements, runId, account);
            }
            return runId;
        });
    }

    /**
     * Adds test results about differences from the current release. {@link #record(RunId, MetricsResult)} deletes those
     * of the run.
     */
    public void add(RunId runId, List<MetricsResult.QualityResult> changes) {
        ops.inTransaction(statements -> {
            for (MetricsResult.QualityResult change : changes) {
                insert(statements, runId, change);
            }
            return runId;
        });
    }

    /**
     * Deletes results of passed tests in runs before a time; findings are kept.
     *
     * @param kept releases whose runs keep all results
     */
    public void deletePassed(Instant before, Collection<ReleaseId> kept) {
        if (kept.isEmpty()) {
            return; // There is no release yet.
        }
        List<@Nullable Object> values = new ArrayList<>(List.of(OpsDatabase.time(before)));
        values.addAll(kept);
        ops.update(
                "delete from ops.quality_result where failed_count = 0 "
                        + "and run_id in (select run_id from ops.night where started_at < ?) "
                        + "and run_id not in (select run_id from ops.release where release_id in ("
                        + String.join(", ", Collections.nCopies(kept.size(), "?")) + "))",
                values.toArray());
    }

    /** How the candidate of a run differed from the previous release, as far as that did not prevent the release. */
    public List<MetricsResult.QualityResult> changes(RunId runId) {
        List<@Nullable Object> values = new ArrayList<>(List.of(runId));
        values.addAll(AcceptableLimit.codesOfQueues());
        values.add("DEFINITION");
        return ops.list(
                "select table_name, code, severity, failed_count, message from ops.quality_result "
                        + "where run_id = ? and severity = 'warning' and code in ("
                        + String.join(", ", Collections.nCopies(values.size() - 1, "?"))
                        + ") order by table_name, code",
                row -> new MetricsResult.QualityResult(
                        row.getString("table_name"),
                        row.getString("code"),
                        row.getString("severity"),
                        row.getLong("failed_count"),
                        row.getString("message")),
                values.toArray());
    }

    /**
     * Those of the given tests that found the same in the run of the previous release: with the same message or, for
     * tests of sources that are never quite right, at most a twentieth or five more. Findings about a change always
     * count as new.
     */
    public Set<MetricsResult.QualityResult> foundBefore(
            ReleaseId releaseId, Collection<MetricsResult.QualityResult> tests) {
        Set<MetricsResult.QualityResult> before = new HashSet<>(ops.list(
                """
                select table_name, code, severity, failed_count, message
                from ops.quality_result
                where failed_count > 0 and run_id = (
                    select run_id from ops.release
                    where released_at < (select released_at from ops.release where release_id = ?)
                    order by released_at desc
                    fetch first 1 row only
                )""",
                row -> new MetricsResult.QualityResult(
                        row.getString("table_name"),
                        row.getString("code"),
                        row.getString("severity"),
                        row.getLong("failed_count"),
                        row.getString("message")),
                releaseId));
        return tests.stream()
                .filter(test -> before.stream().anyMatch(earlier -> isTold(earlier, test)))
                .collect(Collectors.toSet());
    }

    private static boolean isTold(MetricsResult.QualityResult before, MetricsResult.QualityResult now) {
        if (!before.table().equals(now.table())
                || !before.code().equals(now.code())
                || AuditResult.isOfAChange(now.code())) {
            return false;
        }
        return AuditResult.isCounted(now.code())
                ? now.failedCount() <= before.failedCount() + Math.max(FEW, before.failedCount() / FEW_OF)
                : before.failedCount() == now.failedCount() && before.message().equals(stored(now.message()));
    }

    /** A failed test in a run of a date. */
    public record Finding(
            LocalDate businessDate, String table, String code, String severity, long failedCount, String message) {

        private static final Pattern OF = Pattern.compile("[0-9,]+ of ([0-9,]+) .*", Pattern.DOTALL);

        /** Of how many rows or items the failing ones are; null if the test does not say. */
        public @Nullable Long checkedCount() {
            Matcher said = OF.matcher(message);
            return said.matches() ? Long.valueOf(said.group(1).replace(",", "")) : null;
        }
    }

    /** Findings of the latest runs, newest first, up to a number. */
    public List<Finding> latestFindings(int count) {
        return ops.list(
                """
                select n.business_date, q.table_name, q.code, q.severity, q.failed_count, q.message
                from ops.quality_result as q
                inner join ops.night as n on q.run_id = n.run_id
                where q.failed_count > 0
                order by n.started_at desc, q.table_name, q.code
                fetch first\
                """ + " " + count + " rows only",
                row -> new Finding(
                        row.getObject("business_date", LocalDate.class),
                        row.getString("table_name"),
                        row.getString("code"),
                        row.getString("severity"),
                        row.getLong("failed_count"),
                        row.getString("message")));
    }

    /**
     * The latest complete load of each file, table or query that became known on the business date or was read for it
     * before, in whichever run.
     */
    public List<AccountedLoad> loads(LocalDate businessDate) {
        return ops.list(
                """
                select feed, file_name, coalesce(source_date, business_date) as read_date, received_count,
                    loaded_count + unchanged_count + repeated_count + coalesce(superseded_count, 0)
                        + refused_count + coalesce(kept_out_count, 0) as accounted_count
                from (
                    select l.*, row_number() over (partition by feed, source_date order by started_at desc, load_id) \
                as recency
                    from ops.feed_load as l
                    where business_date <= ? and (source_date = ? or business_date = ?) and status = 'loaded'
                ) as latest
                where recency = 1
                order by feed, source_date""",
                row -> new AccountedLoad(
                        row.getString("feed"),
                        String.valueOf(row.getString("file_name")),
                        row.getObject("read_date", LocalDate.class),
                        row.getObject("received_count", Long.class),
                        row.getObject("accounted_count", Long.class)),
                businessDate,
                businessDate,
                businessDate);
    }

    /**
     * By feed, the number of rows that its latest load up to the business date held back from deletion; without feeds
     * that have none.
     */
    public Map<String, Long> heldRows(LocalDate businessDate) {
        Map<String, Long> held = new HashMap<>();
        ops.list("""
                select feed, held_count
                from (
                    select l.*, row_number() over (partition by feed order by source_date desc, started_at desc, \
                load_id) as recency
                    from ops.feed_load as l
                    where business_date <= ? and status = 'loaded'
                ) as latest
                where recency = 1 and held_count > 0\
                """, row -> Map.entry(row.getString("feed"), row.getLong("held_count")), businessDate)
                .forEach(feed -> held.put(feed.getKey(), feed.getValue()));
        return held;
    }

    private static void insert(OpsStatements statements, RunId runId, MetricsResult.QualityResult test)
            throws SQLException {
        statements.update(
                """
                insert into ops.quality_result (run_id, table_name, code, severity, failed_count, message)
                values (?, ?, ?, ?, ?, ?)""",
                runId,
                test.table(),
                test.code(),
                test.severity(),
                test.failedCount(),
                // Limited to the length of the column.
                stored(test.message()));
    }

    private static String stored(String message) {
        return message.substring(0, Math.min(MESSAGE_LENGTH, message.length()));
    }

    private static void insert(OpsStatements statements, RunId runId, MetricsResult.FeedAccount account)
            throws SQLException {
        statements.update(
                """
                insert into ops.feed_account (run_id, feed, current_count, used_count, excluded_count, ahead_count,
                    out_of_scope_count, were_in_scope_count, scope_changed_count)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                runId,
                account.feed(),
                account.currentCount(),
                account.usedCount(),
                account.rowsExcluded(),
                account.aheadCount(),
                account.outOfScope().rowCount(),
                account.outOfScope().wereInScopeCount(),
                account.outOfScope().changedCount());
        for (MetricsResult.LaterDates later : account.laterDates()) {
            statements.update(
                    "insert into ops.later_date (run_id, feed, column_name, row_count) values (?, ?, ?, ?)",
                    runId,
                    account.feed(),
                    later.column(),
                    later.rowCount());
        }
        for (MetricsResult.Excluded reason : account.excluded()) {
            statements.update(
                    "insert into ops.exclusion_count (run_id, feed, code, row_count) values (?, ?, ?, ?)",
                    runId,
                    account.feed(),
                    reason.code(),
                    reason.rowCount());
            if (reason.example() != null) {
                statements.update(
                        "insert into ops.exclusion_example (run_id, feed, code, example) values (?, ?, ?, ?)",
                        runId,
                        account.feed(),
                        reason.code(),
                        reason.example()
                                .substring(
                                        0,
                                        Math.min(
                                                MESSAGE_LENGTH, reason.example().length())));
            }
        }
    }
}
