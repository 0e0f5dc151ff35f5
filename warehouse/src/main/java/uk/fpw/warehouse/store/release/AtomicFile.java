package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import uk.fpw.layout.file.DurableFiles;

/** Writes small files that are whole or not there, and on the disk. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Replaces the file, or creates it; its folder is created too. */
    public static void write(Path file, byte[] content) {
        try {
            DurableFiles.write(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }
}
