package uk.fpw.warehouse.store.load;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/**
 * Effect of a load on the rows known before it.
 *
 * @param before number of rows that were current before the load
 * @param changed how many of them it changes without deleting them; for rows without a key, the missing rows that count
 *     as replaced by new ones
 * @param emptied by column, the values lost in changed rows or, for rows without a key, in replaced ones; only columns
 *     with fewer values than before
 * @param accepted limits that the load exceeds with the acceptance of a person
 */
public record RowChanges(long before, long changed, Map<String, Emptied> emptied, Set<AcceptableLimit> accepted) {

    /**
     * Values lost from a column.
     *
     * @param lost how many fewer values the changed rows have
     * @param of how many values all current rows had before
     */
    public record Emptied(long lost, long of) {}

    public RowChanges {
        emptied = Map.copyOf(emptied);
        accepted = Set.copyOf(accepted);
    }

    /** The same changes with another number of changed rows. */
    public RowChanges changing(long rows) {
        return new RowChanges(before, rows, emptied, accepted);
    }

    /** The same changes with accepted limits. */
    public RowChanges accepting(Set<AcceptableLimit> limits) {
        return new RowChanges(before, changed, emptied, limits);
    }

    /** The emptied columns as text, sorted by name, such as {@code closed_at=12/480,priority=3/990}. */
    public String emptiedText() {
        return new TreeMap<>(emptied)
                .entrySet().stream()
                        .map(column -> column.getKey() + "=" + column.getValue().lost() + "/"
                                + column.getValue().of())
                        .collect(Collectors.joining(","));
    }

    /** Parses that text. */
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
