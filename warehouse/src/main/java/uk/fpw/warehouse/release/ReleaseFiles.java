package uk.fpw.warehouse.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;

/** The {@link ReleaseFile}s of a warehouse folder. */
public final class ReleaseFiles {

    private ReleaseFiles() {}

    /** Where the file of a release is. */
    public static Path path(Path warehouse, ReleaseId releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId).releaseFile();
    }

    /** Writes the file of a release; one that is there is replaced as a whole. */
    public static void write(Path warehouse, ReleaseFile release) {
        AtomicFile.write(path(warehouse, release.releaseId()), release.toJson());
    }

    /**
     * Reads the file of a release; throws {@link UncheckedIOException} naming the file if it is missing or another
     * form.
     */
    public static ReleaseFile read(Path warehouse, ReleaseId releaseId) {
        Path file = path(warehouse, releaseId);
        try {
            return ReleaseFile.read(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Deletes the files of candidates that never became a release: a run that ends between writing the file and
     * the switch leaves one, which readers would treat as a release.
     *
     * @param releaseIds every release that there is
     */
    public static void keepOnly(Path warehouse, Collection<ReleaseId> releaseIds) {
        Path folder = new WarehouseFolder(warehouse).releases();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                ReleaseId id = ReleaseId.parse(entry.getFileName().toString());
                if (id != null && !releaseIds.contains(id) && Files.deleteIfExists(path(warehouse, id))) {
                    WithdrawalMarker.delete(warehouse, id);
                    PinFile.delete(warehouse, id);
                    deleteIfEmpty(entry);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + folder, failed);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException used) {
            // Other files do not belong to fpw.
        }
    }
}
