package uk.fpw.warehouse.store.ledger.feed;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/** Number of items per feed that differ from another one only in blanks and case: {@code ops.item_spelling}. */
public final class ItemSpellingCounts {

    private final OpsDatabase ops;

    ItemSpellingCounts(OpsDatabase ops) {
        this.ops = ops;
    }

    /** Records the count found by a load that read the whole source of a feed. */
    public void note(String feed, LocalDate businessDate, long count) {
        ops.inTransaction(statements -> {
            statements.update("delete from ops.item_spelling where feed = ?", feed);
            statements.update(
                    "insert into ops.item_spelling (feed, counted_on, alike_count) values (?, ?, ?)",
                    feed,
                    businessDate,
                    count);
            return null;
        });
    }

    /** The counts by feed, in alphabetical order. */
    public Map<String, Long> latest() {
        Map<String, Long> latest = new TreeMap<>();
        ops.list(
                        "select feed, alike_count from ops.item_spelling",
                        row -> Map.entry(row.getString("feed"), row.getLong("alike_count")))
                .forEach(feed -> latest.put(feed.getKey(), feed.getValue()));
        return latest;
    }
}
