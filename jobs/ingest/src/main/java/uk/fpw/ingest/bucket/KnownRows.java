package uk.fpw.ingest.bucket;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.KeyBucket;

/** Rows that are current, or some of them, by bucket of their key. */
public final class KnownRows implements AutoCloseable {

    private final Feed feed;
    private final Buckets buckets;
    private final RecordBuffer buffer = new RecordBuffer();
    private long count;

    /**
     * What is known of a row.
     *
     * @param item item that the row speaks of
     * @param rowHash hash of its values
     */
    public record KnownRow(String key, String item, String rowHash) {}

    /**
     * No rows yet.
     *
     * @param folder for what does not fit in memory
     */
    public KnownRows(Feed feed, Path folder) {
        this.feed = feed;
        this.buckets = new Buckets(folder);
    }

    /** Takes a row. */
    public void add(KnownRow row) {
        buffer.begin().put(row.key()).put(row.item()).put(row.rowHash());
        buckets.add(KeyBucket.of(feed, row.key()), buffer.end());
        count++;
    }

    /** Rows in all. */
    public long count() {
        return count;
    }

    /** Rows in a bucket. */
    public long count(int bucket) {
        return buckets.count(bucket);
    }

    /** Visits the rows of a bucket. */
    public void forEach(int bucket, Consumer<KnownRow> visitor) {
        buckets.forEachBlock(bucket, block -> {
            while (block.hasRemaining()) {
                visitor.accept(read(block));
            }
        });
    }

    /** Visits every row. */
    public void forEach(Consumer<KnownRow> visitor) {
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            forEach(bucket, visitor);
        }
    }

    /** Forgets every row. */
    @Override
    public void close() {
        buckets.close();
    }

    private static KnownRow read(ByteBuffer from) {
        return new KnownRow(RecordBuffer.present(from), RecordBuffer.present(from), RecordBuffer.present(from));
    }
}
