package uk.fpw.warehouse.store.load;

import java.util.Locale;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.lock.LockGuard;

/** Opens the tables of feeds and adds missing columns. */
final class FeedTableOpening {

    private FeedTableOpening() {}

    /** Opens the table, creating it or adding the feed's new columns if necessary. */
    static Table open(WarehouseCatalog catalog, Feed feed, LockGuard guard) {
        String name = WarehouseCatalog.RAW + "." + feed.name();
        Table table = catalog.find(name);
        if (table == null) {
            guard.check();
            Transaction creation = catalog.creation(
                    name,
                    FeedTables.schema(feed),
                    PartitionSpec.unpartitioned(),
                    FeedTables.FORMAT_VERSION,
                    FeedTables.PROPERTIES);
            CurrentBranch.create(creation);
            creation.commitTransaction();
            return catalog.load(name);
        }
        requireBranch(table);
        addNewColumns(table, name, feed, guard);
        return table;
    }

    /** The existing table, for callers without the feed's definition; null if the feed was never loaded. */
    static @Nullable Table existing(WarehouseCatalog catalog, String feed) {
        Table table = catalog.find(WarehouseCatalog.RAW + "." + feed);
        if (table != null) {
            requireBranch(table);
        }
        return table;
    }

    /** Very early versions stored the current rows elsewhere. */
    private static void requireBranch(Table table) {
        if (!CurrentBranch.exists(table)) {
            throw FpwException.configuration(
                    table.name() + " was written by a version of fpw that this one cannot upgrade; load the feed with "
                            + "the version that docs/install.md names under 'Upgrade' first, then with this one");
        }
    }

    private static void addNewColumns(Table table, String name, Feed feed, LockGuard guard) {
        UpdateSchema update = table.updateSchema();
        boolean changed = false;
        for (Feed.Column column : feed.columns()) {
            NestedField there = table.schema().findField(column.name());
            Type wanted = FeedTables.type(column.type());
            if (there == null) {
                update.addColumn(column.name(), wanted, column.description());
                changed = true;
            } else if (!there.type().equals(wanted)) {
                throw FpwException.configuration(
                        "feeds/" + feed.name() + ".yml: columns: '" + column.name() + "' is declared "
                                + column.type().name().toLowerCase(Locale.ROOT) + ", which is stored as "
                                + wanted
                                + ", but " + name + " already stores it as " + there.type()
                                + "; a column cannot change its type: use another name for the column of the new type");
            }
        }
        if (changed) {
            guard.check();
            update.commit();
        }
    }
}
