package uk.fpw.warehouse.load;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** Every version of every row of one feed, append-only: {@code raw.<feed>}, by month of known-on. The summary of each of its snapshots is the record of one load. */
public final class RawTable {

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;

    private RawTable(Table table, Feed feed, LockGuard guard) {
        this.table = table;
        this.feed = feed;
        this.guard = guard;
    }

    /**
     * Opens the table, making it at the feed's first load and adding the columns that the feed has gained.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code CONFIGURATION} if a column has changed its type
     */
    public static RawTable open(WarehouseCatalog catalog, Feed feed, LockGuard guard) {
        Table table = FeedTables.open(
                catalog,
                WarehouseCatalog.RAW,
                feed,
                guard,
                schema -> PartitionSpec.builderFor(schema)
                        .month(FeedTables.KNOWN_ON)
                        .build(),
                Map.of("write.metadata.delete-after-commit.enabled", "true"));
        return new RawTable(table, feed, guard);
    }

    /** The loads that wrote something, oldest first. */
    public List<Load> loads() {
        table.refresh();
        List<Load> loads = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            Load load = Load.of(snapshot);
            if (load != null) {
                loads.add(load);
            }
        }
        loads.sort(Comparator.comparingLong(Load::sequence));
        return loads;
    }

    /** The load that wrote last; null before the first. */
    public @Nullable Load lastLoad() {
        List<Load> loads = loads();
        return loads.isEmpty() ? null : loads.get(loads.size() - 1);
    }

    /** Begins to write a load. Nothing is visible before {@link RawAppend#commit}. */
    public RawAppend append(LoadStamp stamp) {
        Load last = lastLoad();
        return new RawAppend(table, feed, guard, stamp, last == null ? 0 : last.lastRow());
    }

    /**
     * Visits the key of every version that certain loads stored, in no order.
     *
     * @param loadIds the loads, with anything that the visitor is to know of them
     * @param knownFrom business date of the earliest of them
     */
    public <T> void forEachKeyOf(Map<String, T> loadIds, LocalDate knownFrom, BiConsumer<String, T> visitor) {
        table.refresh();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .select(FeedTables.KEY, FeedTables.LOAD_ID)
                .where(Expressions.greaterThanOrEqual(FeedTables.KNOWN_ON, knownFrom.toString()))
                .build()) {
            for (Record row : rows) {
                T load = loadIds.get(String.valueOf(row.getField(FeedTables.LOAD_ID)));
                if (load != null) {
                    visitor.accept(String.valueOf(row.getField(FeedTables.KEY)), load);
                }
            }
        } catch (IOException failed) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "raw." + feed.name() + " in " + table.location() + " cannot be read: " + failed.getMessage()
                            + "; check the storage and run the night again",
                    failed);
        }
    }

    /** The rows of one load. */
    CloseableIterable<Record> rows(Load load) {
        return IcebergGenerics.read(table)
                .useSnapshot(load.snapshotId())
                .where(Expressions.equal(FeedTables.LOAD_ID, load.loadId()))
                .build();
    }

    Feed feed() {
        return feed;
    }
}
