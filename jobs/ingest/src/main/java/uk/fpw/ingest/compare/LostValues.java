package uk.fpw.ingest.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.RowChanges;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Counts in which columns the rows of a load have fewer values than the rows in whose place they come. Only columns
 * that figures depend on.
 */
final class LostValues {

    private final List<String> names;
    private final List<Integer> columns;
    private final long[] filled;
    private long rows;

    /**
     * How many rows of {@code current} have a value in each of some columns, and how many of those that are looked at.
     *
     * @see uk.fpw.warehouse.store.load.CurrentTable#valueCounts
     */
    @FunctionalInterface
    interface ValueCounts {
        Map<String, long[]> of(List<String> columns);
    }

    /** For the columns at these places of the feed. */
    LostValues(Feed feed, List<Integer> columnsInUse) {
        this.columns = columnsInUse;
        this.names = columnsInUse.stream()
                .map(column -> feed.columns().get(column).name())
                .toList();
        this.filled = new long[columnsInUse.size()];
    }

    /**
     * Counts a row that replaces a current one: a changed row, or, in a feed without a key,
     * a new one.
     */
    void add(RowVersion version) {
        rows++;
        for (int index = 0; index < filled.length; index++) {
            filled[index] += version.values().get(columns.get(index)) == null ? 0 : 1;
        }
    }

    /** Adds the rows that another counted. */
    void add(LostValues others) {
        rows += others.rows;
        for (int index = 0; index < filled.length; index++) {
            filled[index] += others.filled[index];
        }
    }

    /**
     * What the changed rows lose.
     *
     * @param changed counts the replaced rows; called only if one of them has no value
     */
    Map<String, RowChanges.Emptied> ofChanged(ValueCounts changed) {
        return lost(changed, rows, (before, after) -> before - after);
    }

    /**
     * What rows without a key lose, which cannot be followed one by one: the values of all missing rows that the new
     * ones do not have. A row that is gone, or that may be there and could not be read, takes its value away without
     * losing it: one is taken off for each of these, as if it had had one. New rows that replace none can hide
     * the same number of lost rows.
     *
     * @param counts counts the missing rows
     */
    Map<String, RowChanges.Emptied> ofReplaced(ValueCounts counts, MissingRows missing) {
        long gone = Math.max(Math.min(missing.unreadable(), missing.missing()), missing.missing() - rows);
        return lost(counts, missing.missing() - gone, (before, after) -> before - gone - after);
    }

    /**
     * Columns that lose values.
     *
     * @param max how many values a column can lose
     * @param lost how many it loses, by how many the rows of before and those of the load have
     */
    private Map<String, RowChanges.Emptied> lost(ValueCounts counts, long max, ToLongBiFunction<Long, Long> lost) {
        Map<String, Long> suspects = new HashMap<>();
        for (int index = 0; index < filled.length; index++) {
            if (filled[index] < max) {
                suspects.put(names.get(index), filled[index]);
            }
        }
        Map<String, RowChanges.Emptied> emptied = new HashMap<>();
        if (!suspects.isEmpty()) {
            counts.of(new ArrayList<>(suspects.keySet())).forEach((column, count) -> {
                long values = lost.applyAsLong(count[1], suspects.getOrDefault(column, 0L));
                if (values > 0) {
                    emptied.put(column, new RowChanges.Emptied(values, count[0]));
                }
            });
        }
        return emptied;
    }
}
