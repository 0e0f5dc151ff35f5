package uk.fpw.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether values identify rows: notes a hash of the value and one of the row for every row, and says exactly how many
 * different values there are and whether one of them belongs to two different rows. The first {@value #IN_MEMORY}
 * different values are held in memory; beyond them the pairs go into a temporary file, in {@value #PARTITIONS} parts of
 * which one at a time is sorted. Memory: about 3 MB, and 40 bytes per row of a part while it is sorted.
 */
final class UniquenessCheck implements AutoCloseable {

    /**
     * What was found.
     *
     * @param distinctCount different values; not meaningful where the values do not identify rows
     * @param identifies whether each value belongs to one row only, ignoring duplicates of that row
     */
    record Result(long distinctCount, boolean identifies) {}

    static final int IN_MEMORY = 65_536;
    static final int PARTITIONS = 64;

    private static final int FIRST_SLOTS = 2_048;
    private static final int BLOCK_BYTES = 1 << 14;
    private static final int PAIR_BYTES = 2 * Long.BYTES;

    private final Path folder;
    private long[] table = new long[FIRST_SLOTS];
    private int count;
    private boolean identifies = true;
    private @Nullable Spill spill;

    /**
     * Has seen no row.
     *
     * @param folder for its file
     */
    UniquenessCheck(Path folder) {
        this.folder = folder;
    }

    /** Notes the value of a row. Once a value was found with two different rows nothing more is recorded. */
    void add(long value, long row) {
        if (!identifies) {
            return;
        }
        // 0 marks a free slot.
        long key = value == 0 ? 1 : value;
        if (spill != null) {
            spill.write(key, row);
            return;
        }
        int at = slot(table, key);
        if (table[at] == key) {
            if (table[at + 1] != row) {
                abandon();
            }
            return;
        }
        table[at] = key;
        table[at + 1] = row;
        if (++count == IN_MEMORY) {
            spill = new Spill(folder);
            forEach(table, spill::write);
            table = new long[0];
        } else if (count * 4 > table.length) {
            grow();
        }
    }

    /** Whether no value was found with two different rows so far. */
    boolean mayIdentify() {
        return identifies;
    }

    /** The final result. */
    Result result() {
        Spill spilt = spill;
        if (!identifies || spilt == null) {
            return new Result(count, identifies);
        }
        long distinct = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int found = distinct(spilt.read(partition));
            if (found < 0) {
                abandon();
                return new Result(distinct, false);
            }
            distinct += found;
        }
        return new Result(distinct, true);
    }

    @Override
    public void close() {
        if (spill != null) {
            spill.close();
            spill = null;
        }
        table = new long[0];
    }

    private void abandon() {
        identifies = false;
        close();
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        forEach(table, (key, row) -> {
            int at = slot(larger, key);
            larger[at] = key;
            larger[at + 1] = row;
        });
        table = larger;
    }

    private static int slot(long[] table, long key) {
        int at = ((int) (key >>> 32) * 2) & (table.length - 1);
        while (table[at] != 0 && table[at] != key) {
            at = (at + 2) & (table.length - 1);
        }
        return at;
    }

    private interface Pair {
        void take(long key, long row);
    }

    private static void forEach(long[] table, Pair pair) {
        for (int at = 0; at < table.length; at += 2) {
            if (table[at] != 0) {
                pair.take(table[at], table[at + 1]);
            }
        }
    }

    /** How many different keys there are; -1 if one of them has two rows. */
    private static int distinct(long[][] pairs) {
        long[] keys = pairs[0].clone();
        Arrays.sort(keys);
        int different = 0;
        for (int at = 0; at < keys.length; at++) {
            if (at == 0 || keys[at] != keys[at - 1]) {
                keys[different++] = keys[at];
            }
        }
        long[] rows = new long[different];
        boolean[] known = new boolean[different];
        for (int at = 0; at < pairs[0].length; at++) {
            int place = Arrays.binarySearch(keys, 0, different, pairs[0][at]);
            if (known[place] && rows[place] != pairs[1][at]) {
                return -1;
            }
            known[place] = true;
            rows[place] = pairs[1][at];
        }
        return different;
    }

    /** Pairs on disk, in blocks of one part each. */
    private static final class Spill {

        private final Path folder;
        private final FileChannel file;
        private final List<ByteBuffer> buffers = new ArrayList<>();
        private final List<List<Long>> blocks = new ArrayList<>();

        Spill(Path folder) {
            this.folder = folder;
            try {
                file = FileChannel.open(
                        Files.createTempFile(folder, "fpw-profile-", ".tmp"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot write a temporary file to " + folder, failed);
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                buffers.add(ByteBuffer.allocate(BLOCK_BYTES));
                blocks.add(new ArrayList<>());
            }
        }

        void write(long key, long row) {
            int partition = (int) (key >>> 58);
            ByteBuffer buffer = buffers.get(partition);
            buffer.putLong(key).putLong(row);
            if (!buffer.hasRemaining()) {
                try {
                    long place = file.size();
                    blocks.get(partition).add(place);
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        place += file.write(buffer, place);
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException("cannot write a temporary file to " + folder, failed);
                }
                buffer.clear();
            }
        }

        /** The keys of a part and their rows. */
        long[][] read(int partition) {
            ByteBuffer last = buffers.get(partition).duplicate().flip();
            List<Long> places = blocks.get(partition);
            int count = Math.toIntExact(((long) places.size() * BLOCK_BYTES + last.remaining()) / PAIR_BYTES);
            long[] keys = new long[count];
            long[] rows = new long[count];
            int at = copy(last, keys, rows, 0);
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            try {
                for (long place : places) {
                    block.clear();
                    while (block.hasRemaining()) {
                        if (file.read(block, place + block.position()) < 0) {
                            throw new IOException("the file was truncated");
                        }
                    }
                    at = copy(block.flip(), keys, rows, at);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read a temporary file in " + folder, failed);
            }
            return new long[][] {keys, rows};
        }

        private static int copy(ByteBuffer block, long[] keys, long[] rows, int from) {
            LongBuffer pairs = block.asLongBuffer();
            int at = from;
            while (pairs.hasRemaining()) {
                keys[at] = pairs.get();
                rows[at++] = pairs.get();
            }
            return at;
        }

        void close() {
            try {
                file.close();
            } catch (IOException ignored) {
                // Deleted when closed; nothing in it is needed.
            }
        }
    }
}
