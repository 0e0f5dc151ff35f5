package uk.fpw.warehouse.store.rewrite;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/**
 * Deletion vectors of data files that have lost rows, written again for the positions of the remaining ones: each to a
 * file of its own. A vector of which nothing remains is dropped.
 */
final class MovedVectors {

    private final Table table;
    private final RemovedRows removed;
    private final Map<String, DataFile> renamed;
    private final OutputFileFactory files;

    /** By {@link #id} of the old vector; null if nothing remains of it. */
    private final Map<String, @Nullable DeleteFile> vectors = new HashMap<>();

    /**
     * No vectors yet.
     *
     * @param removed rows that data files have lost, by old location
     * @param renamed new data files by location of the old ones
     * @param prefix beginning of the names of new files
     */
    MovedVectors(Table table, RemovedRows removed, Map<String, DataFile> renamed, String prefix) {
        this.table = table;
        this.removed = removed;
        this.renamed = renamed;
        this.files = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PUFFIN)
                .operationId(prefix + UUID.randomUUID())
                .build();
    }

    /** Writes the vectors of a manifest again that refer to files with removed rows. */
    void add(ManifestFile manifest, Map<Integer, PartitionSpec> specs) throws IOException {
        if (removed.isEmpty() || manifest.content() != ManifestContent.DELETES) {
            return;
        }
        try (CloseableIterable<DeleteFile> found = ManifestFiles.readDeleteManifest(manifest, table.io(), specs)) {
            for (DeleteFile vector : found) {
                if (vector.format() != FileFormat.PUFFIN || vector.referencedDataFile() == null) {
                    throw new IllegalStateException(vector.location() + " is not a deletion vector");
                }
                String file = String.valueOf(vector.referencedDataFile());
                String id = id(vector.location(), vector.contentOffset());
                if (removed.count(file) > 0 && !vectors.containsKey(id)) {
                    vectors.put(id, moved(vector.copy(), file, specs));
                }
            }
        }
    }

    private @Nullable DeleteFile moved(DeleteFile vector, String file, Map<Integer, PartitionSpec> specs)
            throws IOException {
        if (removed.isEmptied(file)) {
            return null;
        }
        PositionDeleteIndex marked =
                new BaseDeleteLoader(table.io()::newInputFile).loadPositionDeletes(Set.of(vector), file);
        DataFile now = renamed.get(file);
        if (now == null) {
            throw new IllegalStateException(file + " has lost rows, but was not written again");
        }
        BaseDVFileWriter writer = new BaseDVFileWriter(files, other -> null);
        try (writer) {
            marked.forEach(position -> {
                long moved = removed.position(file, position);
                if (moved >= 0) {
                    writer.delete(now.location(), moved, specs.get(vector.specId()), vector.partition());
                }
            });
        }
        return writer.result().deleteFiles().stream().findFirst().orElse(null);
    }

    /** Whether a vector was written again or dropped. */
    boolean has(String id) {
        return vectors.containsKey(id);
    }

    /** The new vector; null if nothing remains of it. */
    @Nullable
    DeleteFile get(String id) {
        return vectors.get(id);
    }

    /** Identifies a vector: several can be in one file. */
    static String id(String location, @Nullable Object offset) {
        return location + "#" + offset;
    }
}
