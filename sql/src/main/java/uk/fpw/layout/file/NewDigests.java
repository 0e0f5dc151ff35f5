package uk.fpw.layout.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new list of {@link TableDigests} before it is published. It contains the entries of the existing lists whose files
 * still exist, and those written since. Order of steps: sync {@link #file}, {@link #publish}, sync the folder, then
 * delete the earlier lists.
 */
public final class NewDigests {

    /** As for all files of tables. */
    private static final Set<PosixFilePermission> RIGHTS = PosixFilePermissions.fromString("rw-r-----");

    private final Path temporary;
    private final Path list;
    private final Collection<Path> earlier;

    private NewDigests(Path temporary, Path list, Collection<Path> earlier) {
        this.temporary = temporary;
        this.list = list;
        this.earlier = earlier;
    }

    /**
     * Writes the file that will become a list of a table; null if none of the written files belongs to the table.
     *
     * @param table its folder
     * @param written digests of files as written, each with a CRC-32; files of other tables are ignored
     */
    public static @Nullable NewDigests write(Path table, Map<Path, FileDigest> written) throws IOException {
        Map<String, FileDigest> added = new TreeMap<>();
        written.forEach((file, digest) -> {
            if (table.equals(TableDigests.table(file)) && digest.crc32() != null) {
                added.put(table.relativize(file).toString(), digest);
            }
        });
        if (added.isEmpty()) {
            return null;
        }
        TableDigests.Lists lists = TableDigests.Lists.read(table);
        Map<String, FileDigest> digests = new TreeMap<>(lists.digests());
        digests.keySet().removeIf(path -> !Files.exists(table.resolve(path)));
        digests.putAll(added);
        Path list = TableDigests.list(table, UUID.randomUUID().toString());
        Path temporary = list.resolveSibling("." + list.getFileName() + ".tmp");
        // A folder of copies has none yet.
        Files.createDirectories(temporary.resolveSibling(""));
        Files.write(temporary, TableDigests.content(digests));
        closeToOthers(temporary);
        return new NewDigests(temporary, list, lists.whole());
    }

    /** Writes the lists of all tables that the files belong to; they are durable on return. */
    public static void writeAll(Map<Path, FileDigest> written) throws IOException {
        Set<Path> tables = new TreeSet<>();
        written.keySet().forEach(file -> {
            Path table = TableDigests.table(file);
            if (table != null) {
                tables.add(table);
            }
        });
        for (Path table : tables) {
            NewDigests digests = write(table, written);
            if (digests != null) {
                DurableFiles.move(digests.temporary, digests.list);
                digests.deleteEarlier();
            }
        }
    }

    /** The file before it is published. */
    public Path file() {
        return temporary;
    }

    /** Publishes the list and returns its file. */
    public Path publish() throws IOException {
        return Files.move(temporary, list, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the lists that this one replaces. */
    public void deleteEarlier() throws IOException {
        for (Path file : earlier) {
            Files.deleteIfExists(file);
        }
    }

    private static void closeToOthers(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, RIGHTS);
        } catch (UnsupportedOperationException otherFileSystem) {
            return;
        }
    }
}
