package uk.fpw.ingest.bucket;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * The rows of an extract by bucket of their key, within a bucket in the order read; rows without a key are in any
 * bucket. Contains no values that must not be stored.
 */
public final class ExtractedRows implements AutoCloseable {

    private static final byte MISSED = 1;
    private static final byte VERSION = 2;
    private static final byte REFUSAL = 4;

    /** Flag: the item of a version equals its key and is not written twice. */
    private static final byte ITEM_IS_KEY = 8;

    private static final int CHECKSUMS = 1 << 24;
    private static final int SCALE = 9;
    private static final int MICRO = 1000;

    private final Feed feed;
    private final boolean isAsked;
    private final Buckets buckets;
    private final RecordBuffer buffer = new RecordBuffer();
    private final BitSet checksums = new BitSet();
    private final BitSet irregular = new BitSet();
    private final BucketDigests digests;
    private final List<Behind> behind = new ArrayList<>();

    /**
     * Appended rows of another reading.
     *
     * @param before number of rows that precede them
     */
    private record Behind(ExtractedRows rows, long before) {}

    /**
     * Creates an empty collection.
     *
     * @param folder folder for what does not fit into memory
     * @param isAsked whether {@link #mayHold} will be called
     */
    public ExtractedRows(Feed feed, Path folder, boolean isAsked) {
        this.feed = feed;
        this.isAsked = isAsked;
        this.buckets = new Buckets(folder);
        this.digests = new BucketDigests(feed);
    }

    /** Adds the next row. */
    public void add(ExtractedRow row) {
        buffer.begin();
        write(row);
        String key = row.key();
        int bucket = (int) (row.number() % KeyBucket.COUNT);
        if (key != null) {
            long checksum = KeyBucket.checksum(feed, key);
            if (isAsked) {
                checksums.set(place(checksum));
            }
            bucket = KeyBucket.of(checksum);
        }
        RowVersion version = row.version();
        if (key == null || version == null) {
            irregular.set(bucket);
        } else {
            digests.add(bucket, key, String.valueOf(version.rowHash()));
        }
        buckets.add(bucket, buffer.end());
    }

    /**
     * Appends the rows of another reading, continuing the numbering, and takes over closing them. No rows may be added
     * to either afterwards.
     *
     * @param before number of rows in this reading
     */
    public void append(ExtractedRows next, long before) {
        behind.add(new Behind(next, before));
        checksums.or(next.checksums);
        irregular.or(next.irregular);
        digests.addAll(next.digests);
    }

    /**
     * Whether an extracted row may have the key of a current row. There may be false positives, the more the larger the
     * extract.
     */
    public boolean mayHold(String key) {
        if (!isAsked) {
            throw new IllegalStateException("the possible keys were not recorded");
        }
        return checksums.get(place(KeyBucket.checksum(feed, key)));
    }

    /** Whether a bucket has exactly these rows, none of them refused, repeated or marked as deleted. */
    public boolean isEqual(int bucket, BucketDigests rows) {
        return !irregular.get(bucket) && digests.isEqual(bucket, rows);
    }

    /** Number of rows in a bucket. */
    public long count(int bucket) {
        long count = buckets.count(bucket);
        for (Behind next : behind) {
            count += next.rows().count(bucket);
        }
        return count;
    }

    /** Visits the rows of a bucket. After all rows have been added, several threads may do so in parallel. */
    public void forEach(int bucket, Consumer<ExtractedRow> visitor) {
        forEach(bucket, 0, visitor);
    }

    private void forEach(int bucket, long before, Consumer<ExtractedRow> visitor) {
        buckets.forEachBlock(bucket, block -> {
            while (block.hasRemaining()) {
                visitor.accept(read(block, before));
            }
        });
        behind.forEach(next -> next.rows().forEach(bucket, before + next.before(), visitor));
    }

    /** Discards all rows. */
    @Override
    public void close() {
        buckets.close();
        behind.forEach(next -> next.rows().close());
    }

    private static int place(long checksum) {
        return (int) (checksum & (CHECKSUMS - 1));
    }

