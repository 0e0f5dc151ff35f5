package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * The latest version of every row that the source still has: branch {@code current} of {@code raw.<feed>}. Every load,
 * and every withdrawal of a load, updates it together with branch {@code main}.
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
     * Opens the branch. Creates the table at the feed's first load and adds new columns of the feed.
     *
     * @throws FpwException with {@code CONFIGURATION} if a column has changed its type
     */
    public static CurrentTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard) {
        return new CurrentTable(FeedTableOpening.open(catalog, feed, guard), feed, guard);
    }

    /** Number of rows, without reading any: rows in the files minus those in deletion vectors. */
    public long rowCount() {
        return rows().count();
    }

    /** The rows as they are now. */
    public CurrentRows rows() {
        table.refresh();
        return CurrentRows.of(table, feed);
    }

    /** Passes some columns of each row to a reader, which keeps no row. */
    public void forEach(List<String> columns, Consumer<Record> reader) {
        table.refresh();
        try (CloseableIterable<Record> rows = rows(columns)) {
            rows.forEach(reader);
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    /**
     * Counts the rows with a value in each of some columns.
     *
     * @param isChanged selects by key the rows to count in the second number of each column
     * @return by column, the number of rows with a value, and of selected rows with a value
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
     * The values of a column.
     *
     * @param count number of rows with a value
     * @param different the distinct values
     */
    public record Values(long count, Set<Object> different) {}

    /** The distinct values of some columns, without columns that have more than {@code max} values. */
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
     * Rewrites the rows of the branch to separate files if its files contain too many rows that are no longer current
     * or if there are too many files. Branch {@code main} is unchanged.
     */
    public void compactIfNeeded() {
        table.refresh();
        new CurrentCompaction(table, feed, guard).runIfNeeded();
    }

    /** The rows at the branch's head with these columns of the table; columns added after the head are null. */
    private CloseableIterable<Record> rows(List<String> columns) {
        return IcebergGenerics.read(table)
                .useSnapshot(CurrentBranch.head(table).snapshotId())
                .project(table.schema().select(columns))
                .build();
    }
}
