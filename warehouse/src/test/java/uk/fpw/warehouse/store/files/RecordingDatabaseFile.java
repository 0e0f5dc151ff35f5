package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** An H2 file, {@code recorded:...} in its URL, that counts the writes since the last sync. */
public final class RecordingDatabaseFile extends FilePathWrapper {

    private static final AtomicInteger UNSYNCED = new AtomicInteger();

    static {
        FilePath.register(new RecordingDatabaseFile());
    }

    /** The URL of an embedded database whose writes are counted from now on. */
    public static String url(String url) {
        UNSYNCED.set(0);
        return url.replace("jdbc:h2:file:", "jdbc:h2:recorded:").replace(";AUTO_SERVER=TRUE", "");
    }

    /** Number of writes that a power failure could lose. */
    public static int unsyncedWrites() {
        return UNSYNCED.get();
    }

    @Override
    public String getScheme() {
        return "recorded";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = super.open(mode);
        return new FileBase() {
            @Override
            public synchronized int write(ByteBuffer source, long position) throws IOException {
                UNSYNCED.incrementAndGet();
                return file.write(source, position);
            }

            @Override
            public void force(boolean metaData) throws IOException {
                UNSYNCED.set(0);
                file.force(metaData);
            }

            @Override
            public synchronized int read(ByteBuffer target, long position) throws IOException {
                return file.read(target, position);
            }

            @Override
            public FileChannel truncate(long size) throws IOException {
                file.truncate(size);
                return this;
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public java.nio.channels.FileLock tryLock(long position, long size, boolean shared) throws IOException {
                return file.tryLock(position, size, shared);
            }

            @Override
            public int read(ByteBuffer target) throws IOException {
                return file.read(target);
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                UNSYNCED.incrementAndGet();
                return file.write(source);
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
            protected void implCloseChannel() throws IOException {
                file.close();
            }
        };
    }
}
