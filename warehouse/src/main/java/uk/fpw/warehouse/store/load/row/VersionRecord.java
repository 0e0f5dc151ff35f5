package uk.fpw.warehouse.store.load.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Presents the versions of a load as rows of the feed's table, with values in Iceberg's internal representation. A
 * single object is reused for all rows.
 */
public final class VersionRecord implements StructLike {

    private static final long MICROS_OF_A_SECOND = 1_000_000;
    private static final long NANOS_OF_A_MICRO = 1000;

    private final @Nullable Object[] record;
    private final int[] columns;
    private final int key;
    private final int item;
    private final int rowHash;
    private final int op;
    private final int sequence;
    private final int line;
    private final int flags;
    private final int bucket;

    /** Maps columns of the feed and stamp columns of the load to their positions in the table. */
    public VersionRecord(Schema schema, Feed feed, LoadMetadata metadata) {
        this.record = new Object[schema.columns().size()];
        this.columns = feed.columns().stream()
                .mapToInt(column -> place(schema, column.name()))
                .toArray();
        this.key = place(schema, FeedTables.KEY);
        this.item = place(schema, FeedTables.ITEM);
        this.rowHash = place(schema, FeedTables.ROW_HASH);
        this.op = place(schema, FeedTables.OP);
        this.sequence = place(schema, FeedTables.SEQ);
        this.line = place(schema, FeedTables.LINE);
        this.flags = place(schema, FeedTables.FLAGS);
        this.bucket = place(schema, FeedTables.BUCKET);
        record[place(schema, FeedTables.LOAD_ID)] = metadata.loadId();
        record[place(schema, FeedTables.KNOWN_ON)] = stored(metadata.businessDate());
        record[place(schema, FeedTables.LOADED_AT)] = stored(metadata.loadedAt());
    }

    /**
     * The row for a version, valid until the next call.
     *
     * @param keyBucket bucket of the key
     */
    public StructLike of(RowVersion version, long number, int keyBucket) {
        for (int index = 0; index < columns.length; index++) {
            boolean isGiven = index < version.values().size();
            record[columns[index]] = isGiven ? stored(version.values().get(index)) : null;
        }
        record[key] = version.key();
        record[item] = version.item();
        record[rowHash] = version.rowHash();
        record[op] = version.isDeleted() ? RowVersion.DELETE : RowVersion.UPSERT;
        record[sequence] = number;
        record[line] = version.line();
        record[flags] = version.flags();
        record[bucket] = keyBucket;
        return this;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS_OF_A_SECOND),
                    instant.getNano() / NANOS_OF_A_MICRO);
        }
        return value instanceof LocalDate date ? (Object) Math.toIntExact(date.toEpochDay()) : value;
    }

    @Override
    public int size() {
        return record.length;
    }

    @Override
    public <T> @Nullable T get(int place, Class<T> type) {
        return type.cast(record[place]);
    }

    @Override
    public <T> void set(int place, T value) {
        record[place] = value;
    }

    private static int place(Schema schema, String name) {
        List<NestedField> fields = schema.columns();
        for (int place = 0; place < fields.size(); place++) {
            if (fields.get(place).name().equals(name)) {
                return place;
            }
        }
        throw new IllegalStateException("the table of the feed has no column " + name);
    }
}
