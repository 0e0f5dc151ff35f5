package uk.fpw.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.file.DurableFiles;

/**
 * Reads and writes what processes exchange: a request, such as the run file of the Spark process, and its result, each
 * a record in a JSON file. Writes are atomic: a file is written beside its target and moved into place.
 */
public final class RunFiles {

    /**
     * Printed, followed by the path of a run file, by a Spark process that takes several run files, when it is done
     * with that one.
     */
    public static final String ANSWERED = "answered ";

    private RunFiles() {}

    /** Writes a request or a result with mode 0600, since the request to the Spark process contains a password. */
    public static void write(Object content, Path file) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            JsonMappers.camelCase().writeValue(temporary.toFile(), content);
            DurableFiles.move(temporary, file);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /** Reads a request or a result; throws {@link UncheckedIOException} naming the file if it is not of that type. */
    public static <T> T read(Path file, Class<T> type) {
        try {
            return JsonMappers.camelCase().readValue(file.toFile(), type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + ": " + JsonMappers.reason(unreadable), unreadable);
        }
    }
}
