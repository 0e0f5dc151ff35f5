package uk.fpw.warehouse.force.connection;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import uk.fpw.layout.EmbeddedDatabase;

/**
 * The H2 file system for embedded databases: the usual one with {@link OrderedWrites}, so that a power failure loses
 * nothing that was synced. H2 creates an instance per path.
 */
public final class OrderedDatabaseFile extends FilePathWrapper {

    private static final String PREFIX = "jdbc:h2:";
    private static final String PLAIN = PREFIX + "file:";
    private static final String ORDERED = PREFIX + EmbeddedDatabase.ORDERED;

    /** The files that this process has opened, by inode. */
    private static final Map<Object, FileChannel> OPENED = new HashMap<>();

    /**
     * Reads or syncs the file of a database.
     *
     * @param <T> what is read
     */
    public interface FileAccess<T> {
        /** Uses a channel of the file, which it leaves open. */
        T run(FileChannel file) throws IOException;
    }

    static {
        FilePath.register(new OrderedDatabaseFile());
    }

    /** The URL that opens an embedded database through this file system. */
    static String url(String jdbcUrl) {
        return jdbcUrl.startsWith(PLAIN) ? ORDERED + jdbcUrl.substring(PLAIN.length()) : jdbcUrl;
    }

    /** The URL without it, as in force.yml. */
    static String plainUrl(String jdbcUrl) {
        return jdbcUrl.startsWith(ORDERED) ? PLAIN + jdbcUrl.substring(ORDERED.length()) : jdbcUrl;
    }

    /**
     * Reads or syncs the file of an embedded database, which H2 may have open in this process. A process that closes
     * any channel of a file loses all its locks on it (POSIX), so H2's channel is used if there is one.
     */
    public static <T> T access(Path file, FileAccess<T> access) throws IOException {
        synchronized (OPENED) {
            FileChannel opened = OPENED.get(key(file));
            if (opened != null && opened.isOpen()) {
                return access.run(opened);
            }
            try (FileChannel own = FileChannel.open(file, StandardOpenOption.READ)) {
                return access.run(own);
            }
        }
    }

    private static Path file(FilePath path) {
        return path instanceof FilePathWrapper wrapper ? file(wrapper.unwrap()) : Path.of(path.toString());
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    @Override
    public String getScheme() {
        return EmbeddedDatabase.ORDERED.substring(0, EmbeddedDatabase.ORDERED.length() - 1);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        if (mode.equals("r") || !name.endsWith(EmbeddedDatabase.ENDING)) {
            return super.open(mode);
        }
        synchronized (OPENED) {
            OrderedWrites file = new OrderedWrites(super.open(mode), toString());
            OPENED.put(key(file(this)), file);
            return file;
        }
    }
}
