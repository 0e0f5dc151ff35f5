package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import uk.fpw.layout.file.DurableFiles;

/** Writes small files atomically and durably. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Creates or replaces the file, creating its folder if necessary. */
    public static void write(Path file, byte[] content) {
        try {
            DurableFiles.write(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }
}
