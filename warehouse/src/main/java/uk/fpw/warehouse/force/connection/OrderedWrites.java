package uk.fpw.warehouse.force.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/**
 * The file of an embedded database. H2 writes each commit as one chunk into free space, sometimes then the header that
 * names the newest chunk, and syncs neither; a chunk counts if its first and last block are there. A disk writes what
 * was not synced in any order, so that a loss of power may leave the header without its chunk, a chunk without its
 * middle, or a chunk in the place of one that the newest chunk on the disk still needs. H2 then opens a state from
 * before the last sync without a word, or none. Here
 *
 * <ul>
 *   <li>nothing is overwritten before all that was written earlier is on the disk;
 *   <li>the last block of a chunk is written when the others are on the disk.
 * </ul>
 *
 * <p>What H2 relies on without a sync of its own is therefore there: it finds the newest chunk that was written whole,
 * which is no older than the last sync. A new file has nothing to lose, and no order, until H2 syncs it.
 */
class OrderedWrites extends FileBase {

    /** H2's, and the least that a disk writes whole. */
    private static final int BLOCK = 4096;

    /** Two blocks with the same content, of which H2 takes the one that is newer and whole. */
    private static final int HEADER = 2 * BLOCK;

    private final FileChannel file;

    private final String name;

    /** Length of the file when it was last synced. */
    private long syncedLength;

    private boolean isSynced = true;

    /** Whether there is something to lose. */
    private boolean isOrdered;

    /** Orders what is written to a file, which H2 names so in its messages. */
    OrderedWrites(FileChannel file, String name) throws IOException {
        this.file = file;
        this.name = name;
        this.syncedLength = file.size();
        this.isOrdered = syncedLength > 0;
    }

    /** Writes all but the last block, if there are several; H2 then asks for the rest. */
    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        if (isOrdered && !isSynced && position < syncedLength) {
            force(false);
        }
        int whole = source.limit();
        boolean isChunk = isOrdered && position >= HEADER && source.remaining() > BLOCK;
        try {
            source.limit(isChunk ? whole - BLOCK : whole);
            isSynced = false;
            int written = file.write(source, position);
            if (isChunk) {
                force(false);
            }
            return written;
        } finally {
            source.limit(whole);
        }
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
        isSynced = false;
        file.truncate(size);
        return this;
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
        file.force(metaData);
        isSynced = true;
        isOrdered = true;
        syncedLength = file.size();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that of the base class moves the position
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("H2 gives the position of each write");
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean isShared) throws IOException {
        return file.tryLock(position, size, isShared);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