    private void write(ExtractedRow row) {
        RowVersion version = row.version();
        RefusedRow refused = row.refused();
        boolean isItemKey = version != null && version.item().equals(row.key());
        buffer.put((byte) ((row.isMissedByCursor() ? MISSED : 0)
                        | (version == null ? 0 : VERSION)
                        | (refused == null ? 0 : REFUSAL)
                        | (isItemKey ? ITEM_IS_KEY : 0)))
                .put(row.number())
                .put(row.line())
                .put(row.key())
                .put(row.contentHash());
        if (feed.order() != null) {
            buffer.put(row.order());
        }
        if (version != null) {
            if (!isItemKey) {
                buffer.put(version.item());
            }
            buffer.put(version.rowHash()).put(version.flags());
            for (Object value : version.values()) {
                write(value);
            }
        }
        if (refused != null) {
            buffer.put(refused.field())
                    .put(refused.code().name())
                    .put(refused.message())
                    .put(refused.valueShown());
        }
    }

    private ExtractedRow read(ByteBuffer from, long before) {
        byte marks = from.get();
        long number = before + from.getLong();
        long line = before + from.getLong();
        String key = RecordBuffer.text(from);
        long contentHash = from.getLong();
        long order = feed.order() == null ? ExtractedRow.UNKNOWN_ORDER : from.getLong();
        RowVersion version = (marks & VERSION) == 0 ? null : version(from, key, (marks & ITEM_IS_KEY) != 0, line);
        RefusedRow refused = (marks & REFUSAL) == 0 ? null : refused(from, key, line);
        return new ExtractedRow(number, line, key, contentHash, (marks & MISSED) != 0, version, refused, order);
    }

    private RowVersion version(ByteBuffer from, @Nullable String key, boolean isItemKey, long line) {
        String item = isItemKey && key != null ? key : RecordBuffer.present(from);
        String rowHash = RecordBuffer.present(from);
        String flags = RecordBuffer.text(from);
        List<@Nullable Object> values = new ArrayList<>(feed.columns().size());
        for (Feed.Column column : feed.columns()) {
            values.add(value(from, column.type()));
        }
        return new RowVersion(key == null ? "" : key, item, rowHash, line, flags, Collections.unmodifiableList(values));
    }

    private static RefusedRow refused(ByteBuffer from, @Nullable String key, long line) {
        String field = RecordBuffer.text(from);
        RefusedRow.Code code = RefusedRow.Code.valueOf(RecordBuffer.present(from));
        String message = RecordBuffer.present(from);
        return new RefusedRow(line, key, field, code, message, RecordBuffer.text(from));
    }

    private void write(@Nullable Object value) {
        buffer.put((byte) (value == null ? 0 : 1));
        if (value instanceof String text) {
            buffer.put(text);
        } else if (value instanceof Long number) {
            buffer.put(number.longValue());
        } else if (value instanceof BigDecimal number) {
            buffer.put(number.unscaledValue().toByteArray());
        } else if (value instanceof Boolean bool) {
            buffer.put((byte) (bool ? 1 : 0));
        } else if (value instanceof LocalDate date) {
            buffer.put(date.getYear()).put((byte) date.getMonthValue()).put((byte) date.getDayOfMonth());
        } else if (value instanceof Instant instant) {
            buffer.put(instant.getEpochSecond()).put(instant.getNano() / MICRO);
        } else if (value != null) {
            throw new IllegalStateException(
                    "no value of a row is a " + value.getClass().getSimpleName());
        }
    }

    private static @Nullable Object value(ByteBuffer from, Feed.Type type) {
        if (from.get() == 0) {
            return null;
        }
        return switch (type) {
            case TEXT -> RecordBuffer.present(from);
            case WHOLE -> from.getLong();
            case DECIMAL -> new BigDecimal(new BigInteger(RecordBuffer.bytes(from)), SCALE);
            case BOOLEAN -> from.get() != 0;
            case DATE -> LocalDate.of(from.getInt(), from.get(), from.get());
            case INSTANT, LOCAL_TIME -> Instant.ofEpochSecond(from.getLong(), (long) from.getInt() * MICRO);
        };
    }
}
