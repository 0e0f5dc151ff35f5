package uk.fpw.warehouse.store.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;

/** What became of the current rows of the feeds in each computation. */
public final class AccountLedger {

    private static final String LATER_DATE = "later_date";
    private static final String EXAMPLE = "exclusion_example";

    private final OpsDatabase ops;

    public AccountLedger(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /** The account of a feed in the computation of a business date. */
    public record Account(LocalDate businessDate, FeedAccount rows) {}

    private record Run(String runId, LocalDate businessDate) {}

    /**
     * The accounts of the latest computation, sorted by feed; empty if there was no computation.
     *
     * @param feed feed to select; null for all
     * @param businessDate business date to select; null for any
     * @param until latest start time of the computation; null for any
     */
    public List<Account> latest(@Nullable String feed, @Nullable LocalDate businessDate, @Nullable Instant until) {
        Run run = ops.first(
                """
                select latest.run_id, latest.business_date
                from ops.night as latest
                where (cast(? as date) is null or latest.business_date = ?)
                    and (
                        cast(? as timestamp with time zone) is null
                        or latest.started_at <= cast(? as timestamp with time zone)
                    )
                    and exists (select 1 from ops.feed_account as a where a.run_id = latest.run_id)
                order by latest.started_at desc
                fetch first 1 row only""",
                row -> new Run(row.getString("run_id"), row.getObject("business_date", LocalDate.class)),
                businessDate,
                businessDate,
                OpsDatabase.time(until),
                OpsDatabase.time(until));
        return run == null ? List.of() : of(run, feed);
    }

    private List<Account> of(Run run, @Nullable String feed) {
        // A database not yet used by this version lacks both.
        boolean knowsLaterDates = ops.hasTable(LATER_DATE);
        Map<List<String>, String> examples = examples(run);
        Map<String, List<Excluded>> excluded = byFeed(
                "select feed, code as name, row_count from ops.exclusion_count where run_id = ? order by feed, code",
                run,
                Excluded::new);
        excluded.replaceAll((of, codes) -> codes.stream()
                .map(code -> new Excluded(code.code(), code.rowCount(), examples.get(List.of(of, code.code()))))
                .toList());
        Map<String, List<LaterDates>> laterDates = knowsLaterDates
                ? byFeed(
                        "select feed, column_name as name, row_count from ops.later_date where run_id = ? "
                                + "order by feed, column_name",
                        run,
                        LaterDates::new)
                : Map.of();
        return ops.list(
                "select feed, current_count, used_count, "
                        + (knowsLaterDates
                                ? "ahead_count, out_of_scope_count, were_in_scope_count, scope_changed_count"
                                : "0 as ahead_count, 0 as out_of_scope_count, 0 as were_in_scope_count, "
                                        + "0 as scope_changed_count")
                        + " from ops.feed_account"
                        + " where run_id = ? and (cast(? as varchar(100)) is null or feed = ?) order by feed",
                row -> new Account(
                        run.businessDate,
                        new FeedAccount(
                                row.getString("feed"),
                                row.getLong("current_count"),
                                row.getLong("used_count"),
                                excluded.getOrDefault(row.getString("feed"), List.of()),
                                row.getLong("ahead_count"),
                                new OutOfScope(
                                        row.getLong("out_of_scope_count"),
                                        row.getLong("were_in_scope_count"),
                                        row.getLong("scope_changed_count")),
                                laterDates.getOrDefault(row.getString("feed"), List.of()))),
                run.runId,
                feed,
                feed);
    }

    /** By feed and code; none in a database not yet used by this version. */
    private Map<List<String>, String> examples(Run run) {
        Map<List<String>, String> examples = new HashMap<>();
        if (ops.hasTable(EXAMPLE)) {
            ops.list(
                            "select feed, code, example from ops.exclusion_example where run_id = ?",
                            row -> Map.entry(
                                    List.of(row.getString("feed"), row.getString("code")), row.getString("example")),
                            run.runId)
                    .forEach(example -> examples.put(example.getKey(), example.getValue()));
        }
        return examples;
    }

    private interface Count<T> {
        T of(String name, long rowCount);
    }

    private record Named<T>(String feed, T count) {}

    private <T> Map<String, List<T>> byFeed(String sql, Run run, Count<T> count) {
        Map<String, List<T>> byFeed = new HashMap<>();
        ops.list(
                        sql,
                        row -> new Named<>(
                                row.getString("feed"), count.of(row.getString("name"), row.getLong("row_count"))),
                        run.runId)
                .forEach(named -> byFeed.computeIfAbsent(named.feed, first -> new ArrayList<>())
                        .add(named.count));
        return byFeed;
    }
}
