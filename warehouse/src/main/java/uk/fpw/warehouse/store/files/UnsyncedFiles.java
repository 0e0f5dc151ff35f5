package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.NewDigests;

/** Files that were written and folders that were changed, but not yet synced to the disk. For several threads. */
final class UnsyncedFiles {

    /** Syncs files, or folders. */
    @FunctionalInterface
    interface Sync {
        void sync(Collection<Path> paths) throws IOException;
    }

    /**
     * One change; another one of the same path, made while this one is synced, is not equal.
     *
     * @param digest of a file, for the list of its table; null if it is kept elsewhere
     */
    private static final class Change {
        private final boolean isOfFolder;
        private final @Nullable FileDigest digest;

        private Change(boolean isOfFolder, @Nullable FileDigest digest) {
            this.isOfFolder = isOfFolder;
            this.digest = digest;
        }
    }

    private final ConcurrentMap<Path, Change> changes = new ConcurrentHashMap<>();
    private final Sync sync;

    UnsyncedFiles(Sync sync) {
        this.sync = sync;
    }

    /**
     * A file was closed.
     *
     * @param digest for the list of its table; null if it is kept elsewhere
     */
    void addFile(Path file, @Nullable FileDigest digest) {
        changes.put(file, new Change(false, digest));
        addEntry(file);
    }

    /** A folder has a new entry. */
    void addEntry(Path entry) {
        changes.put(Objects.requireNonNull(entry.getParent()), new Change(true, null));
    }

    /** A file or folder was deleted. */
    void remove(Path path) {
        changes.keySet().removeIf(changed -> changed.startsWith(path));
    }

    /** A file or folder has another name: what is unsynced in it, is so under that name. */
    void rename(Path from, Path to) {
        changes.forEach((path, change) -> {
            if (path.startsWith(from)) {
                changes.put(to.resolve(from.relativize(path)), change);
                changes.remove(path, change);
            }
        });
        addEntry(to);
    }

    /**
     * Syncs what changed below a folder: the files, then the folders, also those above it. A file that another thread
     * is syncing is synced again, since whoever commits must not return before it is on the disk. If it is the folder
     * of a table, what its files hold is in the list of the table afterwards.
     *
     * @throws IOException naming the file that could not be synced
     */
    void syncBelow(Path top) throws IOException {
        Map<Path, Change> files = changed(path -> path.startsWith(top), false);
        NewDigests digests = NewDigests.write(top, digests(files));
        Set<Path> written = new HashSet<>(files.keySet());
        if (digests != null) {
            written.add(digests.file());
        }
        sync.sync(written);
        if (digests != null) {
            addEntry(digests.publish());
        }
        files.forEach(changes::remove);
        Map<Path, Change> folders = changed(path -> path.startsWith(top) || top.startsWith(path), true);
        sync.sync(folders.keySet());
        folders.forEach(changes::remove);
        if (digests != null) {
            digests.deleteEarlier();
        }
    }

    /** What exists of the changed files, or folders. */
    private Map<Path, Change> changed(Predicate<Path> isWanted, boolean isOfFolder) {
        Map<Path, Change> changed = new HashMap<>();
        changes.forEach((path, change) -> {
            if (change.isOfFolder == isOfFolder && isWanted.test(path)) {
                if (Files.exists(path)) {
                    changed.put(path, change);
                } else {
                    changes.remove(path, change);
                }
            }
        });
        return changed;
    }

    private static Map<Path, FileDigest> digests(Map<Path, Change> files) {
        Map<Path, FileDigest> digests = new HashMap<>();
        files.forEach((file, change) -> {
            if (change.digest != null) {
                digests.put(file, change.digest);
            }
        });
        return digests;
    }
}
