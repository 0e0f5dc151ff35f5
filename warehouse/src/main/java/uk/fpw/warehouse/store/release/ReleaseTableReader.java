package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;

/** Reads the tables of releases, including {@code core}, which is in no relational database. */
public final class ReleaseTableReader {

    private final WarehouseCatalog catalog;

    public ReleaseTableReader(WarehouseCatalog catalog) {
        this.catalog = catalog;
    }

    /** Whether the rows of a table can still be read: {@code core} expires earlier than the other tables. */
    public boolean has(Release release, String table) {
        Release.Table version = release.table(table);
        return version != null
                && (version.snapshotId() == -1 || catalog.load(table).snapshot(version.snapshotId()) != null);
    }

    /**
     * All rows of a table, in no particular order.
     *
     * @param columns columns to read
     * @return values by column, as Iceberg gives them to Java
     * @throws FpwException with {@code UNAVAILABLE} if the files cannot be read
     */
    public List<Map<String, @Nullable Object>> read(Release release, String table, List<String> columns) {
        return read(release, table, columns, Expressions.alwaysTrue());
    }

    /**
     * The rows of a table that satisfy a condition.
     *
     * @param condition may refer to columns that are not read
     */
    public List<Map<String, @Nullable Object>> read(
            Release release, String table, List<String> columns, Expression condition) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        forEach(release, table, columns, condition, found::add);
        return found;
    }

    /**
     * Passes the rows that satisfy a condition to a reader, one at a time. Exceptions of the reader are not wrapped.
     *
     * @throws FpwException with {@code UNAVAILABLE} if the files cannot be read
     */
    public void forEach(
            Release release,
            String table,
            List<String> columns,
            Expression condition,
            Consumer<Map<String, @Nullable Object>> reader) {
        Release.Table version = release.table(table);
        if (version == null) {
            throw new IllegalArgumentException("release " + release.releaseId() + " has no table " + table);
        }
        if (version.snapshotId() == -1) {
            return;
        }
        try (CloseableIterable<Record> rows = reading(release, table, () -> IcebergGenerics.read(catalog.load(table))
                        .useSnapshot(version.snapshotId())
                        .where(condition)
                        .select(columns)
                        .build());
                CloseableIterator<Record> iterator = reading(release, table, rows::iterator)) {
            while (reading(release, table, iterator::hasNext)) {
                Record row = reading(release, table, iterator::next);
                Map<String, @Nullable Object> values = new HashMap<>();
                columns.forEach(column -> values.put(column, row.getField(column)));
                reader.accept(values);
            }
        } catch (IOException failed) {
            throw unreadable(release, table, failed);
        }
    }

    /** For missing or damaged files, Iceberg and Parquet throw unchecked exceptions of many kinds. */
    private static <T> T reading(Release release, String table, Supplier<T> step) {
        try {
            return step.get();
        } catch (FpwException known) {
            throw known;
        } catch (RuntimeException failed) {
            throw unreadable(release, table, failed);
        }
    }

    private static FpwException unreadable(Release release, String table, Exception failed) {
        return FpwException.unavailable(
                table + " of release " + release.releaseId() + " cannot be read: " + failed.getMessage()
                        + "; check the storage and try again",
                failed);
    }
}
