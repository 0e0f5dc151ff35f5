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
 * Finds columns in which the rows of a load have fewer values than the rows they replace. Only columns that figures
 * depend on.
 */
final class LostValues {

    private final List<String> names;
    private final List<Integer> columns;
    private final long[] filled;
    private long rows;

    /**
     * Counts the rows of {@code current} with a value in each of some columns, and how many of these are selected.
     *
     * @see uk.fpw.warehouse.store.load.CurrentTable#valueCounts
     */
    @FunctionalInterface
    interface ValueCounts {
        Map<String, long[]> of(List<String> columns);
    }

    /** For the columns at these positions of the feed. */
    LostValues(Feed feed, List<Integer> columnsInUse) {
        this.columns = columnsInUse;
        this.names = columnsInUse.stream()
                .map(column -> feed.columns().get(column).name())
                .toList();
        this.filled = new long[columnsInUse.size()];
    }

    /** Counts a row that replaces a current one: a changed row or, in a feed without a key, a new one. */
    void add(RowVersion version) {
        rows++;
        for (int index = 0; index < filled.length; index++) {
            filled[index] += version.values().get(columns.get(index)) == null ? 0 : 1;
        }
    }

    /** Adds the counts of another object. */
    void add(LostValues others) {
        rows += others.rows;
        for (int index = 0; index < filled.length; index++) {
            filled[index] += others.filled[index];
        }
    }

    /**
     * The values lost in changed rows.
     *
     * @param changed counts the replaced rows; called only if a new row lacks a value
     */
    Map<String, RowChanges.Emptied> ofChanged(ValueCounts changed) {
        return lost(changed, rows, (before, after) -> before - after);
    }

    /**
     * The values lost in rows without a key, which cannot be followed one by one: the values of all missing rows minus
     * those of the new rows. A row that was deleted, or that may exist but could not be read, does not count as losing
     * its value: one is subtracted for each, as if it had had a value. New rows that replace none can hide the same
     * number of losses.
     *
     * @param counts counts the missing rows
     */
    Map<String, RowChanges.Emptied> ofReplaced(ValueCounts counts, MissingRows missing) {
        long gone = Math.max(Math.min(missing.unreadable(), missing.missing()), missing.missing() - rows);
        return lost(counts, missing.missing() - gone, (before, after) -> before - gone - after);
    }

    /**
     * Columns that have lost values.
     *
     * @param max maximum number of values a column can lose
     * @param lost number of lost values, from the numbers of values in the replaced rows and in the rows of the load
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
