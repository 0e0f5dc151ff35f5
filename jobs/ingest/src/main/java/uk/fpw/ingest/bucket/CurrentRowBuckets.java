package uk.fpw.ingest.bucket;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.current.CurrentRow;
import uk.fpw.warehouse.store.load.key.KeyBucket;

/**
 * Current rows, or some of them, by bucket of their key. They are added in parts, each by one thread. Afterwards,
 * different threads may visit different buckets.
 */
public final class CurrentRowBuckets implements AutoCloseable {

    private final Feed feed;
    private final List<Part> parts = new ArrayList<>();

    /**
     * Creates empty buckets.
     *
     * @param folder folder for what does not fit into memory
     * @param parts number of threads that may add rows
     */
    public CurrentRowBuckets(Feed feed, Path folder, int parts) {
        this.feed = feed;
        for (int part = 0; part < parts; part++) {
            this.parts.add(new Part(new Buckets(folder), new RecordBuffer()));
        }
    }

    private record Part(Buckets buckets, RecordBuffer buffer) {}

    /** Adds a row. */
    public void add(int part, CurrentRow row) {
        Part to = parts.get(part);
        to.buffer().begin().put(row.key()).put(row.item()).put(row.rowHash()).put(row.place());
        to.buckets().add(KeyBucket.of(feed, row.key()), to.buffer().end());
    }

    /** Total number of rows. */
    public long count() {
        long count = 0;
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            count += count(bucket);
        }
        return count;
    }

    /** Number of rows in a bucket. */
    public long count(int bucket) {
        return parts.stream().mapToLong(part -> part.buckets().count(bucket)).sum();
    }

    /** Visits the rows of a bucket, part by part. */
    public void forEach(int bucket, Consumer<CurrentRow> visitor) {
        for (Part part : parts) {
            part.buckets().forEachBlock(bucket, block -> {
                while (block.hasRemaining()) {
                    visitor.accept(read(block));
                }
            });
        }
    }

    public void forEach(Consumer<CurrentRow> visitor) {
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            forEach(bucket, visitor);
        }
    }

    /** Discards all rows. */
    @Override
    public void close() {
        parts.forEach(part -> part.buckets().close());
    }

    private static CurrentRow read(ByteBuffer from) {
        return new CurrentRow(
                RecordBuffer.present(from), RecordBuffer.present(from), RecordBuffer.present(from), from.getLong());
    }
}
