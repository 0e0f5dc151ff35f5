package uk.fpw.warehouse.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/**
 * The Iceberg tables of feeds, {@code raw.<feed>}: branch {@code main} holds every version of every row, branch
 * {@code current} the latest of each row that the source still holds. Their columns are those of the feed, then those
 * that the warehouse adds, and are only ever added.
 */
final class FeedTables {

    static final String KEY = "_key";
    static final String ITEM = "_item";
    static final String ROW_HASH = "_row_hash";
    static final String OP = "_op";
    static final String SEQ = "_seq";
    static final String LOAD_ID = "_load_id";
    static final String KNOWN_ON = "_known_on";
    static final String LOADED_AT = "_loaded_at";
    static final String LINE = "_line";
    static final String FLAGS = "_flags";
    static final String BUCKET = "_bucket";

    static final String BUCKET_TEXT = "Bucket of the key, used to look up keys; null in older files.";

    /** Deletion vectors need Iceberg's format 3. */
    static final int FORMAT_VERSION = 3;

    /**
     * A file contains the rows of one load, so that the minimum and maximum of the stamp columns show whether
     * it is needed. Row groups are skipped by them too.
     */
    static final Map<String, String> PROPERTIES = Map.of(
            "write.parquet.compression-codec",
            "zstd",
            "write.parquet.row-group-size-bytes",
            Integer.toString(32 << 20),
            // keys, hashes and moments would fill a larger dictionary and then be written without it
            "write.parquet.dict-size-bytes",
            Integer.toString(64 << 10),
            "write.metadata.metrics.column." + SEQ,
            "full",
            "write.metadata.metrics.column." + LOAD_ID,
            "full",
            "write.metadata.metrics.column." + KNOWN_ON,
            "full",
            "write.metadata.metrics.column." + LOADED_AT,
            "full",
            "write.metadata.metrics.column." + BUCKET,
            "full");

    private FeedTables() {}

    /**
     * Opens the table, creating it or adding the feed's new columns where needed.
     *
     * @param memory for the upgrade of a table whose current rows are in a table of their own
     */
    static Table open(WarehouseCatalog catalog, Feed feed, LockGuard guard, IndexMemory memory) {
        String name = WarehouseCatalog.RAW + "." + feed.name();
        Table table = catalog.find(name);
        if (table == null) {
            guard.check();
            Transaction creation =
                    catalog.creation(name, schema(feed), PartitionSpec.unpartitioned(), FORMAT_VERSION, PROPERTIES);
            CurrentBranch.create(creation);
            creation.commitTransaction();
            return catalog.load(name);
        }
        CurrentUpgrade.runIfNeeded(table, guard, memory);
        addNewColumns(table, name, feed, guard);
        return table;
    }

    /** The existing table, for callers without the feed's definition; null if the feed was never loaded. */
    static @Nullable Table existing(WarehouseCatalog catalog, String feed, LockGuard guard, IndexMemory memory) {
        Table table = catalog.find(WarehouseCatalog.RAW + "." + feed);
        if (table != null) {
            CurrentUpgrade.runIfNeeded(table, guard, memory);
        }
        return table;
    }

    static Schema schema(Feed feed) {
        List<NestedField> fields = new ArrayList<>();
        for (Feed.Column column : feed.columns()) {
            fields.add(
                    NestedField.optional(fields.size() + 1, column.name(), type(column.type()), column.description()));
        }
        fields.add(
                NestedField.required(fields.size() + 1, KEY, Types.StringType.get(), "Key of the row in its source."));
        fields.add(
                NestedField.required(fields.size() + 1, ITEM, Types.StringType.get(), "Item that the row describes."));
        fields.add(NestedField.optional(
                fields.size() + 1, ROW_HASH, Types.StringType.get(), "Hash of the row's values; null if deleted."));
        fields.add(NestedField.required(fields.size() + 1, OP, Types.StringType.get(), "upsert or delete."));
        fields.add(NestedField.required(
                fields.size() + 1,
                SEQ,
                Types.LongType.get(),
                "Order of versions in the feed; increases with every load."));
        fields.add(
                NestedField.required(fields.size() + 1, LOAD_ID, Types.StringType.get(), "Load that wrote the row."));
        fields.add(
                NestedField.required(fields.size() + 1, KNOWN_ON, Types.DateType.get(), "Business date of that load."));
        fields.add(NestedField.required(
                fields.size() + 1, LOADED_AT, Types.TimestampType.withZone(), "Start time of that load."));
        fields.add(NestedField.optional(
                fields.size() + 1, LINE, Types.LongType.get(), "Line in the file; null if deleted."));
        fields.add(NestedField.optional(
                fields.size() + 1,
                FLAGS,
                Types.StringType.get(),
                "Assumption made when the row was read, such as opened_at:ambiguous; null if none."));
        fields.add(NestedField.optional(fields.size() + 1, BUCKET, Types.IntegerType.get(), BUCKET_TEXT));
        return new Schema(fields);
    }

    static Type type(Feed.Type type) {
        return switch (type) {
            case TEXT -> Types.StringType.get();
            case WHOLE -> Types.LongType.get();
            case DECIMAL -> Types.DecimalType.of(38, 9);
            case BOOLEAN -> Types.BooleanType.get();
            case DATE -> Types.DateType.get();
            case INSTANT, LOCAL_TIME -> Types.TimestampType.withZone();
        };
    }

    private static void addNewColumns(Table table, String name, Feed feed, LockGuard guard) {
        UpdateSchema update = table.updateSchema();
        boolean changed = false;
        for (Feed.Column column : feed.columns()) {
            NestedField there = table.schema().findField(column.name());
            Type wanted = type(column.type());
            if (there == null) {
                update.addColumn(column.name(), wanted, column.description());
                changed = true;
            } else if (!there.type().equals(wanted)) {
                throw new FpwException(
                        ExitCode.CONFIGURATION,
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
