package uk.fpw.warehouse.store.load;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/**
 * What one load does to the rows that were known before it.
 *
 * @param before rows that were current before the load
 * @param changed those of them that it changes without deleting them; of rows without a key, those that are missing and
 *     count as replaced by new ones
 * @param emptied by column, what the changed rows lose, or, of rows without a key, the missing ones whose place new
 *     ones take; only columns that have fewer values than before
 * @param accepted limits that the load passes because a person accepted it
 */
public record RowChanges(long before, long changed, Map<String, Emptied> emptied, Set<AcceptableLimit> accepted) {

    /**
     * Values that a column loses.
     *
     * @param lost values that the changed rows have fewer than before
     * @param of values that all current rows had before
     */
    public record Emptied(long lost, long of) {}

    public RowChanges {
        emptied = Map.copyOf(emptied);
        accepted = Set.copyOf(accepted);
    }

    /** The same changes, of which another number of rows counts as changed. */
    public RowChanges changing(long rows) {
        return new RowChanges(before, rows, emptied, accepted);
    }

    /** The same changes, with limits that a person accepted. */
    public RowChanges accepting(Set<AcceptableLimit> limits) {
        return new RowChanges(before, changed, emptied, limits);
    }

    /** The emptied columns as one text, such as {@code closed_at=12/480,priority=3/990}, by name. */
    public String emptiedText() {
        return new TreeMap<>(emptied)
                .entrySet().stream()
                        .map(column -> column.getKey() + "=" + column.getValue().lost() + "/"
                                + column.getValue().of())
                        .collect(Collectors.joining(","));
    }

    /** Reads that text. */
    public static Map<String, Emptied> emptied(String text) {
        Map<String, Emptied> emptied = new TreeMap<>();
        for (String column : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = column.indexOf('=');
            int slash = column.indexOf('/', equals);
            emptied.put(
                    column.substring(0, equals),
                    new Emptied(
                            Long.parseLong(column.substring(equals + 1, slash)),
                            Long.parseLong(column.substring(slash + 1))));
        }
        return emptied;
    }
}
