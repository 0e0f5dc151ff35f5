package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Records what this process syncs, instead of syncing; tests can make it fail. */
public final class SyncedFiles {

    private static final Set<Path> SYNCED = ConcurrentHashMap.newKeySet();
    private static volatile Check check = path -> {};

    private SyncedFiles() {}

    /** Called when a file or folder is synced. */
    @FunctionalInterface
    public interface Check {
        void of(Path path) throws IOException;
    }

    /** Forgets what was synced, and calls a check at each sync from now on; null for none. */
    public static void begin(@Nullable Check each) {
        SYNCED.clear();
        check = each == null ? path -> {} : each;
    }

    /** The synced files and folders. */
    public static Set<Path> all() {
        return Set.copyOf(SYNCED);
    }

    public static void sync(Collection<Path> paths) throws IOException {
        for (Path path : paths) {
            check.of(path);
            SYNCED.add(path);
        }
    }
}
