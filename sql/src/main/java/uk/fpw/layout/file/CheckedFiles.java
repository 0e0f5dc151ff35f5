package uk.fpw.layout.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that programs of this user have already verified. A file is recognised by path, size, inode and modification
 * times, so it is read once and again only after it was written. Bit rot, which changes none of these, is found by
 * {@code fpw verify --files}. The list is in the user's state folder; without it, every file is verified every time.
 */
public final class CheckedFiles {

    private static final String FILE = "checked_files";
    private static final String STATE = "fpw.state";

    /** When the list reaches this size it is started afresh. */
    private static final long MOST_BYTES = 16L << 20;

    private final Path list;
    private final Set<String> known;

    private CheckedFiles(Path list, Set<String> known) {
        this.list = list;
        this.known = known;
    }

    /** The list of this user. */
    public static CheckedFiles ofThisUser() {
        String state = System.getProperty(STATE, "");
        return in(
                state.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".local", "state", "fpw")
                        : Path.of(state).toAbsolutePath());
    }

    /** The list in a folder, which need not exist. */
    static CheckedFiles in(Path folder) {
        Path list = folder.resolve(FILE);
        Set<String> known = new LinkedHashSet<>();
        try {
            if (Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS) && Files.size(list) < MOST_BYTES) {
                known.addAll(Files.readAllLines(list));
            } else {
                Files.deleteIfExists(list);
            }
        } catch (IOException unreadable) {
            known.clear();
        }
        return new CheckedFiles(list, known);
    }

    /**
     * Verifies files, except those already verified and unchanged since.
     *
     * @return the damaged ones
     * @throws IOException if one cannot be read, for lack of permission or because of a disk error
     */
    public List<WrittenFile.Comparison> damaged(Collection<WrittenFile> files) throws IOException {
        List<WrittenFile.Comparison> damaged = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        for (WrittenFile file : files) {
            String key = key(file);
            if (key != null && known.contains(key)) {
                continue;
            }
            WrittenFile.Comparison comparison = file.compare();
            if (comparison.isDamaged()) {
                damaged.add(comparison);
            } else if (key != null && key.equals(key(file)) && known.add(key)) {
                whole.add(key);
            }
        }
        add(whole);
        return damaged;
    }

    /**
     * A line with the current and the expected attributes of the file; null if it does not exist or its inode is
     * unknown.
     */
    private static @Nullable String key(WrittenFile file) {
        try {
            Map<String, Object> now = Files.readAttributes(file.path(), "unix:ino,size,lastModifiedTime,ctime");
            String key = now.get("ino") + " " + now.get("size") + " " + now.get("lastModifiedTime") + " "
                    + now.get("ctime") + " " + file.bytes() + " " + file.crc32() + " " + file.path();
            return key.lines().count() == 1 ? key : null;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return null;
        }
    }

    private void add(List<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        try {
            Path folder = list.getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.exists(list, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(
                        list, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            // A single write, because other programs of the user append too.
            Files.writeString(
                    list,
                    String.join("\n", keys) + "\n",
                    StandardOpenOption.APPEND,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException unwritable) {
            // Verified again next time.
            return;
        }
    }
}
