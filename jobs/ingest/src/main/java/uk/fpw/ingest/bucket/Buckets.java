package uk.fpw.ingest.bucket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.load.key.KeyBucket;

/**
 * Byte records by bucket, in insertion order. Each bucket buffers up to 64 KB in memory; the rest goes to an unlinked
 * file, which the system deletes when this process ends for whatever reason. Written by one thread, then read by
 * several in parallel.
 */
final class Buckets implements AutoCloseable {

    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int FIRST_BYTES = 512;

    private final Path folder;
    private final byte[][] latest = new byte[KeyBucket.COUNT][];
    private final int[] filled = new int[KeyBucket.COUNT];
    private final long[] counts = new long[KeyBucket.COUNT];
    private final List<List<Block>> written = new ArrayList<>();
    private @Nullable FileChannel file;
    private long end;

    /** The position in the file of some records of one bucket. */
    private record Block(long position, int length) {}

    /**
     * Creates empty buckets.
     *
     * @param folder folder for the file, created if necessary
     */
    Buckets(Path folder) {
        this.folder = folder;
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            written.add(new ArrayList<>(0));
        }
    }

    /** Adds the content of a buffer between position and limit. */
    void add(int bucket, ByteBuffer content) {
        int length = content.remaining();
        if (filled[bucket] > 0 && filled[bucket] + length > BLOCK_BYTES) {
            write(bucket);
        }
        byte[] buffer = latest[bucket];
        int needed = filled[bucket] + length;
        if (buffer == null || buffer.length < needed) {
            int size = Math.max(needed, buffer == null ? FIRST_BYTES : Math.min(2 * buffer.length, BLOCK_BYTES));
            buffer = buffer == null ? new byte[size] : Arrays.copyOf(buffer, size);
            latest[bucket] = buffer;
        }
        content.get(buffer, filled[bucket], length);
        filled[bucket] = needed;
        counts[bucket]++;
        if (needed > BLOCK_BYTES) {
            write(bucket);
        }
    }

    /** Number of records in a bucket. */
    long count(int bucket) {
        return counts[bucket];
    }

    /** Passes all records of a bucket in blocks; the reader consumes each block completely. */
    void forEachBlock(int bucket, Consumer<ByteBuffer> reader) {
        for (Block block : written.get(bucket)) {
            reader.accept(read(block));
        }
        byte[] buffer = latest[bucket];
        if (buffer != null) {
            reader.accept(ByteBuffer.wrap(buffer, 0, filled[bucket]));
        }
    }

    /** Discards all records. */
    @Override
    public void close() {
        Arrays.fill(latest, new byte[0]);
        Arrays.fill(filled, 0);
        Arrays.fill(counts, 0);
        written.forEach(List::clear);
        FileChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // The file is no longer needed.
            }
        }
    }

    private void write(int bucket) {
        try {
            FileChannel channel = channel();
            ByteBuffer block = ByteBuffer.wrap(latest[bucket], 0, filled[bucket]);
            long position = end;
            while (block.hasRemaining()) {
                end += channel.write(block, end);
            }
            written.get(bucket).add(new Block(position, filled[bucket]));
            filled[bucket] = 0;
            if (latest[bucket].length > BLOCK_BYTES) {
                latest[bucket] = new byte[FIRST_BYTES];
            }
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    private ByteBuffer read(Block block) {
        try {
            ByteBuffer content = ByteBuffer.allocate(block.length());
            FileChannel channel = channel();
            while (content.hasRemaining()) {
                if (channel.read(content, block.position() + content.position()) < 0) {
                    throw new IOException("the file is shorter than the data written to it");
                }
            }
            return content.flip();
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    private FpwException unusable(IOException failed) {
        return FpwException.unavailable(
                folder + ": temporary rows cannot be stored there: " + failed
                        + "; nothing was loaded; check that it is a folder of this user with enough "
                        + "space for the extract, then run again",
                failed);
    }

    private FileChannel channel() throws IOException {
        FileChannel open = file;
        if (open == null) {
            Files.createDirectories(folder);
            Set<StandardOpenOption> options = EnumSet.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            open = FileChannel.open(folder.resolve(UUID.randomUUID() + ".rows"), options);
            file = open;
        }
        return open;
    }
}
