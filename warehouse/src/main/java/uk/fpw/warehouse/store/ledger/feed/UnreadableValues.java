package uk.fpw.warehouse.store.ledger.feed;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/**
 * The number of values that loads could not read and stored as null: {@code ops.unreadable_value}, a copy of the row
 * flags in {@code raw}.
 */
public final class UnreadableValues {

    private final OpsDatabase ops;

    UnreadableValues(OpsDatabase ops) {
        this.ops = ops;
    }

    public UnreadableValues(DataSource dataSource) {
        this(new OpsDatabase(dataSource));
    }

    /** Records the counts of a load by column, replacing earlier ones. */
    public void note(String loadId, Map<String, Long> values) {
        ops.inTransaction(statements -> {
            statements.update("delete from ops.unreadable_value where load_id = ?", loadId);
            for (Map.Entry<String, Long> column : values.entrySet()) {
                statements.update(
                        "insert into ops.unreadable_value (load_id, column_name, value_count) values (?, ?, ?)",
                        loadId,
                        column.getKey(),
                        column.getValue());
            }
            return loadId;
        });
    }

    /** The counts of a load by column; empty in a database not yet used by this version. */
    public Map<String, Long> of(String loadId) {
        if (!ops.hasTable("unreadable_value")) {
            return Map.of();
        }
        Map<String, Long> values = new TreeMap<>();
        ops.list(
                "select column_name, value_count from ops.unreadable_value where load_id = ?",
                row -> values.put(row.getString("column_name"), row.getLong("value_count")),
                loadId);
        return values;
    }

    /** The counts of the latest load of a feed for an earlier business date. */
    public Map<String, Long> before(String feed, LocalDate businessDate) {
        @Nullable String loadId = ops.first("""
                select load_id
                from ops.feed_load
                where feed = ? and status = 'loaded' and business_date < ?
                order by business_date desc, started_at desc, load_id desc
                fetch first 1 row only""", row -> row.getString("load_id"), feed, businessDate);
        return loadId == null ? Map.of() : of(loadId);
    }
}
