package uk.fpw.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documents of the project. */
final class Documents {

    private Documents() {}

    /** The root folder of the project. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("docs/analyst.md"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "docs/analyst.md is in no folder above " + Path.of("").toAbsolutePath());
    }

    static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
