package uk.fpw.warehouse.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Files that were written and folders that were changed, but not yet synced to the disk. For several threads. */
final class UnsyncedFiles {

    /** Syncs files, or folders. */
    @FunctionalInterface
    interface Sync {
        void sync(Collection<Path> paths) throws IOException;
    }

    /** One change; another one of the same path, made while this one is synced, is not equal. */
    private static final class Change {
        private final boolean isOfFolder;

        private Change(boolean isOfFolder) {
            this.isOfFolder = isOfFolder;
        }
    }

    private final ConcurrentMap<Path, Change> changes = new ConcurrentHashMap<>();
    private final Sync sync;

    UnsyncedFiles(Sync sync) {
        this.sync = sync;
    }

    /** A file was closed. */
    void addFile(Path file) {
        changes.put(file, new Change(false));
        addEntry(file);
    }

    /** A folder has a new entry. */
    void addEntry(Path entry) {
        changes.put(Objects.requireNonNull(entry.getParent()), new Change(true));
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
     * is syncing is synced again, since whoever commits must not return before it is on the disk.
     *
     * @throws IOException naming the file that could not be synced
     */
    void syncBelow(Path top) throws IOException {
        Map<Path, Change> files = new HashMap<>();
        Map<Path, Change> folders = new HashMap<>();
        changes.forEach((path, change) -> {
            if (path.startsWith(top) || (change.isOfFolder && top.startsWith(path))) {
                if (Files.exists(path)) {
                    (change.isOfFolder ? folders : files).put(path, change);
                } else {
                    changes.remove(path, change);
                }
            }
        });
        sync.sync(files.keySet());
        files.forEach(changes::remove);
        sync.sync(folders.keySet());
        folders.forEach(changes::remove);
    }
}
