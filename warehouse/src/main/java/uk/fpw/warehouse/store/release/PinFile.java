package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;

/**
 * The file {@code releases/<release_id>/name} beside the {@link ReleaseFile}, which shows the name of a pinned release
 * to readers without a database. A copy of the name in the database.
 */
final class PinFile {

    private PinFile() {}

    static Path path(Path warehouse, ReleaseId releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId).nameFile();
    }

    static void write(Path warehouse, ReleaseId releaseId, String name) {
        AtomicFile.write(path(warehouse, releaseId), (name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void delete(Path warehouse, ReleaseId releaseId) {
        try {
            Files.deleteIfExists(path(warehouse, releaseId));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + path(warehouse, releaseId), failed);
        }
    }
}
