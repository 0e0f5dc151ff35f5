package uk.fpw.warehouse.store.ledger.feed;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/** The columns found in the sources of feeds on loading: {@code ops.source_column}. */
public final class SourceColumns {

    private static final int MAX_LENGTH = 300;

    private final OpsDatabase ops;

    SourceColumns(OpsDatabase ops) {
        this.ops = ops;
    }

    /**
     * A column of a table or query.
     *
     * @param name name in the source, truncated to 300 characters
     * @param type type name in the source, truncated to 300 characters
     * @param isRead whether the feed reads it
     */
    public record Column(String name, String type, boolean isRead) {

        public Column {
            name = cut(name);
            type = cut(type);
        }

        private static String cut(String text) {
            return text.substring(0, Math.min(text.length(), MAX_LENGTH));
        }
    }

    /** The columns that no load of the feed has recorded before, in order; empty if nothing has been recorded yet. */
    public List<Column> unseen(String feed, List<Column> found) {
        Set<String> seen = seen(feed);
        return seen.isEmpty()
                ? List.of()
                : found.stream().filter(column -> !seen.contains(column.name())).toList();
    }

    /** Records all columns that a load has found, in one transaction. */
    public void note(String feed, LocalDate businessDate, List<Column> found) {
        Set<String> seen = seen(feed);
        ops.inTransaction(statements -> {
            for (Column column : found) {
                if (seen.add(column.name())) {
                    statements.update(
                            "insert into ops.source_column (feed, column_name, column_type, seen_on) "
                                    + "values (?, ?, ?, ?)",
                            feed,
                            column.name(),
                            column.type(),
                            businessDate);
                }
            }
            return null;
        });
    }

    private Set<String> seen(String feed) {
        return new HashSet<>(ops.list(
                "select column_name from ops.source_column where feed = ?", row -> row.getString("column_name"), feed));
    }
}
