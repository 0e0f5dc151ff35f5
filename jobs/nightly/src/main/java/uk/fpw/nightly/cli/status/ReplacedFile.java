package uk.fpw.nightly.cli.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.warehouse.failure.FpwException;

/** A file that another program reads at any time. */
final class ReplacedFile {

    private ReplacedFile() {}

    /**
     * Writes a file beside it, hidden and with another ending, which no collector reads; then moves that into place,
     * readable for every user.
     *
     * @throws FpwException with {@code CONFIGURATION} if something else than a file is there, such as a device, which a
     *     move would replace for every program; with {@code UNAVAILABLE} if it cannot be written. What was there stays
     *     as it is
     */
    static void write(Path file, byte[] content) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw FpwException.configuration("--to: " + file
                    + " is a folder, a device or a pipe; name a file, or leave --to out to write to the screen");
        }
        Path beside = null;
        try {
            beside = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", ".tmp");
            Files.write(beside, content);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            DurableFiles.move(beside, file.toAbsolutePath());
        } catch (IOException failed) {
            delete(beside);
            throw FpwException.unavailable(
                    "--to: " + file + " cannot be written: " + failed
                            + "; check that its folder exists and that this user may write to it",
                    failed);
        }
    }

    private static void delete(@Nullable Path beside) {
        try {
            if (beside != null) {
                Files.deleteIfExists(beside);
            }
        } catch (IOException remains) {
            // the first failure is reported
        }
    }
}
