package uk.fpw.warehouse.store.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The record of notices that did not reach everybody, in {@code ops.failed_notice}. Every method fails with {@code
 * UNAVAILABLE} if the database does not respond.
 */
public final class FailedNotices {

    /** The channel of e-mails. */
    public static final String MAIL = "mail";

    /** The channel of the webhook. */
    public static final String WEBHOOK = "webhook";

    /** Every channel: the settings are wrong, or the notice could not be written. */
    public static final String ALL = "all";

    private final OpsDatabase ops;

    public FailedNotices(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * A channel that has not worked since its first of these failures.
     *
     * @param since first failure after it last worked
     * @param failedAt latest failure
     * @param event what was to be told then, such as {@code released}
     * @param reason kind of that failure, in words without addresses
     * @param count how many notices failed since it worked
     */
    public record Unresolved(String channel, Instant since, Instant failedAt, String event, String reason, int count) {}

    /**
     * Records durably what became of a notice. Earlier failures of channels that did not fail now are resolved: they
     * work again, or are no longer set.
     *
     * @param event what was to be told, such as {@code released}
     * @param failed by channel that failed, the kind of the failure, in words without addresses
     */
    public void record(Instant at, String event, Map<String, String> failed) {
        ops.inTransaction(statements -> {
            for (String channel : List.of(MAIL, WEBHOOK, ALL)) {
                String reason = failed.get(channel);
                // settings that cannot be read tell nothing of the channels
                if (reason == null && !failed.containsKey(ALL)) {
                    statements.update(
                            "update ops.failed_notice set resolved_at = ? where channel = ? and resolved_at is null",
                            OpsDatabase.time(at),
                            channel);
                } else if (reason != null) {
                    statements.update("""
                            insert into ops.failed_notice (notice_number, failed_at, event, channel, reason)
                            select coalesce(max(notice_number), 0) + 1, cast(? as timestamp with time zone),
                                cast(? as varchar(20)), cast(? as varchar(20)), cast(? as varchar(100))
                            from ops.failed_notice""", OpsDatabase.time(at), event, channel, reason);
                }
            }
            return true;
        });
    }

    /**
     * The channels that do not work, by name; none in a database not yet used by this version.
     *
     * @param after only those whose latest failure is later
     */
    public List<Unresolved> unresolved(Instant after) {
        if (!ops.hasTable("failed_notice")) {
            return List.of();
        }
        return ops.list(
                """
                select latest.channel, latest.failed_at, latest.event, latest.reason, failures.since,
                    failures.notice_count
                from ops.failed_notice as latest
                inner join (
                    select channel, min(failed_at) as since, max(notice_number) as latest_number,
                        count(*) as notice_count
                    from ops.failed_notice
                    where resolved_at is null
                    group by channel
                ) as failures on failures.latest_number = latest.notice_number
                where latest.failed_at > ?
                order by latest.channel""",
                row -> new Unresolved(
                        row.getString("channel"),
                        Objects.requireNonNull(OpsDatabase.instant(row, "since")),
                        Objects.requireNonNull(OpsDatabase.instant(row, "failed_at")),
                        row.getString("event"),
                        row.getString("reason"),
                        row.getInt("notice_count")),
                OpsDatabase.time(after));
    }
}
