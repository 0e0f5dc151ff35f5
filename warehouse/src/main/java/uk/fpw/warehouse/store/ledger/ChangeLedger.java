package uk.fpw.warehouse.store.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.LimitBreaches;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.RowChanges;

/**
 * What {@code ops.feed_load} says about rows found and changed by loads. It is a copy of the records in {@code raw}.
 * Fails with {@code UNAVAILABLE} if the database does not respond.
 */
public final class ChangeLedger {

    private static final int MAX_EMPTIED = 4000;

    private final OpsDatabase ops;

    public ChangeLedger(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /** Records the changes of a load that is already in {@code ops.feed_load}. */
    public void record(String loadId, RowChanges changes) {
        ops.inTransaction(statements -> record(statements, loadId, changes));
    }

    /** Records by how much a load exceeds its limits, for the person who may accept it. */
    public void exceeded(String loadId, LimitBreaches breaches) {
        String text = breaches.text();
        ops.update(
                "update ops.feed_load set exceeded = ? where load_id = ?",
                text.length() > MAX_EMPTIED ? null : text,
                loadId);
    }

    /** Adds the changes of those loads of a feed for which {@code ops} lacks them because the process was killed. */
    public void complete(String feed, List<Load> loads) {
        ops.inTransaction(statements -> {
            Set<String> unknown = new HashSet<>(statements.list(
                    "select load_id from ops.feed_load where feed = ? and before_count is null",
                    row -> row.getString("load_id"),
                    feed));
            int completed = 0;
            for (Load load : loads) {
                RowChanges changes = load.changes();
                if (changes != null && unknown.contains(load.loadId())) {
                    completed += record(statements, load.loadId(), changes);
                }
            }
            return completed;
        });
    }

    /** The loads of the days up to and including a business date, and of as many days before. */
    public ChangeHistory history(String feed, LocalDate businessDate) {
        LocalDate start = businessDate.minusDays(ChangeHistory.DAYS);
        List<ChangeHistory.Past> loads = ops.list(
                """
                select business_date, loaded_count, deleted_count, before_count, changed_count, emptied, accepted
                from ops.feed_load
                where feed = ? and status = 'loaded' and before_count is not null and business_date > ? and \
                business_date <= ?
                order by business_date, started_at""",
                row -> new ChangeHistory.Past(
                        row.getObject("business_date", LocalDate.class),
                        row.getLong("loaded_count"),
                        row.getLong("deleted_count"),
                        new RowChanges(
                                row.getLong("before_count"),
                                row.getLong("changed_count"),
                                RowChanges.emptied(text(row, "emptied")),
                                AcceptableLimit.parse(text(row, "accepted")))),
                feed,
                start.minusDays(ChangeHistory.DAYS),
                businessDate);
        Map<Boolean, List<ChangeHistory.Past>> isRecent = loads.stream()
                .collect(Collectors.partitioningBy(load -> load.businessDate().isAfter(start)));
        return new ChangeHistory(isRecent.getOrDefault(true, List.of()), isRecent.getOrDefault(false, List.of()));
    }

    private static int record(OpsStatements statements, String loadId, RowChanges changes) throws SQLException {
        String emptied = changes.emptiedText();
        return statements.update(
                "update ops.feed_load set before_count = ?, changed_count = ?, emptied = ?, accepted = ? where "
                        + "load_id = ?",
                changes.before(),
                changes.changed(),
                // A feed that loses values in a hundred columns has been stopped already.
                emptied.length() > MAX_EMPTIED ? "" : emptied,
                AcceptableLimit.texts(changes.accepted()),
                loadId);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        @Nullable String value = row.getString(column);
        return value == null ? "" : value;
    }
}
