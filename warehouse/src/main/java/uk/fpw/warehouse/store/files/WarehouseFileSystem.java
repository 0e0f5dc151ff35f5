package uk.fpw.warehouse.store.files;

import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;

/**
 * Hadoop's local file system for Iceberg and Spark. Its files are accessible to owner and group only. It sets these
 * permissions itself: without its native library, which no installation has, Hadoop starts a {@code chmod} process for
 * each file and each parent folder, several hundred in a small run.
 *
 * <p>Everything that a catalog refers to is on disk: closing a {@code .metadata.json}, the last file of a commit before
 * the catalog's transaction, syncs all unsynced files of that table written by this process in one batch. If the sync
 * fails, closing and hence the commit fail. Files without a commit are not synced.
 *
 * <p>The digests of the files are synced with them ({@link TableDigests}). Each process verifies a file before reading
 * it for the first time, and again if it has changed. Files with Hadoop checksums beside them, written by earlier
 * versions or by Spark on a cluster, are verified with these while reading.
 */
public class WarehouseFileSystem extends LocalFileSystem {

    /** Hadoop settings. Hadoop has its own umask, independent of that of the process. */
    public static final Map<String, String> SETTINGS =
            Map.of("fs.permissions.umask-mode", "027", "fs.file.impl", WarehouseFileSystem.class.getName());

    /**
     * Hadoop setting for a process whose files are committed by another process, such as the executors of a cluster:
     * {@code true} syncs each file on closing, with Hadoop checksums beside it.
     */
    public static final String SYNC_EACH_FILE = "fpw.sync-each-file";

    private static final String LAST_OF_COMMIT = ".metadata.json";

    private final TableDigests digests = new TableDigests();

    /** Files already verified, in the state they had then. */
    private final Set<Compared> compared = ConcurrentHashMap.newKeySet();

    private record Compared(WrittenFile file, FileTime modified) {}

    /** Instantiated by Hadoop by class name. */
    public WarehouseFileSystem() {
        this(DurableFiles::sync);
    }

    /** For tests. */
    WarehouseFileSystem(UnsyncedFiles.Sync sync) {
        super(new Raw(new UnsyncedFiles(sync)));
    }

    @Override
    public void initialize(URI uri, Configuration configuration) throws IOException {
        super.initialize(uri, configuration);
        setWriteChecksum(configuration.getBoolean(SYNC_EACH_FILE, false));
    }

