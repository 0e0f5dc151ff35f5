package uk.fpw.nightly.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file of a {@link SimulatedDisk}: what was written, and how much of it was synced. */
final class DiskFile {

    private static final int BLOCK = 4096;

    /** Bytes written at a position; or a new length, which is then the position. */
    private static final class Change {

        private final long position;
        private final byte[] bytes;
        private final boolean isLength;

        private Change(long position, byte[] bytes, boolean isLength) {
            this.position = position;
            this.bytes = bytes;
            this.isLength = isLength;
        }

        /** The parts that a disk writes atomically. */
        private List<Change> blocks() {
            List<Change> blocks = new ArrayList<>();
            int from = 0;
            while (from < bytes.length) {
                int to = (int) Math.min(bytes.length, (position + from) / BLOCK * BLOCK + BLOCK - position);
                blocks.add(new Change(position + from, Arrays.copyOfRange(bytes, from, to), false));
                from = to;
            }
            return isLength ? List.of(this) : blocks;
        }
    }

    private Content synced = new Content();
    private final Content written = new Content();
    private final List<Change> unsynced = new ArrayList<>();

    /** How many changes were synced. */
    private int syncedCount;

    /** Where the next call without a position writes. */
    private long position;

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int length;

        private void apply(Change change) {
            if (change.isLength) {
                length((int) change.position);
            } else {
                int end = (int) change.position + change.bytes.length;
                if (end > length) {
                    length(end);
                }
                System.arraycopy(change.bytes, 0, bytes, (int) change.position, change.bytes.length);
            }
        }

        private void length(int to) {
            if (to > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
            }
            if (to < length) {
                Arrays.fill(bytes, to, length, (byte) 0);
            }
            length = to;
        }

        private Content copy() {
            Content copy = new Content();
            copy.bytes = Arrays.copyOf(bytes, length);
            copy.length = length;
            return copy;
        }
    }

    void write(long at, byte[] bytes) {
        change(new Change(at, bytes, false));
    }

    void append(byte[] bytes) {
        write(position, bytes);
        position += bytes.length;
    }

    void position(long to) {
        position = to;
    }

    void length(long to) {
        change(new Change(to, new byte[0], true));
    }

    long length() {
        return written.length;
    }

    private void change(Change change) {
        written.apply(change);
        unsynced.add(change);
    }

    /** The number of changes until now; a sync that begins now covers them. */
    int mark() {
        return syncedCount + unsynced.size();
    }

    /** The changes up to the mark are on the disk; a sync that began later may have ended earlier. */
    void sync(int mark) {
        List<Change> covered = unsynced.subList(0, Math.max(0, mark - syncedCount));
        syncedCount += covered.size();
        covered.forEach(synced::apply);
        covered.clear();
    }

    byte[] written() {
        return Arrays.copyOf(written.bytes, written.length);
    }

    byte[] synced() {
        return Arrays.copyOf(synced.bytes, synced.length);
    }

    /** The synced content, with zeros where a file system had the length but not the data. */
    byte[] syncedWithZeros() {
        return Arrays.copyOf(synced(), written.length);
    }

    /** The synced content, and of each later write all of its blocks, some or none. */
    byte[] some(Random random) {
        Content content = synced.copy();
        for (Change change : unsynced) {
            int survive = random.nextInt(4);
            for (Change block : change.blocks()) {
                if (random.nextInt(3) < survive) {
                    content.apply(block);
                }
            }
        }
        return Arrays.copyOf(content.bytes, content.length);
    }
}
