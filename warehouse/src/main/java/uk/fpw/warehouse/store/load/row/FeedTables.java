package uk.fpw.warehouse.store.load.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * The Iceberg tables of feeds, {@code raw.<feed>}. Branch {@code main} has all versions of all rows, branch
 * {@code current} the latest version of each row that the source still has. The columns are those of the feed followed
 * by stamp columns; columns are only ever added.
 */
public final class FeedTables {

    /** Key of the row in its source. */
    public static final String KEY = "_key";
    /** Item that the row describes. */
    public static final String ITEM = "_item";
    /** Hash of the values of the row; null in a deletion. */
    public static final String ROW_HASH = "_row_hash";
    /** Kind of version: {@code upsert} or {@code delete}. */
    public static final String OP = "_op";
    /** Order of versions; increases with every load. */
    public static final String SEQ = "_seq";
    /** Load that wrote the row. */
    public static final String LOAD_ID = "_load_id";
    /** Business date of that load. */
    public static final String KNOWN_ON = "_known_on";

    static final String LOADED_AT = "_loaded_at";
    /** Line in the file; null in a deletion. */
    public static final String LINE = "_line";
    /** Assumptions made when reading the row; null for none. */
    public static final String FLAGS = "_flags";
    /** Bucket of the key; null in older files. */
    public static final String BUCKET = "_bucket";

    /** Description of the column {@link #BUCKET}. */
    public static final String BUCKET_TEXT = "Bucket of the key, used to look up keys; null in older files.";

    /** Deletion vectors need Iceberg's format 3. */
    public static final int FORMAT_VERSION = 3;

    /**
     * Each file contains the rows of one load, so that its minimum and maximum of the stamp columns show whether it is
     * needed; row groups are skipped in the same way.
     */
    public static final Map<String, String> PROPERTIES = Map.of(
            "write.parquet.compression-codec",
            "zstd",
            "write.parquet.row-group-size-bytes",
            Integer.toString(32 << 20),
            // Keys, hashes and timestamps would fill a larger dictionary and then be written without it anyway.
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

    /** The columns of a feed's table. */
    public static Schema schema(Feed feed) {
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

    /** The Iceberg type that stores a column type. */
    public static Type type(Feed.Type type) {
        return switch (type) {
            case TEXT -> Types.StringType.get();
            case WHOLE -> Types.LongType.get();
            case DECIMAL -> Types.DecimalType.of(38, 9);
            case BOOLEAN -> Types.BooleanType.get();
            case DATE -> Types.DateType.get();
            case INSTANT, LOCAL_TIME -> Types.TimestampType.withZone();
        };
    }
}
