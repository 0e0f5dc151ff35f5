package uk.fpw.warehouse.store.rewrite;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.files.LocalStorage;

/** The data files of all tables before and after they were rewritten, as absolute paths. */
final class RewrittenFiles {

    private final Map<Path, Path> renamed = new HashMap<>();
    private final Set<Path> emptied = new HashSet<>();
    private final Map<Path, Long> removed = new HashMap<>();

    /** The files of tables after {@link RewrittenTable#rewrite}. */
    static RewrittenFiles of(Collection<RewrittenTable> tables) {
        RewrittenFiles files = new RewrittenFiles();
        for (RewrittenTable table : tables) {
            table.renamed().forEach((old, now) -> files.renamed.put(LocalStorage.file(old), LocalStorage.file(now)));
            table.emptied().forEach(old -> files.emptied.add(LocalStorage.file(old)));
            table.removedByFile().forEach((old, count) -> files.removed.put(LocalStorage.file(old), count));
        }
        return files;
    }

    /** Files that would lose rows, given their numbers by location. */
    static RewrittenFiles removed(Map<String, Long> byLocation) {
        RewrittenFiles files = new RewrittenFiles();
        byLocation.forEach((location, count) -> files.removed.put(LocalStorage.file(location), count));
        return files;
    }

    /** The new file; null if the file was not changed or no row remains. */
    @Nullable
    Path renamed(Path old) {
        return renamed.get(old);
    }

    /** Whether no row of a file remains. */
    boolean isEmptied(Path old) {
        return emptied.contains(old);
    }

    /** Whether any of these files was changed, or would be. */
    boolean hasChanged(Collection<Path> old) {
        return old.stream().anyMatch(file -> renamed.containsKey(file) || removed.containsKey(file));
    }

    /** Number of rows that these files have lost. */
    long removedRows(Collection<Path> old) {
        return old.stream().mapToLong(file -> removed.getOrDefault(file, 0L)).sum();
    }
}
