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

/** Files written and folders changed that are not yet synced to disk. Thread-safe. */
final class UnsyncedFiles {

    /** Syncs files or folders. */
    @FunctionalInterface
    interface Sync {
        void sync(Collection<Path> paths) throws IOException;
    }

    /**
     * A change. Identity matters: a second change of the same path, made while the first is being synced, is a
     * different one.
     *
     * @param digest digest for the list of the file's table; null for folders and if it is kept elsewhere
     */
    private record Change(boolean isOfFolder, @Nullable FileDigest digest) {}

    private final ConcurrentMap<Path, Change> changes = new ConcurrentHashMap<>();
    private final Sync sync;

    UnsyncedFiles(Sync sync) {
        this.sync = sync;
    }

    /**
     * A file was closed.
     *
     * @param digest digest for the list of the file's table; null if it is kept elsewhere
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

    /** A file or folder was renamed; unsynced changes in it move to the new name. */
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
     * Syncs changed files below a folder, then changed folders including parents. Files that another thread is just
     * syncing are synced again, since a commit must not return before they are on disk. If the folder is that of a
     * table, the digests of its files are then in the table's list.
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

    /** The changed files or folders that still exist. */
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
