package uk.fpw.query;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.file.DurableFiles;

/**
 * The file that a result is written to. It appears under its name only when it is complete; a failure leaves an older
 * one unchanged.
 */
final class OutputFile {

    private final Path target;

    /** A file next to the target, so that an incomplete result never has the target's name. */
    private final Path temporary;

    private OutputFile(Path target) {
        this.target = target;
        this.temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    }

    /**
     * The file of {@code --output}.
     *
     * @param here folder against which it is resolved
     * @param warehouse folder in which it must not be; null if the result is not from a warehouse
     * @throws QueryException if it is in the warehouse, is a folder, or its folder does not exist
     */
    static OutputFile of(Path output, Path here, @Nullable Path warehouse) {
        Path target = here.resolve(output).toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (Files.isDirectory(target) || folder == null || !Files.isDirectory(folder)) {
            throw QueryException.wrong("--output " + output + ": "
                    + (Files.isDirectory(target) ? "is a folder; specify a file in it" : "its folder does not exist"));
        }
        // with links resolved; a link in place of the file itself would be replaced
        if (warehouse != null && RealPath.of(folder).startsWith(RealPath.of(warehouse))) {
            throw QueryException.wrong("--output " + output
                    + ": is inside the warehouse folder, which only fpw itself writes; choose another place");
        }
        return new OutputFile(target);
    }

    interface Writing<T> {

        T into(Path file) throws IOException;
    }

    /** Lets the caller write the file, then moves it to its place. */
    <T> T write(Writing<T> writing) throws IOException {
        try {
            T written = writing.into(temporary);
            try {
                DurableFiles.move(temporary, target);
            } catch (AtomicMoveNotSupportedException otherwise) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return written;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
