package uk.fpw.warehouse.store.ledger.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.OpsStatements;

/**
 * From which day on the rows of feeds are all there ({@code ops.retention}): those of items that were closed earlier
 * were removed from the warehouse, and are kept out.
 */
public final class RetentionLedger {

    private static final String NOTE_SENT = """
            update ops.retention
            set sent_on = ?, sent_count = ?, sent_sum = ?, sent_key = ?
            where erasure_id = (
                select erasure_id
                from ops.retention
                where feed = ?
                order by retained_from desc, erasure_id desc
                limit 1
            ) and (sent_on is null or sent_on <= ?)""";

    private final OpsDatabase ops;

    RetentionLedger(OpsDatabase ops) {
        this.ops = ops;
    }

    public RetentionLedger(DataSource dataSource) {
        this(new OpsDatabase(dataSource));
    }

    /**
     * Which rows of a feed were removed and are kept out.
     *
     * @param retainedFrom those whose items were closed before this day; the first of a month
     * @param closedColumn column with the date or time at which an item was closed
     * @param zone time zone of the days of that column if it is a time
     */
    public record Horizon(LocalDate retainedFrom, String closedColumn, ZoneId zone) {}

    /**
     * What a full extract had of the rows that are kept out.
     *
     * @param on date of its data
     * @param count number of these rows
     * @param sum sum of their hashes, independent of their order
     * @param keyFingerprint fingerprint of the pseudonym key of the hashes; null if the feed has no pseudonyms
     */
    public record Sent(
            LocalDate on, long count, long sum, @Nullable String keyFingerprint) {}

    /**
     * Records a removal within the transaction that switches the database.
     *
     * @param erasureId the removal in {@code ops.erasure}, which is there
     * @param horizon which rows of the feed are removed
     */
    public static void record(Connection transaction, String erasureId, String feed, Horizon horizon)
            throws SQLException {
        new OpsStatements(transaction)
                .update(
                        """
                        insert into ops.retention (erasure_id, feed, retained_from, closed_column, time_zone)
                        values (?, ?, ?, ?, ?)""",
                        erasureId,
                        feed,
                        horizon.retainedFrom(),
                        horizon.closedColumn(),
                        horizon.zone().getId());
    }

    /** By feed, without feeds from which nothing was removed. */
    public Map<String, Horizon> horizons() {
        Map<String, Horizon> latest = new TreeMap<>();
        ops.list(
                        """
                        select feed, retained_from, closed_column, time_zone
                        from ops.retention
                        order by feed, retained_from""",
                        row -> Map.entry(
                                row.getString("feed"),
                                new Horizon(
                                        row.getObject("retained_from", LocalDate.class),
                                        row.getString("closed_column"),
                                        ZoneId.of(row.getString("time_zone")))))
                .forEach(feed -> latest.put(feed.getKey(), feed.getValue()));
        return latest;
    }

    /** The horizon of a feed; null if nothing was removed from it. */
    public @Nullable Horizon of(String feed) {
        return horizons().get(feed);
    }

    /** What the last full extract of a feed had; null if there was none since rows were removed last. */
    public @Nullable Sent lastSent(String feed) {
        return ops.first(
                """
                select sent_on, sent_count, sent_sum, sent_key
                from ops.retention
                where feed = ?
                order by retained_from desc, erasure_id desc
                limit 1""",
                row -> {
                    LocalDate on = OpsDatabase.date(row, "sent_on");
                    return on == null
                            ? null
                            : new Sent(
                                    on, row.getLong("sent_count"), row.getLong("sent_sum"), row.getString("sent_key"));
                },
                feed);
    }

    /** Replaces {@link #lastSent}, unless that is of a later date. */
    public void note(String feed, Sent sent) {
        ops.update(NOTE_SENT, sent.on(), sent.count(), sent.sum(), sent.keyFingerprint(), feed, sent.on());
    }

    /** By feed, the day from which its items are all there; without feeds from which nothing was removed. */
    public Map<String, LocalDate> retainedFrom() {
        return horizons().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, feed -> feed.getValue()
                .retainedFrom()));
    }
}
