package uk.fpw.warehouse.force.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/**
 * Writes to the file of an embedded database in an order that survives a power failure. H2 writes each commit as one
 * chunk into free space, sometimes followed by the header that names the newest chunk, and syncs neither. A chunk
 * counts if its first and last block exist. Disks may write unsynced blocks in any order, so a power failure may leave
 * the header without its chunk, a chunk without its middle, or a chunk in place of one that the newest chunk on disk
 * still needs. H2 then silently opens a state from before the last sync, or none. Therefore
 * <ul>
 * <li>nothing is overwritten before all earlier writes are on disk;
 * <li>the last block of a chunk is written after the others are on disk.
 * </ul>
 *
 * <p>H2 can then rely on the order without syncing: it finds the newest chunk that was written completely, which is no
 * older than the last sync. A new file has nothing to lose, so its writes are not ordered until H2 first syncs it.
 */
class OrderedWrites extends FileBase {

    /** H2's block size, and the smallest unit that disks write atomically. */
    private static final int BLOCK = 4096;

    /** Two copies of the header; H2 uses the newest valid one. */
    private static final int HEADER = 2 * BLOCK;

    private final FileChannel file;

    private final String name;

    /** Length of the file at the last sync. */
    private long syncedLength;

    /** What a killed process has written need not be on disk. */
    private boolean isSynced;

    /** Whether there is anything to lose yet. */
    private boolean isOrdered;

    /** Wraps a file; H2 uses the name in its messages. */
    OrderedWrites(FileChannel file, String name) throws IOException {
        this.file = file;
        this.name = name;
        this.syncedLength = file.size();
        this.isOrdered = syncedLength > 0;
        this.isSynced = !isOrdered;
    }

    /** Writes all but the last block if there are several; H2 then calls again for the rest. */
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
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The method of the base class moves the position.
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

    /** Before H2 reads the file of a database whose process was killed, it is recovered. */
    @Override
    public FileLock tryLock(long position, long size, boolean isShared) throws IOException {
        FileLock lock = file.tryLock(position, size, isShared);
        if (lock != null && !isShared) {
            ChunkListRecovery.run(this);
        }
        return lock;
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
