package uk.fpw.warehouse.load;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Feed;

/** Versions of one load as rows of the feed's table. One record is used for all of them. */
final class VersionRecord {

    private final GenericRecord record;
    private final int[] columns;
    private final int key;
    private final int item;
    private final int rowHash;
    private final int op;
    private final int sequence;
    private final int line;
    private final int flags;
    private final int bucket;

    /** The columns of the feed and the stamps of its load at their places in the table. */
    VersionRecord(Schema schema, Feed feed, LoadStamp stamp) {
        this.record = GenericRecord.create(schema);
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
        OffsetDateTime loadedAt =
                stamp.loadedAt().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        record.set(place(schema, FeedTables.LOAD_ID), stamp.loadId());
        record.set(place(schema, FeedTables.KNOWN_ON), stamp.businessDate());
        record.set(place(schema, FeedTables.LOADED_AT), loadedAt);
    }

    /**
     * The row of a version, which is valid until the next is asked for.
     *
     * @param keyBucket bucket of its key
     */
    Record of(RowVersion version, long number, int keyBucket) {
        for (int index = 0; index < columns.length; index++) {
            boolean isGiven = index < version.values().size();
            record.set(columns[index], isGiven ? stored(version.values().get(index)) : null);
        }
        record.set(key, version.key());
        record.set(item, version.item());
        record.set(rowHash, version.rowHash());
        record.set(op, version.isDeleted() ? RowVersion.DELETE : RowVersion.UPSERT);
        record.set(sequence, number);
        record.set(line, version.line());
        record.set(flags, version.flags());
        record.set(bucket, keyBucket);
        return record;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
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
