package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.current.CurrentCompaction;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * The latest version of every row that the source still holds: branch {@code current} of {@code raw.<feed>}, which
 * every load and every withdrawal of one moves together with branch {@code main}.
 */
public final class CurrentTable {

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;

    private CurrentTable(Table table, Feed feed, LockGuard guard) {
        this.table = table;
        this.feed = feed;
        this.guard = guard;
    }

    /**
     * Opens the branch, creating the feed's table at its first load and adding the columns that the feed has gained.
     *
     * @throws FpwException with {@code CONFIGURATION} if a column has changed its type
     */
    public static CurrentTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard) {
        return open(catalog, feed, guard, new IndexMemory(feed.name(), IndexMemory.Limit.ofThisProcess()));
    }

    /** The same, with the memory for keys that an upgrade of the table needs. */
    public static CurrentTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard, IndexMemory memory) {
        return new CurrentTable(FeedTableOpening.open(catalog, feed, guard), feed, guard);
    }

    /** Rows, without reading any: what the files hold, without what deletion vectors mark. */
    public long rowCount() {
        return rows().count();
    }

    /** The rows as they are now. */
    public CurrentRows rows() {
        table.refresh();
        return CurrentRows.of(table, feed);
    }

    /**
     * How many rows have a value in each of some columns.
     *
     * @param isChanged by key, which rows are counted in the second number of each column too
     * @return by column: rows with a value, and those of them that are changed
     */
    public Map<String, long[]> valueCounts(List<String> columns, Predicate<String> isChanged) {
        table.refresh();
        Map<String, long[]> counts = new LinkedHashMap<>();
        List<String> selected = new ArrayList<>(List.of(FeedTables.KEY));
        for (String column : columns) {
            counts.put(column, new long[2]);
            selected.add(column);
        }
        try (CloseableIterable<Record> rows = rows(selected)) {
            for (Record row : rows) {
                boolean changed = isChanged.test(CurrentRows.text(row, FeedTables.KEY));
                counts.forEach((column, count) -> {
                    if (row.getField(column) != null) {
                        count[0]++;
                        count[1] += changed ? 1 : 0;
                    }
                });
            }
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
        return counts;
    }

    /**
     * What some columns hold.
     *
     * @param count rows with a value
     * @param different the different values
     */
    public record Values(long count, Set<Object> different) {}

    /**
     * The distinct values of some columns; a column with more than {@code max} values is not in the result.
     */
    public Map<String, Values> values(List<String> columns, int max) {
        table.refresh();
        Map<String, Set<Object>> different = new LinkedHashMap<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        columns.forEach(column -> different.put(column, new HashSet<>()));
        try (CloseableIterable<Record> rows = rows(columns)) {
            for (Record row : rows) {
                different.entrySet().removeIf(column -> {
                    Object value = row.getField(column.getKey());
                    if (value != null) {
                        counts.merge(column.getKey(), 1L, Long::sum);
                        column.getValue().add(value);
                    }
                    return column.getValue().size() > max;
                });
            }
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
        Map<String, Values> found = new LinkedHashMap<>();
        different.forEach(
                (column, values) -> found.put(column, new Values(counts.getOrDefault(column, 0L), Set.copyOf(values))));
        return found;
    }

    /**
     * Rewrites the rows of the branch to separate files, if too many rows in its files are no
     * longer current, or if it has too many files. Branch {@code main} stays as it is.
     */
    public void compactIfNeeded() {
        table.refresh();
        new CurrentCompaction(table, feed, guard).runIfNeeded();
    }

    /**
     * The rows at the branch's head with these columns of the table; a column that is younger than the head is null.
     */
    private CloseableIterable<Record> rows(List<String> columns) {
        return IcebergGenerics.read(table)
                .useSnapshot(CurrentBranch.head(table).snapshotId())
                .project(table.schema().select(columns))
                .build();
    }
}