    /**
     * Opens a file after verifying it.
     *
     * @throws DamagedFileException if it is damaged; for a file with Hadoop checksums only reading throws
     */
    @Override
    public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
        if (pathToFile(getChecksumFile(path)).exists()) {
            return super.open(path, bufferBytes);
        }
        WrittenFile.Comparison found = compare(pathToFile(path).toPath().toAbsolutePath());
        if (found.isDamaged()) {
            throw new DamagedFileException(found.file().path(), found.problem());
        }
        return getRaw().open(path, bufferBytes);
    }

    /** Whether a file matches the list of its table; false if no list contains it. */
    public boolean isWhole(Path path) throws IOException {
        return compare(pathToFile(path).toPath().toAbsolutePath()).state() == WrittenFile.State.WHOLE;
    }

    private WrittenFile.Comparison compare(java.nio.file.Path file) throws IOException {
        FileDigest digest = digests.of(file);
        if (digest == null || !Files.exists(file)) {
            return new WrittenFile.Comparison(new WrittenFile(file), WrittenFile.State.UNCHECKED, "");
        }
        WrittenFile written = new WrittenFile(file, digest.bytes(), digest.crc32());
        Compared now = new Compared(written, Files.getLastModifiedTime(file));
        if (compared.contains(now)) {
            return new WrittenFile.Comparison(written, WrittenFile.State.WHOLE, "");
        }
        WrittenFile.Comparison found = written.compare();
        if (found.isDamaged()) {
            // Compare with the list as it is now, not as it was when first read.
            found = new WrittenFile(file).compare();
        }
        if (found.state() == WrittenFile.State.WHOLE) {
            compared.add(now);
        }
        return found;
    }

    /**
     * Closes cached file systems that were opened with other settings: Hadoop caches one per process, whatever settings
     * the next caller has. {@code spark-submit} opens one to look at jars before the program starts.
     */
    public static void forgetOthers() throws IOException {
        FileSystem.closeAll();
    }

    /** The Hadoop configuration for a process without Spark. */
    public static Configuration configuration() {
        return new Configuration(Defaults.CONFIGURATION);
    }

    /** Cached, because Hadoop parses its default files, some thousand lines, for every new configuration. */
    private static final class Defaults {
        static final Configuration CONFIGURATION = new Configuration();

        static {
            SETTINGS.forEach(CONFIGURATION::set);
        }
    }

    private static final class Raw extends RawLocalFileSystem {

        private static final String MODE = "unix:mode";
        private static final int RIGHTS = 0777;

        /** Bits that a folder inherits from its parent, such as setgid; chmod keeps them too. */
        private static final int INHERITED = 07000;

        private final UnsyncedFiles unsynced;

        Raw(UnsyncedFiles unsynced) {
            this.unsynced = unsynced;
        }

        @Override
        protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
                throws IOException {
            return new Output(super.createOutputStreamWithMode(path, append, permission), local(path));
        }

        @Override
        protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission) throws IOException {
            boolean isMade = super.mkOneDirWithMode(path, folder, permission);
            if (isMade) {
                unsynced.addEntry(local(path));
            }
            return isMade;
        }

        @Override
        public boolean rename(Path from, Path to) throws IOException {
            boolean isRenamed = super.rename(from, to);
            if (isRenamed) {
                unsynced.rename(local(from), local(to));
            }
            return isRenamed;
        }

        @Override
        public boolean delete(Path path, boolean recursive) throws IOException {
            boolean isDeleted = super.delete(path, recursive);
            if (isDeleted) {
                unsynced.remove(local(path));
            }
            return isDeleted;
        }

        private java.nio.file.Path local(Path path) {
            return pathToFile(path).toPath().toAbsolutePath();
        }

        private void closed(java.nio.file.Path file, FileDigest digest) throws IOException {
            boolean isSynced = getConf().getBoolean(SYNC_EACH_FILE, false);
            unsynced.addFile(file, isSynced ? null : digest);
            java.nio.file.Path folder = Objects.requireNonNull(file.getParent());
            if (file.toString().endsWith(LAST_OF_COMMIT)) {
                // The folders metadata and data are siblings in the folder of the table.
                unsynced.syncBelow(Objects.requireNonNullElse(folder.getParent(), folder));
            } else if (isSynced) {
                unsynced.syncBelow(folder);
            }
        }

        /** A file being written. */
        private final class Output extends FilterOutputStream {

            private final java.nio.file.Path file;
            private final CRC32 crc32 = new CRC32();
            private long count;
            private boolean isClosed;

            Output(OutputStream out, java.nio.file.Path file) {
                super(out);
                this.file = file;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                crc32.update(bytes, offset, length);
                count += length;
            }

            @Override
            public void write(int value) throws IOException {
                out.write(value);
                crc32.update(value);
                count++;
            }

            @Override
            public void close() throws IOException {
                if (!isClosed) {
                    isClosed = true;
                    super.close();
                    closed(file, FileDigest.of(count, crc32));
                }
            }
        }

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            java.nio.file.Path file = pathToFile(path).toPath();
            try {
                int mode = (int) Files.getAttribute(file, MODE);
                Files.setAttribute(file, MODE, (mode & INHERITED) | (permission.toShort() & RIGHTS));
            } catch (UnsupportedOperationException | IllegalArgumentException otherFileSystem) {
                super.setPermission(path, permission);
            }
        }
    }
}
