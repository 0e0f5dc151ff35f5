package uk.fpw.profile;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Whether values identify rows: notes a hash of the value and one of the row for every row, and says exactly how many
 * different values there are and whether one of them belongs to two different rows. The first {@value #IN_MEMORY}
 * different values are held in memory; beyond them the pairs go into a temporary file, which is read once for every
 * million of them. Memory: 2 to 3 MB, and some 50 MB while the file is read.
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

    private static final long PAIRS_AT_A_TIME = 1_000_000;
    private static final int BLOCK_BYTES = 1 << 16;

    private final Path folder;
    private final long pairsAtATime;

    /** The row of each value. */
    private Long2LongOpenHashMap rows = new Long2LongOpenHashMap();

    private boolean identifies = true;
    private @Nullable Spill spill;

    /**
     * Has seen no row.
     *
     * @param folder for its file
     */
    UniquenessCheck(Path folder) {
        this(folder, PAIRS_AT_A_TIME);
    }

    UniquenessCheck(Path folder, long pairsAtATime) {
        this.folder = folder;
        this.pairsAtATime = pairsAtATime;
    }

    /** Notes the value of a row. Once a value was found with two different rows nothing more is recorded. */
    void add(long value, long row) {
        if (!identifies) {
            return;
        }
        if (spill != null) {
            spill.write(value, row);
            return;
        }
        if (!put(value, row)) {
            abandon();
        } else if (rows.size() == IN_MEMORY) {
            Spill begun = new Spill(folder);
            spill = begun;
            rows.forEach(begun::write);
            rows = new Long2LongOpenHashMap();
        }
    }

    /** Whether no value was found with two different rows so far. */
    boolean mayIdentify() {
        return identifies;
    }

    /** The final result. */
    Result result() {
        Spill written = spill;
        if (!identifies || written == null) {
            return new Result(rows.size(), identifies);
        }
        long parts = written.pairs / pairsAtATime + 1;
        long distinct = 0;
        for (long next = 0; next < parts; next++) {
            long part = next;
            rows = new Long2LongOpenHashMap();
            if (!written.allMatch((value, row) -> Long.remainderUnsigned(value, parts) != part || put(value, row))) {
                abandon();
                return new Result(distinct, false);
            }
            distinct += rows.size();
        }
        rows = new Long2LongOpenHashMap();
        return new Result(distinct, true);
    }

    @Override
    public void close() {
        if (spill != null) {
            spill.close();
            spill = null;
        }
        rows = new Long2LongOpenHashMap();
    }

    private void abandon() {
        identifies = false;
        close();
    }

    /** Puts a value with its row; false if it has another one. */
    private boolean put(long value, long row) {
        int before = rows.size();
        return rows.putIfAbsent(value, row) == row || rows.size() > before;
    }

    private interface Pair {
        boolean matches(long value, long row);
    }

    /** Values and their rows on disk. */
    private static final class Spill {

        private final Path folder;
        private final FileChannel file;
        private final DataOutputStream out;
        private long pairs;

        Spill(Path folder) {
            this.folder = folder;
            try {
                file = FileChannel.open(
                        Files.createTempFile(folder, "fpw-profile-", ".tmp"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException failed) {
                throw unwritten(failed);
            }
            out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BLOCK_BYTES));
        }

        void write(long value, long row) {
            try {
                out.writeLong(value);
                out.writeLong(row);
            } catch (IOException failed) {
                throw unwritten(failed);
            }
            pairs++;
        }

        boolean allMatch(Pair pair) {
            try {
                out.flush();
            } catch (IOException failed) {
                throw unwritten(failed);
            }
            try {
                DataInputStream in = new DataInputStream(
                        new BufferedInputStream(Channels.newInputStream(file.position(0)), BLOCK_BYTES));
                for (long read = 0; read < pairs; read++) {
                    if (!pair.matches(in.readLong(), in.readLong())) {
                        return false;
                    }
                }
                return true;
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read a temporary file in " + folder, failed);
            }
        }

        private UncheckedIOException unwritten(IOException failed) {
            return new UncheckedIOException("cannot write a temporary file to " + folder, failed);
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
