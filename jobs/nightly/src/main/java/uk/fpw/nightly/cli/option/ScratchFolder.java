package uk.fpw.nightly.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder for the files of a program that a command starts. */
public final class ScratchFolder {

    private ScratchFolder() {}

    /** Creates a folder, which must be deleted after use. */
    public static Path create() {
        try {
            return Files.createTempDirectory("fpw-check-");
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary folder could be created", failed);
        }
    }

    /** Deletes such a folder with its content. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException remains) {
            throw new UncheckedIOException("the temporary folder " + folder + " could not be deleted", remains);
        }
    }
}
