package uk.fpw.warehouse.store.ledger.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/** The status of loads in {@code ops}, for users. */
public final class LoadStatus {

    private final OpsDatabase ops;

    public LoadStatus(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The latest load of a feed, completed or not. Unknown counts are null.
     *
     * @param finishedAt end time; null while running or if it was killed
     * @param before rows that were current before it
     * @param changed of these, rows that it changed
     */
    public record LatestLoad(
            String loadId,
            String feed,
            LocalDate businessDate,
            String status,
            @Nullable Instant finishedAt,
            @Nullable Long received,
            @Nullable Long loaded,
            @Nullable Long unchanged,
            @Nullable Long repeated,
            @Nullable Long superseded,
            @Nullable Long refused,
            @Nullable Long keptOut,
            @Nullable Long deleted,
            @Nullable Long emptyKey,
            @Nullable Long held,
            @Nullable Long before,
            @Nullable Long changed) {}

    /** The latest load of each feed that was not withdrawn, sorted by feed. */
    public List<LatestLoad> latest() {
        return latest(1, "status <> 'withdrawn'");
    }

    /** The latest loads of each feed that ended as loaded, up to a number, sorted by feed, newest first. */
    public List<LatestLoad> loaded(int count) {
        return latest(count, "status = 'loaded'");
    }

    private List<LatestLoad> latest(int count, String condition) {
        return ops.list(
                """
                select latest.*
                from (
                    select l.*, row_number() over (partition by feed order by started_at desc) as recency
                    from ops.feed_load l
                    where l.%s
                ) as latest
                where recency <= ?
                order by feed, recency""".formatted(condition),
                row -> new LatestLoad(
                        row.getString("load_id"),
                        row.getString("feed"),
                        row.getObject("business_date", LocalDate.class),
                        row.getString("status"),
                        OpsDatabase.instant(row, "finished_at"),
                        count(row, "received_count"),
                        count(row, "loaded_count"),
                        count(row, "unchanged_count"),
                        count(row, "repeated_count"),
                        OpsDatabase.has(row, "superseded_count") ? count(row, "superseded_count") : null,
                        count(row, "refused_count"),
                        OpsDatabase.has(row, "kept_out_count") ? count(row, "kept_out_count") : null,
                        count(row, "deleted_count"),
                        count(row, "empty_key_count"),
                        count(row, "held_count"),
                        count(row, "before_count"),
                        count(row, "changed_count")),
                count);
    }

    /**
     * The last comparison of a feed that reads changes of a database with its whole source.
     *
     * @param on business date of that load; null if there was none
     * @param nextOn business date of the next comparison; null if never
     * @param aboveGap number of rows that are read in every run because they are above a gap of the cursor
     * @param added number of new rows that the comparison found and the cursor had missed
     * @param changed the same for changed rows
     * @param deleted the same for deleted rows
     */
    public record Comparison(
            String feed,
            @Nullable LocalDate on,
            @Nullable LocalDate nextOn,
            long aboveGap,
            long added,
            long changed,
            long deleted) {}

    /** The comparisons of feeds that read changes of a database, sorted by feed. */
    public List<Comparison> comparisons() {
        return ops.list(
                """
                select
                    latest.feed, latest.reconciled_on, latest.next_reconcile_on, latest.above_gap_count,
                    compared.reconciled_added_count, compared.reconciled_changed_count, \
                compared.reconciled_deleted_count
                from (
                    select l.*, row_number() over (partition by feed order by started_at desc) as recency
                    from ops.feed_load l
                    where status = 'loaded' and reconcile is not null
                ) as latest
                left join (
                    select l.*, row_number() over (partition by feed order by started_at desc) as recency
                    from ops.feed_load l
                    where status = 'loaded' and reconciled_added_count is not null
                ) as compared on compared.feed = latest.feed and compared.recency = 1
                where latest.recency = 1
                order by latest.feed""",
                row -> new Comparison(
                        row.getString("feed"),
                        OpsDatabase.date(row, "reconciled_on"),
                        OpsDatabase.date(row, "next_reconcile_on"),
                        row.getLong("above_gap_count"),
                        row.getLong("reconciled_added_count"),
                        row.getLong("reconciled_changed_count"),
                        row.getLong("reconciled_deleted_count")));
    }

    /**
     * A withdrawn release or load.
     *
     * @param what description, such as {@code release 2016-01-12.1}
     * @param at time of withdrawal
     * @param by operating-system user
     */
    public record Withdrawn(String what, Instant at, String by, String reason) {}

    /** Withdrawals, latest first. */
    public List<Withdrawn> withdrawn(int count) {
        return ops.list(
                """
                select 'release ' || release_id as what, withdrawn_at, withdrawn_by, withdrawn_reason
                from ops.release
                where withdrawn_at is not null
                union all
                select 'load ' || load_id || ' of feed ' || feed, withdrawn_at, withdrawn_by, withdrawn_reason
                from ops.feed_load
                where withdrawn_at is not null
                order by withdrawn_at desc, what
                fetch first %d rows only""".formatted(count),
                row -> new Withdrawn(
                        row.getString("what"),
                        row.getObject("withdrawn_at", OffsetDateTime.class).toInstant(),
                        row.getString("withdrawn_by"),
                        row.getString("withdrawn_reason")));
    }

    private static @Nullable Long count(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }
}
